// SPDX-License-Identifier: BSD-3-Clause
// Where the values of a localised kernel sit, and the coefficients of such a kernel. A kernel is a
// sum of point masses, psi = sum_i w_i delta(x_i), so that correlating with it is a weighted sum of
// neighbouring values, exactly, for every f of the bandwidth:
//   on the sphere  [psi * f](R) = sum_i w_i f(R x_i),   psihat^l_m  = sum_i w_i conj(Z_lm(x_i))
//   on SO(3)       [psi * f](R) = sum_i w_i f(R Q_i),   psihat^l_mn = sum_i w_i conj(D^l_mn(Q_i))
// The grids are those of Cohen, Geiger, Koehler & Welling 2018 ("near identity" and "equatorial").
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/so3/rotation.h>

#include <complex>
#include <vector>

namespace equicloud::so3 {

/// A point of the sphere: theta in [0, pi] from +z, phi.
struct SpherePoint {
  double theta = 0.0;
  double phi = 0.0;
};

/// n_beta rings about the north pole, theta = max_beta i / n_beta for i = 1 .. n_beta, each of
/// n_alpha points at phi = 2 pi k / n_alpha; ring by ring.
/// @param max_beta  in (0, pi]   @param n_alpha, n_beta  >= 1. Throws InvalidArgument.
std::vector<SpherePoint> s2_near_identity_grid(double max_beta, int n_alpha, int n_beta);

/// n_beta rings about the equator, theta from pi/2 - max_beta to pi/2 + max_beta (pi/2 alone for
/// one ring). @param max_beta  in [0, pi/2). Else as above.
std::vector<SpherePoint> s2_equatorial_grid(double max_beta, int n_alpha, int n_beta);

/// Rotations Rz(alpha) Ry(beta) Rz(gamma - alpha): the axis moves by beta = max_beta i / n_beta
/// (i = 1 .. n_beta) towards alpha = 2 pi k / n_alpha without turning about itself, then turns by
/// gamma, which takes n_gamma values in [0, max_gamma), max_gamma = 2 pi being a full turn. Order:
/// beta, alpha, gamma, gamma fastest.
/// @param max_beta in (0, pi], max_gamma in (0, 2 pi], counts >= 1. Throws InvalidArgument.
std::vector<EulerAngles> so3_near_identity_grid(double max_beta, double max_gamma, int n_alpha,
                                                int n_beta, int n_gamma);

/// Coefficients of one unit mass at each point: full_size(b) numbers a point, conj(Z_lm(x_i)).
/// Throws InvalidArgument for b < 1. Cost: O(points b^2).
std::vector<std::complex<double>> s2_unit_masses(int bandwidth, Span<const SpherePoint> points);
/// The same on SO(3): coefficient_count(b) numbers a point, conj(D^l_mn(Q_i)). O(points b^3).
std::vector<std::complex<double>> so3_unit_masses(int bandwidth, Span<const EulerAngles> points);

}  // namespace equicloud::so3
