// SPDX-License-Identifier: BSD-3-Clause
// The k nearest neighbours of all points of a cloud at once, exact.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/points/points_view.h>

#include <cstdint>
#include <memory>

namespace equicloud::knn {

/// A search structure over distinct finite points, 20 B a point: blocks of 16 with boxes around
/// them, searched block by block. Any order is allowed; points in canonical order are not sorted
/// again and share the work of a block.
class SelfJoin {
 public:
  /// @param points  finite and pairwise distinct (not checked); the memory must outlive the object
  explicit SelfJoin(PointsView points);
  /// Of no points, until build().
  SelfJoin();
  SelfJoin(SelfJoin&&) noexcept;
  SelfJoin& operator=(SelfJoin&&) noexcept;
  ~SelfJoin();

  /// The structure over other points, in the memory of those before.
  void build(PointsView points);

  /// The k nearest other points of each point in [begin, end), nearest first; never the point
  /// itself.
  /// @param k          1 <= k <= points.size - 1 (checked; throws InvalidArgument)
  /// @param neighbors  (end - begin) x k row numbers
  /// @param distances  (end - begin) x k Euclidean distances, > 0; computed in double, rounded to
  /// float. Equal distances may come in any order. May be called from many threads. Cost: O(k log
  /// n) a point.
  void nearest(std::size_t begin, std::size_t end, int k, Span<std::uint32_t> neighbors,
               Span<float> distances) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

/// nearest() for all points, spans of them on the executor.
void all_nearest(PointsView points, int k, Span<std::uint32_t> neighbors, Span<float> distances,
                 const Executor& executor = serial_executor());

}  // namespace equicloud::knn
