// SPDX-License-Identifier: BSD-3-Clause
// Errors of several methods against a size, in one panel or more: as a table, as CSV, as a picture.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace equicloud::train {

struct ErrorCurve {
  std::string name;
  std::vector<double> errors;  ///< one a size; NaN: not measured
};

struct ErrorPanel {
  std::string title;
  std::vector<ErrorCurve> curves;
};

struct ErrorCurves {
  std::string size;   ///< what the sizes are
  std::string error;  ///< what the errors are, with unit
  std::vector<double> sizes;
  std::vector<ErrorPanel> panels;
};

/// A panel after another: a line a size, a column a curve.
void print_table(const ErrorCurves& curves, std::ostream& out);
/// Writes FILE as CSV (panel, size, a column a curve) and, where the program has the figures room,
/// a picture beside it (.png), both axes logarithmic. Each whole or not at all. All panels must
/// have the same curves. Throws IoError.
void save(const ErrorCurves& curves, const std::string& path);

}  // namespace equicloud::train
