// SPDX-License-Identifier: BSD-3-Clause
// A cloud as the networks see it: at most 1024 of its points, centred, at unit size, in an order
// that only the points decide. Laws: permuting the input changes no bit; copies of points and
// non-finite points change no bit; a motion or a change of scale moves the same points with it, up
// to rounding (ties in a distance may fall the other way).
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/classify/frame.h>
#include <equicloud/points/points_view.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace equicloud::classify {

constexpr std::size_t kMaxPoints = 1024;  ///< of a Shape
constexpr std::size_t kMinPoints = 64;    ///< distinct ones, else too_few_points
/// Strays farther than this, in units of the scale, are drawn in to it along their ray, so that
/// squares stay far from overflow.
constexpr double kMaxRadius = 1e6;

enum class ShapeStatus {
  ok,
  empty,           ///< no finite point
  too_few_points,  ///< fewer than kMinPoints distinct ones
  line,            ///< l1 < 1e-6 l2: all on one line
  flat,            ///< l0 < 1e-8 l2: all in one plane
};

/// Eigenvalues l0 <= l1 <= l2 of the covariance of the shape's points, unit scale^2.
struct Extent {
  double l0 = 0.0, l1 = 0.0, l2 = 0.0;
};

/// A value of statuses `empty` and `too_few_points` has no points; all others are complete.
struct Shape {
  ShapeStatus status = ShapeStatus::empty;
  /// n x 3, (x - center) / scale, n <= kMaxPoints, in the order of sampling.h: the first
  /// min(512, n) are the farthest-point sample, the others follow in canonical order.
  std::vector<float> xyz;
  ShapeFrame frame;                 ///< in the caller's unit
  std::size_t distinct_points = 0;  ///< finite ones of the input, before thinning
  Extent extent;

  std::size_t size() const noexcept { return xyz.size() / 3; }
  PointsView points() const { return PointsView(xyz); }
};

/// Makes shape after shape; memory is kept from call to call. Not for two threads at once.
class ShapeBuilder {
 public:
  ShapeBuilder();
  ~ShapeBuilder();

  /// Canonical order of the distinct finite points; their robust frame; thinning: of n > kMaxPoints
  /// the ranks floor((i + 1/2) n / kMaxPoints), i = 0, 1, ..., by distance from the centre (ties
  /// in canonical order) are kept, the frame stays that of all; scaling; farthest-point order.
  /// Cost: O(n log n), 80 B a point of the input.
  /// @param executor  for the canonical order of large clouds
  /// @returns the shape, valid until the next call
  /// Throws InvalidArgument above 2^32 - 2 points.
  const Shape& build(PointsView points, const Executor& executor = serial_executor());

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// One shape alone.
Shape make_shape(PointsView points, const Executor& executor = serial_executor());

}  // namespace equicloud::classify
