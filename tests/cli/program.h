// SPDX-License-Identifier: BSD-3-Clause
// Runs the built program as a person would, in a temporary folder of its own, and keeps what it
// says.
#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace equicloud::cli_tests {

/// What became of one run.
struct Outcome {
  int status = -1;  ///< exit status; -1 if a signal ended the program
  std::string out;
  std::string err;

  /// Standard output as JSON Lines; throws where a line is none.
  std::vector<nlohmann::json> json() const;
};

/// A folder that is removed at the end; the program runs inside it.
class Workplace {
 public:
  Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();

  /// Absolute path of something inside.
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  bool exists(const std::string& name) const { return std::filesystem::exists(folder_ / name); }
  /// Names of all regular files below, sorted, relative; without the program's own (.equicloud).
  std::vector<std::string> files() const;
  std::string bytes(const std::string& name) const;
  void write(const std::string& name, const std::string& bytes) const;

  /// Runs `equicloud ARGUMENTS` (words as a shell splits them, quotes and redirections included).
  Outcome run(const std::string& arguments, const std::string& standard_input = "") const;
  /// Runs a shell command, in which "$EQUICLOUD" is the program.
  Outcome shell(const std::string& command) const;
  /// The same as run(), sending the signal after so many milliseconds.
  Outcome run_and_signal(const std::string& arguments, int signal, int milliseconds) const;
  /// Runs any command of a shell.
  Outcome execute(const std::string& command) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace equicloud::cli_tests
