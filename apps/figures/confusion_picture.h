// SPDX-License-Identifier: BSD-3-Clause
// Which classes are taken for which, as a picture: a square a pair, brighter the more often.
#pragma once

#include <figures/image.h>

#include <string>
#include <vector>

namespace equicloud::figures {

struct ConfusionPicture {
  std::vector<std::string> names;  ///< n classes
  /// n x n, [truth][label]: the share of the things of a class that got the label, in [0, 1].
  std::vector<double> shares;
};

/// Rows with number and name, columns with the same numbers, a legend below. Throws InvalidArgument
/// unless there are 1 to 100 classes and n x n shares.
Image draw_confusion(const ConfusionPicture& picture);

}  // namespace equicloud::figures
