// SPDX-License-Identifier: BSD-3-Clause
// A table of numbers from CSV: a line of names, then a line a row; an empty cell is NaN.
#pragma once

#include <string>
#include <vector>

namespace equicloud::figures {

struct Table {
  std::string name;  ///< of the file, for messages
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;

  /// Throws FormatError "FILE: has no column NAME; columns are: ...".
  const std::vector<double>& column(const std::string& column_name) const;
};

/// Throws FormatError naming file and line where a row has another number of cells or one is no
/// number.
Table parse_table(const std::string& text, const std::string& name);
/// Throws IoError too.
Table load_table(const std::string& path);

}  // namespace equicloud::figures
