// SPDX-License-Identifier: BSD-3-Clause
// The local statistics behind the features: neighbours with smooth weights, moments at three scales
// (the list, and its averages over one and two hops), and the one number that the whole cloud
// shares, the spacing s. Formulas: core/CONVENTIONS.md, "Outlier features".
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/large_vector.h>
#include <equicloud/kernels/plane_pairs.h>
#include <equicloud/outlier/features.h>
#include <equicloud/points/canonical_order.h>
#include <equicloud/sets/graph_layer.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace equicloud::outlier {

/// Points of a part of a cloud, ordered such that the first ones are those asked for, and those
/// that others need come behind them.
struct CloudPart {
  Span<const float> xyz;       ///< packed, all that lists name
  std::size_t lists = 0;       ///< how many of the first points have a list
  std::size_t first_hop = 0;   ///< of those have neighbours with lists
  std::size_t second_hop = 0;  ///< of those have neighbours of the kind before
  float spacing = 0.0F;        ///< s of the whole cloud
  /// The kNeighbors nearest of points [begin, end), nearest first, numbers within the part and
  /// distances; called from many threads.
  std::function<void(std::size_t begin, std::size_t end, std::uint32_t* neighbors,
                     float* distances)>
      nearest;
};

/// h8 of one point from the kNeighbors distances of its list: the spacing s is its median.
float local_spacing(const float* distances);

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
  /// Measures a part of a cloud, as measure() would within the whole: point features of its first
  /// second_hop points are right, set features too.
  void measure(const CloudPart& part, const Executor& executor);
  /// Gives back what only measure() needed (140 B a point).
  void drop_scratch();
  /// Lends the largest part of it, 128 B a point, to the stage that comes next, and takes it back.
  void exchange_scratch(LargeVector<float>& other) noexcept;
  /// What point_features() and set_features() read, 156 B a point: for whoever has read them last.
  LargeVector<float>& seen() noexcept { return seen_; }

  std::size_t size() const noexcept { return weights_.size() / kSetSize; }
  float spacing() const noexcept { return spacing_; }  ///< s, the median of h8
  /// n x kPointFeatures.
  Span<const float> point_features() const noexcept {
    return {seen_.data() + kRecord * size(), kPointFeatures * size()};
  }
  /// n x kSetSize.
  Span<const float> weights() const noexcept { return {weights_.data(), weights_.size()}; }
  /// n x kSetSize.
  Span<const std::uint32_t> neighbors() const noexcept {
    return {neighbors_.data(), neighbors_.size()};
  }
  /// The same as weighted sets for sets/graph_layer.h, own weight 1/2.
  sets::NeighborSets neighbor_sets() const noexcept;
  /// Set features of point i. @param out  kSetFeatures x kSetLanes, a neighbour a column; what
  /// stands in columns beyond kSetSize is finite
  void set_features(std::size_t i, float* out) const noexcept;

 private:
  static constexpr std::size_t kRecord = sizeof(kernels::PlaneRecord) / sizeof(float);
  const kernels::PlaneRecord* records() const noexcept {
    return reinterpret_cast<const kernels::PlaneRecord*>(seen_.data());
  }

  void resize(std::size_t n);

  Span<const float> xyz_;
  LargeVector<std::uint32_t> neighbors_;
  LargeVector<float> weights_;
  LargeVector<float> seen_;  // n plane records, then n x kPointFeatures
  float spacing_ = 0.0F;
  float log_spacing_ = 0.0F;

  struct Intermediate;  // what only measure() needs
  std::unique_ptr<Intermediate> intermediate_;
  friend class Measurement;
};

}  // namespace equicloud::outlier
