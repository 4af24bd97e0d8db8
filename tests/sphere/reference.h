// SPDX-License-Identifier: BSD-3-Clause
// The transform by its definition: the standard library's Legendre functions and direct sums.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/sphere/grid.h>
#include <equicloud/sphere/index.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

namespace equicloud::sphere::reference {

using Complex = std::complex<double>;
using Vector = std::vector<Complex>;

const double kPi = std::acos(-1.0);

/// d^l_m0(theta) = Z_lm(theta, 0); std::sph_legendre is Y_lm(theta, 0) with Condon-Shortley.
inline double legendre(int l, int m, double theta) {
  const auto order = static_cast<unsigned>(std::abs(m));
  const long double value =
      std::sqrt(4 * std::acos(-1.0L) / (2 * l + 1)) *
      std::sph_legendre(static_cast<unsigned>(l), order, static_cast<long double>(theta));
  return static_cast<double>(m < 0 && m % 2 != 0 ? -value : value);
}

inline Complex Z(int l, int m, double theta, double phi) {
  return std::polar(1.0, m * phi) * legendre(l, m, theta);
}

/// visit(l, m, full_index(l, m)) for all degrees below b.
template <typename Visit>
void each_coefficient(int b, const Visit& visit) {
  for (int l = 0; l < b; ++l)
    for (int m = -l; m <= l; ++m) visit(l, m, full_index(l, m));
}

/// d^l_m0 of all l, m, [ring][full_index].
inline std::vector<double> legendre_table(const Grid& grid) {
  const std::size_t size = full_size(grid.bandwidth);
  std::vector<double> table(grid.rings() * size);
  for (std::size_t j = 0; j < grid.rings(); ++j)
    each_coefficient(grid.bandwidth, [&](int l, int m, std::size_t at) {
      table[j * size + at] = legendre(l, m, grid.theta[j]);
    });
  return table;
}

/// sum (2l+1) c_lm Z_lm at every sample; the sum over l first.
inline Vector synthesis(const Grid& grid, const Vector& c) {
  const int b = grid.bandwidth;
  const std::vector<double> table = legendre_table(grid);
  Vector f(grid.samples());
  for (std::size_t j = 0; j < grid.rings(); ++j) {
    Vector of_order(static_cast<std::size_t>(2 * b - 1));
    each_coefficient(b, [&](int l, int m, std::size_t at) {
      of_order[static_cast<std::size_t>(m + b - 1)] +=
          (2.0 * l + 1) * c[at] * table[j * full_size(b) + at];
    });
    for (int k = 0; k < grid.columns; ++k)
      for (int m = 1 - b; m < b; ++m)
        f[j * static_cast<std::size_t>(grid.columns) + static_cast<std::size_t>(k)] +=
            of_order[static_cast<std::size_t>(m + b - 1)] *
            std::polar(1.0, 2 * kPi * (m * k % grid.columns) / grid.columns);
  }
  return f;
}

/// sum_jk w_j / (2 columns) f conj(Z_lm).
inline Vector analysis(const Grid& grid, const Vector& f) {
  const int b = grid.bandwidth;
  const std::vector<double> table = legendre_table(grid);
  Vector c(full_size(b));
  for (std::size_t j = 0; j < grid.rings(); ++j)
    for (int m = 1 - b; m < b; ++m) {
      Complex ring;
      for (int k = 0; k < grid.columns; ++k)
        ring += f[j * static_cast<std::size_t>(grid.columns) + static_cast<std::size_t>(k)] *
                std::polar(1.0, -2 * kPi * (m * k % grid.columns) / grid.columns);
      for (int l = std::abs(m); l < b; ++l)
        c[full_index(l, m)] +=
            grid.sample_weight(j) * ring * table[j * full_size(b) + full_index(l, m)];
    }
  return c;
}

/// Coefficients with parts in [-1, 1), all orders free: of a complex signal.
inline Vector random_coefficients(int b, std::uint64_t seed) {
  Random random(seed);
  Vector c(full_size(b));
  for (Complex& each : c) each = {random.uniform(-1, 1), random.uniform(-1, 1)};
  return c;
}

/// Of a real signal, m >= 0.
inline Vector random_half(int b, std::uint64_t seed) {
  Random random(seed);
  Vector c(half_size(b));
  for (int l = 0; l < b; ++l)
    for (int m = 0; m <= l; ++m)
      c[half_index(l, m)] = {random.uniform(-1, 1), m == 0 ? 0 : random.uniform(-1, 1)};
  return c;
}

template <typename A, typename B>
double largest_difference(const A& a, const B& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::max(largest, static_cast<double>(std::abs(Complex(a[i]) - Complex(b[i]))));
  return largest;
}

template <typename A>
double largest(const A& a) {
  return largest_difference(a, Vector(a.size()));
}

/// Largest error over the largest value.
template <typename A, typename B>
double relative_error(const A& got, const B& expected) {
  return got.size() == expected.size() ? largest_difference(got, expected) / largest(expected)
                                       : INFINITY;
}

/// Angles that grids avoid: poles, near one (nearer, std::sph_legendre loses sin theta), equator,
/// generic.
struct Angles {
  double theta, phi;
};
inline std::vector<Angles> some_angles() {
  return {{0, 0}, {kPi, 0.3}, {kPi / 2, 1}, {1e-4, 2}, {0.7, 0}, {1.1, 4.5}, {2.9, 6.2}};
}

}  // namespace equicloud::sphere::reference
