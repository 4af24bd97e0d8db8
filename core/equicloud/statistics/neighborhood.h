// SPDX-License-Identifier: BSD-3-Clause
// How far a weighted neighbourhood lies from the plane and from the quadric through it: the
// classical estimates of the noise along the normal, at one scale.
#pragma once

#include <equicloud/points/local_frame.h>

#include <array>
#include <cstddef>

namespace equicloud::statistics {

/// Offsets from a point to its neighbours, nearest first, each with a weight in (0, 1].
struct Neighborhood {
  const std::array<double, 3>* offsets = nullptr;
  const double* weights = nullptr;
  std::size_t size = 0;
  double own_weight = 1.0;  ///< of the point itself, at offset 0
};

struct Fit {
  LocalFrame frame;           ///< of the weighted covariance, the point itself included
  double plane = 0.0;         ///< standard deviation from the plane; a length
  double quadric = 0.0;       ///< from z = c0 + c1 u + c2 v + c3 u^2 + c4 uv + c5 v^2; a length
  double own_residual = 0.0;  ///< |distance| of the point itself from that quadric along the normal
};

/// Deviations are sqrt(sum w r^2 / sum w * m / (m - p)), m = (sum w)^2 / sum w^2 (Kish 1965, the
/// effective number), p = 3 for the plane and 6 for the quadric: without bias where all w are 1.
/// Cost: O(size), no allocation.
/// @param neighborhood  at least 8 neighbours, the farthest at a positive distance
Fit fit(const Neighborhood& neighborhood) noexcept;

}  // namespace equicloud::statistics
