// SPDX-License-Identifier: BSD-3-Clause
// The plane that most points lie on, found by seeded sampling and refined by least squares.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>

#include <array>
#include <cstdint>

namespace equicloud::clusters {

using Vec3 = std::array<double, 3>;

inline double dot(const Vec3& a, const Vec3& b) noexcept {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// The points x with normal . x = offset.
struct Plane {
  Vec3 normal{0.0, 0.0, 1.0};  ///< unit length
  double offset = 0.0;

  /// Signed distance, positive on the side that the normal points to.
  double height(const Vec3& x) const noexcept { return dot(normal, x) - offset; }
};

struct PlaneSearch {
  double thickness = 0.0;      ///< points up to this far away support the plane; > 0
  Vec3 up{0.0, 0.0, 1.0};      ///< unit length; the normal's side
  double max_tilt_rad = 10.0;  ///< of the normal against up; pi / 2 and more: any plane
  std::uint64_t seed = 1;
};

struct PlaneFound {
  std::size_t support = 0;  ///< points within the thickness; 0: no plane (fewer than three points,
                            ///< all on a line, or every plane too tilted)
  Plane plane;
};

/// The plane of smallest sum of min(height^2, thickness^2) among 1024 through three points each
/// (MSAC: Torr & Zisserman 2000), counted on at most 4096 points at even steps; then least squares
/// over its supporters until they stay the same. A plane that holds a quarter of the points is
/// missed once in 1e7 runs, one that holds a tenth once in three.
/// @param points  in an order that depends on the set of points only (so does the result then);
///                coordinates relative to somewhere near
/// Cost: O(n) a step, at most 21 steps, plus 4e6 distances. Same bits for any number of threads.
PlaneFound find_plane(Span<const Vec3> points, const PlaneSearch& search,
                      const Executor& executor = serial_executor());

}  // namespace equicloud::clusters
