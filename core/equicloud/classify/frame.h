// SPDX-License-Identifier: BSD-3-Clause
// Where a shape is and how large, said so that strays and holes hardly matter: the similarity that
// brings it to unit size.
#pragma once

#include <equicloud/points/points_view.h>

#include <array>
#include <vector>

namespace equicloud::classify {

/// x = center + scale * y, y being the shape's own unit.
struct ShapeFrame {
  std::array<double, 3> center{};
  double scale = 1.0;  ///< > 0
};

/// The robust frame of n points. Centre: the mean, then twice, with r_i the distances to it and m
/// the one of rank floor(0.45 (n - 1)), the mean with weights 1 / (1 + (r_i / (2.5 m))^8), which
/// is the mean of what lies within 2.5 m. Scale: the mean of the sorted distances of ranks
/// floor(0.80 n) .. ceil(0.95 n) - 1: the size of the far part, without the farthest twentieth.
/// Moves and grows with the points. A function of the points in their order (sums in double): one
/// order, one result, to the last bit. Cost: O(n).
/// @param points  n >= 2, distinct and finite (not checked)
/// @param radii    out: the n distances to the centre
/// @param scratch  memory for callers that come again
ShapeFrame robust_frame(PointsView points, std::vector<double>& radii,
                        std::vector<double>& scratch);

}  // namespace equicloud::classify
