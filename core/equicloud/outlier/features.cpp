// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/outlier/features.h>
#include <equicloud/outlier/local_statistics.h>

#include <array>

namespace equicloud::outlier {

Features compute_features(PointsView points, const Executor& executor) {
  CanonicalCloud cloud = canonical_order(points, executor);
  Features features;
  features.finite_points = cloud.finite_points;
  features.row_of_input = std::move(cloud.row_of_input);
  if (cloud.size() < kNeighbors + 1) return features;
  const LocalStatistics statistics(cloud, executor);
  features.points = statistics.size();
  features.point_features.assign(statistics.point_features().begin(),
                                 statistics.point_features().end());
  features.set_weights.assign(statistics.weights().begin(), statistics.weights().end());
  features.neighbors.assign(statistics.neighbors().begin(), statistics.neighbors().end());
  constexpr std::size_t block = kSetSize * kSetFeatures;
  features.set_features.resize(features.points * block);
  for_spans(executor, features.points, 1024, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::array<float, kSetFeatures * kSetLanes> columns{};
    for (std::size_t i = begin; i < end; ++i) {
      statistics.set_features(i, columns.data());
      for (std::size_t k = 0; k < block; ++k)
        features.set_features[i * block + k] =
            columns[k % kSetFeatures * kSetLanes + k / kSetFeatures];
    }
  });
  return features;
}

const char* point_feature_name(int channel) noexcept {
  static constexpr const char* names[kPointFeatures] = {
      "log h4/s",  "log h8/s",   "log h/s", "log h8/h", "own1",      "flat1",   "gap1",    "ratio1",
      "offset",    "weight sum", "A log h", "AA log h", "var log h", "flat2",   "ratio2",  "own2",
      "log T2/T1", "flat3",      "ratio3",  "own3",     "log T3/T2", "A flat1", "AA flat1"};
  return names[channel];
}

const char* set_feature_name(int channel) noexcept {
  static constexpr const char* names[kSetFeatures] = {"d/d16",       "log h8j/h8i", "residual/hj",
                                                      "residual/hi", "normals",     "log d/d16j",
                                                      "flat1j",      "log d/s",     "gap1j"};
  return names[channel];
}

}  // namespace equicloud::outlier
