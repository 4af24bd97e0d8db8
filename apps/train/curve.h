// SPDX-License-Identifier: BSD-3-Clause
// The course of a training run as a table.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace equicloud::train {

struct CurveRow {
  double step = 0, seconds = 0;  ///< seconds of training, over all resumed parts
  double loss = 0;               ///< mean cross-entropy since the last row, nats a point; NaN: none
  double learning_rate = 0;
  /// What the validation shapes say of the averaged weights; NaN where it was not measured.
  double validation = std::numeric_limits<double>::quiet_NaN();
};

/// Writes FILE as CSV, whole or not at all, and, where the program has the figures room, a picture
/// beside it (.png). @param measure  of the validation, at best 1: the column's name. Throws
/// IoError.
void save_curve(const std::vector<CurveRow>& rows, const std::string& path,
                const std::string& measure = "validation_ap");

}  // namespace equicloud::train
