// SPDX-License-Identifier: BSD-3-Clause
// Functions on the sphere the slow and obvious way, and the closed forms that come from outside.
#pragma once

#include <equicloud/sphere/grid.h>
#include <equicloud/sphere/index.h>

#include "so3/function_reference.h"

namespace equicloud::so3::reference {

using Point = std::array<double, 3>;

inline double inner(const Point& a, const Point& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// Calls visit(x, weight) for every sample of a grid of the sphere; weights sum to 1.
template <typename Visit>
void for_points(const sphere::Grid& grid, const Visit& visit) {
  for (std::size_t j = 0; j < grid.rings(); ++j)
    for (int k = 0; k < grid.columns; ++k)
      visit(point({grid.theta[j], 2.0 * kPi * k / grid.columns}), grid.sample_weight(j));
}

/// f(x) = sum_l (2l+1) sum_m fhat^l_m Z_lm(x).
inline Complex sphere_value(int bandwidth, const Complex* fhat, const Point& x) {
  const Direction u = direction(x);
  Complex sum = 0.0;
  for (int l = 0; l < bandwidth; ++l)
    for (int m = -l; m <= l; ++m)
      sum += (2.0 * l + 1.0) * fhat[sphere::full_index(l, m)] * Z(l, m, u.theta, u.phi);
  return sum;
}

/// Random coefficients of functions on the sphere, of real ones if asked.
inline Coefficients random_sphere(int bandwidth, std::size_t functions, bool real,
                                  std::uint64_t seed) {
  Random random(seed);
  Coefficients all;
  for (std::size_t f = 0; f < functions; ++f) {
    Coefficients fhat(sphere::full_size(bandwidth));
    for (int l = 0; l < bandwidth; ++l)
      for (int m = 0; m <= l; ++m) {
        const Complex c = {random.uniform(-1, 1), random.uniform(-1, 1)};
        const Complex other = {random.uniform(-1, 1), random.uniform(-1, 1)};
        fhat[sphere::full_index(l, -m)] = real ? sign(m) * std::conj(c) : other;
        fhat[sphere::full_index(l, m)] = real && m == 0 ? c.real() : c;
        if (real && m == 0) fhat[sphere::full_index(l, 0)] = c.real();
      }
    all.insert(all.end(), fhat.begin(), fhat.end());
  }
  return all;
}

/// Modified spherical Bessel function i_l(kappa) = sqrt(pi / 2 kappa) I_{l+1/2}(kappa).
inline double spherical_bessel_i(int l, double kappa) {
  return std::sqrt(kPi / (2.0 * kappa)) * std::cyl_bessel_i(l + 0.5, kappa);
}

/// exp(kappa x.u): fhat^l_m = i_l(kappa) conj(Z_lm(u)) (plane-wave expansion, DLMF 10.60.7 at an
/// imaginary argument, with the addition theorem 14.30.9).
inline Coefficients exponential_on_sphere(int bandwidth, double kappa, const Direction& u) {
  Coefficients fhat(sphere::full_size(bandwidth));
  for (int l = 0; l < bandwidth; ++l)
    for (int m = -l; m <= l; ++m)
      fhat[sphere::full_index(l, m)] =
          spherical_bessel_i(l, kappa) * std::conj(Z(l, m, u.theta, u.phi));
  return fhat;
}

/// exp(kappa v.(R u)): fhat^l_mn = i_l(kappa) conj(Z_lm(v)) Z_ln(u).
inline Coefficients exponential_on_rotations(int bandwidth, double kappa, const Direction& v,
                                             const Direction& u) {
  Coefficients fhat(coefficient_count(bandwidth));
  for_coefficients(bandwidth, [&](int l, int m, int n) {
    fhat[coefficient_index(l, m, n)] =
        spherical_bessel_i(l, kappa) * std::conj(Z(l, m, v.theta, v.phi)) * Z(l, n, u.theta, u.phi);
  });
  return fhat;
}

}  // namespace equicloud::so3::reference
