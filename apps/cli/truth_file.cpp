// SPDX-License-Identifier: BSD-3-Clause
#include "cli/truth_file.h"

#include "cli/wording.h"

#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace equicloud::cli {
namespace {

// Without blanks and the line's end of other systems.
std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

}  // namespace

TruthFile::TruthFile(const std::string& path, const std::vector<std::string>& classes)
    : path_(path) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  std::istringstream lines(std::string(bytes.begin(), bytes.end()));
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    line = trimmed(line);
    if (!line.empty() && !(number == 1 && line == "input,label")) add_line(line, number, classes);
  }
}

// File names may hold commas, labels do not: the last one parts them.
void TruthFile::add_line(const std::string& line, std::size_t number,
                         const std::vector<std::string>& classes) {
  const auto fail = [&](const std::string& what) {
    throw FormatError(path_ + ": line " + std::to_string(number) + " " + what);
  };
  const std::size_t comma = line.rfind(',');
  if (comma == std::string::npos) fail("is '" + line + "', expected input,label");
  const std::string input = trimmed(line.substr(0, comma));
  const std::string label = trimmed(line.substr(comma + 1));
  const auto found = std::find(classes.begin(), classes.end(), label);
  if (found == classes.end())
    fail("has the label '" + label +
         "', which is no class of the model; classes are: " + joined(classes));
  const auto index = static_cast<std::size_t>(found - classes.begin());
  const auto [entry, is_new] = label_of_input_.emplace(input, index);
  if (!is_new && entry->second != index) fail("gives " + input + " a second label");
}

std::size_t TruthFile::label_of(const std::string& path, const std::string& relative) const {
  for (const std::string& name :
       {path, relative, std::filesystem::path(path).filename().string()}) {
    const auto found = label_of_input_.find(name);
    if (found != label_of_input_.end()) return found->second;
  }
  throw FormatError(path + ": has no line in " + path_);
}

}  // namespace equicloud::cli
