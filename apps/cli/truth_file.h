// SPDX-License-Identifier: BSD-3-Clause
// What things are, by file: lines "input,label" of a CSV file, a line of these two names first if
// you like.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace equicloud::cli {

class TruthFile {
 public:
  /// @param classes  the labels there may be
  /// Throws IoError; FormatError naming file and line: not two cells, a label that is no class, an
  /// input with two labels.
  TruthFile(const std::string& path, const std::vector<std::string>& classes);

  /// The class of a file, an index into `classes`: by its path as it was given; else by its path
  /// below the folder that was searched; else by its name. Throws FormatError if it has no line.
  std::size_t label_of(const std::string& path, const std::string& relative) const;

 private:
  void add_line(const std::string& line, std::size_t number,
                const std::vector<std::string>& classes);

  std::string path_;
  std::map<std::string, std::size_t> label_of_input_;
};

}  // namespace equicloud::cli
