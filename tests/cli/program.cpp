// SPDX-License-Identifier: BSD-3-Clause
#include "cli/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace equicloud::cli_tests {
namespace {

constexpr const char* kProgram = EQUICLOUD_BIN_DIR "/equicloud";

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace

std::vector<nlohmann::json> Outcome::json() const {
  std::vector<nlohmann::json> objects;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) objects.push_back(nlohmann::json::parse(line));
  return objects;
}

Workplace::Workplace() {
  std::string name = (std::filesystem::temp_directory_path() / "equicloud-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
}

Workplace::~Workplace() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> Workplace::files() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_))
    if (entry.is_regular_file() && entry.path().parent_path().filename() != ".equicloud")
      names.push_back(entry.path().lexically_relative(folder_).string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string Workplace::bytes(const std::string& name) const { return read(folder_ / name); }

void Workplace::write(const std::string& name, const std::string& bytes) const {
  std::filesystem::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

// What the program says goes to files beside the folder, so that it does not find them inside.
Outcome Workplace::execute(const std::string& command) const {
  const std::string out = folder_.string() + ".out";
  const std::string err = folder_.string() + ".err";
  const std::string line =
      "cd '" + folder_.string() + "' && { " + command + "; } >'" + out + "' 2>'" + err + "'";
  const int status = std::system(line.c_str());
  Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out), read(err)};
  std::filesystem::remove(out);
  std::filesystem::remove(err);
  return outcome;
}

Outcome Workplace::run(const std::string& arguments, const std::string& standard_input) const {
  const std::string input = folder_.string() + ".in";
  std::ofstream(input, std::ios::binary) << standard_input;
  Outcome outcome = execute("'" + std::string(kProgram) + "' " + arguments + " <'" + input + "'");
  std::filesystem::remove(input);
  return outcome;
}

Outcome Workplace::shell(const std::string& command) const {
  return execute("EQUICLOUD='" + std::string(kProgram) + "'; " + command);
}

Outcome Workplace::run_and_signal(const std::string& arguments, int signal,
                                  int milliseconds) const {
  return execute("'" + std::string(kProgram) + "' " + arguments + " & p=$!; sleep " +
                 std::to_string(milliseconds / 1000.0) + "; kill -" + std::to_string(signal) +
                 " $p; wait $p");
}

}  // namespace equicloud::cli_tests
