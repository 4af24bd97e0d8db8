// SPDX-License-Identifier: BSD-3-Clause
// Sampling grids on SO(3), in Euler angles: beta on the rings of a grid of the sphere, and for each
// ring a plane of alpha_i = 2 pi i / columns and gamma_k = 2 pi k / columns. Samples lie as
// [beta][alpha][gamma], gamma fastest.
#pragma once

#include <equicloud/so3/rotation.h>
#include <equicloud/sphere/grid.h>

#include <cstddef>
#include <vector>

namespace equicloud::so3 {

/// Immutable by habit: made by the functions below.
struct Grid {
  int bandwidth = 0;            ///< b: functions of degrees l < b are sampled without loss
  int columns = 0;              ///< points of alpha and of gamma, >= 2b - 1
  std::vector<double> beta;     ///< of each plane, ascending, symmetric about pi / 2
  std::vector<double> weights;  ///< of each plane in int .. d cos(beta): > 0, sum 2

  std::size_t planes() const noexcept { return beta.size(); }
  std::size_t plane_size() const noexcept {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(columns);
  }
  std::size_t samples() const noexcept { return planes() * plane_size(); }
  /// Weight of a sample of that plane in the mean over SO(3): weights / (2 columns^2), sum 1.
  double sample_weight(std::size_t plane) const noexcept {
    return weights[plane] / (2.0 * columns * columns);
  }
  /// Where sample (plane, i, k) is: alpha_i, beta_plane, gamma_k.
  EulerAngles rotation(std::size_t plane, int i, int k) const noexcept;
};

/// 2b planes (Kostelec & Rockmore 2008), (2b)^3 samples with the default columns.
/// @param b        >= 1
/// @param columns  0 for 2b, the fast one; else >= 2b - 1. Throws InvalidArgument.
Grid soft(int b, int columns = 0);

/// b planes at the zeros of the Legendre polynomial P_b: half the samples. Same arguments.
Grid gauss_legendre(int b, int columns = 0);

/// The same samples for functions of a smaller bandwidth: oversampling. The weights stay exact to
/// the degree they were, so that analysis of a product whose factors have degrees p and q on
/// gauss_legendre(c) is exact below bandwidth b where p + q + b <= 2c.
/// @param b  1 .. grid.bandwidth, else InvalidArgument
Grid band_limited(Grid grid, int b);

}  // namespace equicloud::so3
