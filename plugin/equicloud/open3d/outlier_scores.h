// SPDX-License-Identifier: BSD-3-Clause
// Outlier scores of an Open3D cloud. Header only: link equicloud::outlier and Open3D::Open3D.
#pragma once

#include <equicloud/outlier/scorer.h>
#include <equicloud/points/positions.h>
#include <open3d/geometry/PointCloud.h>

#include <vector>

namespace equicloud {

/// The probability of being an outlier, one a point of cloud.points_, in [0, 1]; NaN for a point
/// that is not finite; 0 for all others of a cloud with fewer than 17 distinct finite points. The
/// same bits as `equicloud score` gives for a file of these doubles.
/// @param executor  a ThreadPool to use several threads; the result has the same bits
/// Cost: O(n log n); coordinates are copied once, to float near an integer origin.
inline std::vector<float> outlierScores(const open3d::geometry::PointCloud& cloud,
                                        const Executor& executor = serial_executor(),
                                        const outlier::OutlierScorer& scorer = {}) {
  const Positions positions =
      positions_of(cloud.points_.size(), Origin::near, [&](std::size_t i, double* out) {
        for (int axis = 0; axis < 3; ++axis) out[axis] = cloud.points_[i][axis];
      });
  return scorer.score(positions.view(), executor).probability;
}

}  // namespace equicloud
