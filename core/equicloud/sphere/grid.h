// SPDX-License-Identifier: BSD-3-Clause
// Sampling grids on the sphere: rings of constant colatitude theta, each of `columns` points at
// phi_k = 2 pi k / columns, with weights that integrate every polynomial of degree < 2b exactly.
// Rings lie symmetric about the equator, theta ascends from north, no ring is a pole.
#pragma once

#include <cstddef>
#include <vector>

namespace equicloud::sphere {

/// Immutable by habit: made by the functions below.
struct Grid {
  int bandwidth = 0;            ///< b: signals of degrees l < b are sampled without loss
  int columns = 0;              ///< points of a ring, >= 2b - 1; phi_k = 2 pi k / columns
  std::vector<double> theta;    ///< of each ring, ascending
  std::vector<double> cosine;   ///< cos theta, to full precision: exactly antisymmetric
  std::vector<double> weights;  ///< of each ring in int .. d cos(theta): > 0, sum 2

  std::size_t rings() const noexcept { return theta.size(); }
  std::size_t samples() const noexcept { return rings() * static_cast<std::size_t>(columns); }
  /// Weight of a sample of that ring in the mean over the sphere: weights / (2 columns), sum 1.
  double sample_weight(std::size_t ring) const noexcept { return weights[ring] / (2 * columns); }
};

/// 2b rings at theta_j = pi (2j+1) / 4b (Driscoll & Healy 1994; the SOFT grid).
/// @param b        >= 1
/// @param columns  0 for 2b, the fast one; else >= 2b - 1. Throws InvalidArgument.
Grid driscoll_healy(int b, int columns = 0);

/// b rings at the zeros of the Legendre polynomial P_b: half the samples. Same arguments.
Grid gauss_legendre(int b, int columns = 0);

}  // namespace equicloud::sphere
