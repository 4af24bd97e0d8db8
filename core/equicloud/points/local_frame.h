// SPDX-License-Identifier: BSD-3-Clause
// Moments of a weighted neighbourhood and the plane through it.
#pragma once

#include <array>

namespace equicloud {

/// Weighted mean and second moment of positions, both relative to a base point: taken about the
/// point itself they need no large coordinates and lose no digits.
struct Moments {
  std::array<double, 3> mean{};    ///< E[d]
  std::array<double, 6> second{};  ///< E[d d^T] as xx, xy, xz, yy, yz, zz
};

/// Eigenvalues of a covariance and the normal of its plane.
struct LocalFrame {
  double l0 = 0.0, l1 = 0.0, l2 = 0.0;  ///< l0 <= l1 <= l2, >= 0
  std::array<double, 3>
      normal{};  ///< unit eigenvector of l0, sign arbitrary; any unit vector where l0 = l1
  double trace() const noexcept { return l0 + l1 + l2; }
};

/// The frame of the covariance second - mean mean^T. Closed form (trigonometric solution of the
/// characteristic cubic; O. K. Smith 1961, CACM 4(4):168), errors about 1e-8 l2 in the worst,
/// nearly degenerate, case.
LocalFrame local_frame(const Moments& moments) noexcept;

}  // namespace equicloud
