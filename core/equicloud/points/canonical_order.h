// SPDX-License-Identifier: BSD-3-Clause
// The order everything is computed in: along a space-filling curve, ties by coordinates, exact
// copies merged. It depends on the set of points only, so the caller's order cannot reach a result,
// not even in the last bit.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace equicloud {

struct CanonicalCloud {
  /// Distinct finite positions in canonical order, packed x y z, multiplied by a power of two
  /// (exact) such that the largest extent of the cloud is in (1/2, 1], far from overflow and
  /// underflow of squares.
  std::vector<float> xyz;
  double scale = 1.0;                      ///< that power of two
  std::vector<std::int64_t> row_of_input;  ///< input index -> row, or -1 if not finite
  std::size_t finite_points = 0;

  std::size_t size() const noexcept { return xyz.size() / 3; }
};

/// Sorts by (Morton key of 21 bits an axis within the bounding cube, x, y, z).
/// Cost: O(N log N) time, 40 B a point. Throws InvalidArgument above 2^32 - 2 points.
CanonicalCloud canonical_order(PointsView points, const Executor& executor = serial_executor());

/// The curve that canonical_order() sorts along, for those who keep the caller's order.
class Curve {
 public:
  /// @param points  whose bounding cube it fills; non-finite ones are left out. Cost: O(n).
  explicit Curve(PointsView points);

  /// Where a finite point of the cube lies on the curve; ascending in canonical order.
  std::uint64_t key(const float* p) const noexcept;
  /// CanonicalCloud::scale.
  double scale() const noexcept { return scale_; }

 private:
  std::array<double, 3> low_{};
  double extent_ = 0.0;
  double scale_ = 1.0;
};

/// The same for cloud after cloud: memory is kept from call to call. Not for two threads at once.
class CanonicalOrder {
 public:
  CanonicalOrder();
  ~CanonicalOrder();

  /// @returns the ordered cloud, valid until the next call
  const CanonicalCloud& order(PointsView points, const Executor& executor);
  /// Gives back what only the sorting needed; the ordered cloud stays.
  void drop_scratch();

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace equicloud
