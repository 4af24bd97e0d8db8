// SPDX-License-Identifier: BSD-3-Clause
// Local features of every distinct point: functions of distances, of residuals to neighbours'
// planes and of absolute cosines, so unchanged by motions; each neighbour's part carries a weight
// that falls smoothly to 0 at the 16th distance, so a swap of nearly tied neighbours cannot show.
// Formulas: core/CONVENTIONS.md, "Outlier features".
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::outlier {

constexpr int kNeighbors = 16;      ///< list length; the 16th has weight 0
constexpr int kSetSize = 15;        ///< neighbours that count
constexpr int kPointFeatures = 23;  ///< see point_feature_name()
constexpr int kSetFeatures = 9;     ///< see set_feature_name()
constexpr int kSetLanes = 16;       ///< columns that set features of a point are worked on in

/// Features of n distinct points in canonical order. All arrays are row-major, a row (or block) a
/// point, so that a matrix product takes them as they lie.
struct Features {
  std::size_t points = 0;  ///< n, distinct finite positions; 0 if fewer than kNeighbors + 1
  std::size_t finite_points = 0;
  std::vector<std::int64_t>
      row_of_input;                      ///< input index -> row in 0 .. n - 1, or -1 if not finite
  std::vector<float> point_features;     ///< n x kPointFeatures
  std::vector<float> set_features;       ///< n x kSetSize x kSetFeatures
  std::vector<float> set_weights;        ///< n x kSetSize, w_ij in [0, 1]
  std::vector<std::uint32_t> neighbors;  ///< n x kSetSize, row of the j-th neighbour
};

/// Everything at once (training, tests; the scorer computes set features a span at a time).
/// Duplicates collapse to one row. Cost: O(n log n), 700 B a point.
Features compute_features(PointsView points, const Executor& executor = serial_executor());

const char* point_feature_name(int channel) noexcept;
const char* set_feature_name(int channel) noexcept;

}  // namespace equicloud::outlier
