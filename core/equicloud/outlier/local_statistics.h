// SPDX-License-Identifier: BSD-3-Clause
// The local statistics behind the features: neighbours with smooth weights, moments at three scales
// (the list, and its averages over one and two hops), and the one number that the whole cloud
// shares, the spacing s. Formulas: core/CONVENTIONS.md, "Outlier features".
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/outlier/features.h>
#include <equicloud/points/canonical_order.h>
#include <equicloud/sets/graph_layer.h>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace equicloud::outlier {

/// What a neighbour has to know of a point. Lengths in units of CanonicalCloud::xyz.
struct PointRecord {
  std::array<float, 3> normal;  ///< of the plane through its list
  std::array<float, 3> mean;    ///< a point of that plane, relative to the point
  float h;                      ///< mean of the 16 distances
  float h8;                     ///< mean of the first 8 distances + 0.05 h
  float d16;                    ///< 16th distance
  float gap;                    ///< g in [0, 1]: how well the plane is defined
  float flat;                   ///< l0 / T
  float log_h, log_h8, log_d16;
};

class LocalStatistics {
 public:
  LocalStatistics();
  LocalStatistics(const CanonicalCloud& cloud, const Executor& executor);
  LocalStatistics(const LocalStatistics&) = delete;
  LocalStatistics& operator=(const LocalStatistics&) = delete;
  ~LocalStatistics();

  /// Measures a cloud, in the memory of the one before.
  /// @param cloud  at least kNeighbors + 1 distinct points (checked; throws InvalidArgument); must
  /// outlive the use of this
  void measure(const CanonicalCloud& cloud, const Executor& executor);
  /// Gives back what only measure() needed (100 B a point).
  void drop_scratch();

  std::size_t size() const noexcept { return records_.size(); }
  float spacing() const noexcept { return spacing_; }                      ///< s, the median of h8
  Span<const float> point_features() const noexcept { return features_; }  ///< n x kPointFeatures
  Span<const float> weights() const noexcept { return weights_; }          ///< n x kSetSize
  Span<const std::uint32_t> neighbors() const noexcept { return neighbors_; }  ///< n x kSetSize
  /// The same as weighted sets for sets/graph_layer.h, own weight 1/2.
  sets::NeighborSets neighbor_sets() const noexcept;
  /// Set features of point i. @param out  kSetSize x kSetFeatures
  void set_features(std::size_t i, float* out) const noexcept;

 private:
  const CanonicalCloud* cloud_ = nullptr;
  std::vector<std::uint32_t> neighbors_;
  std::vector<float> distances_;  // n x kSetSize
  std::vector<float> weights_;
  std::vector<PointRecord> records_;
  std::vector<float> features_;
  float spacing_ = 0.0F;

  struct Intermediate;  // what only measure() needs
  std::unique_ptr<Intermediate> intermediate_;
  friend class Measurement;
};

}  // namespace equicloud::outlier
