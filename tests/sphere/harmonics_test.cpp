// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/harmonics.h>
#include <equicloud/sphere/legendre.h>
#include <gtest/gtest.h>

#include "sphere/reference.h"

namespace equicloud::sphere {
namespace {

using reference::Complex;
using reference::kPi;
using reference::some_angles;
using reference::Vector;

constexpr int kBandwidth = 12;
// Values below 2 from recurrences of 12 steps; integrals sum some 300 of them.
constexpr double kTolerance = 1e-13;

Vector Y(double theta, double phi, int b = kBandwidth) {
  Vector y(full_size(b));
  complex_harmonics(b, theta, phi, Normalisation::orthonormal, y);
  return y;
}

std::vector<double> S(double theta, double phi) {
  std::vector<double> s(full_size(kBandwidth));
  real_harmonics(kBandwidth, theta, phi, s);
  return s;
}

// max |integral of u_i conj(u_k) over the surface - delta_ik|, exact on this grid.
template <typename Functions>
double gram_error(const Functions& functions) {
  const Grid grid = gauss_legendre(kBandwidth);
  const std::size_t n = full_size(kBandwidth);
  Vector gram(n * n);
  for (std::size_t j = 0; j < grid.rings(); ++j)
    for (int k = 0; k < grid.columns; ++k) {
      const auto u = functions(grid.theta[j], 2 * kPi * k / grid.columns);
      const double weight = 4 * kPi * grid.sample_weight(j);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t h = 0; h < n; ++h)
          gram[i * n + h] += weight * Complex(u[i]) * std::conj(Complex(u[h]));
    }
  for (std::size_t i = 0; i < n; ++i) gram[i * n + i] -= 1.0;
  return reference::largest(gram);
}

TEST(Conventions, Y_orthonormal) {
  EXPECT_LE(gram_error([](double t, double p) { return Y(t, p); }), kTolerance);
}

TEST(Conventions, real_Y_orthonormal) { EXPECT_LE(gram_error(S), kTolerance); }

TEST(Conventions, Y_condon_shortley) {
  for (const auto& [theta, phi] : some_angles())
    EXPECT_LE(std::abs(Y(theta, phi)[full_index(1, 1)] +
                       std::sqrt(3 / (8 * kPi)) * std::sin(theta) * std::polar(1.0, phi)),
              kTolerance);
}

TEST(Conventions, Y_conjugation) {
  for (const auto& [theta, phi] : some_angles()) {
    const Vector y = Y(theta, phi);
    reference::each_coefficient(kBandwidth, [&](int l, int m, std::size_t at) {
      EXPECT_EQ(y[full_index(l, -m)], (m % 2 == 0 ? 1.0 : -1.0) * std::conj(y[at]));
    });
  }
}

TEST(Conventions, Y_parity) {
  for (const auto& [theta, phi] : some_angles()) {
    const Vector y = Y(theta, phi);
    const Vector opposite = Y(kPi - theta, phi + kPi);
    reference::each_coefficient(kBandwidth, [&](int l, int, std::size_t at) {
      EXPECT_LE(std::abs(opposite[at] - (l % 2 == 0 ? 1.0 : -1.0) * y[at]), kTolerance);
    });
  }
}

TEST(Conventions, real_Y_is_yzx) {
  for (const auto& [theta, phi] : some_angles()) {
    const std::vector<double> s = S(theta, phi);
    const double scale = std::sqrt(3 / (4 * kPi));
    EXPECT_NEAR(s[full_index(1, -1)], scale * std::sin(theta) * std::sin(phi), kTolerance);
    EXPECT_NEAR(s[full_index(1, 0)], scale * std::cos(theta), kTolerance);
    EXPECT_NEAR(s[full_index(1, 1)], scale * std::sin(theta) * std::cos(phi), kTolerance);
  }
}

TEST(Harmonics, RealOnesAreThePartsOfTheComplexOnes) {
  for (const auto& [theta, phi] : some_angles()) {
    const Vector y = Y(theta, phi);
    const std::vector<double> s = S(theta, phi);
    for (int l = 0; l < kBandwidth; ++l)
      for (int m = 1; m <= l; ++m) {
        const Complex value = std::sqrt(2.0) * (m % 2 == 0 ? 1 : -1) * y[full_index(l, m)];
        EXPECT_NEAR(s[full_index(l, m)], value.real(), kTolerance);
        EXPECT_NEAR(s[full_index(l, -m)], value.imag(), kTolerance);
      }
  }
}

TEST(Harmonics, EqualTheStandardLibrarys) {
  for (const auto& [theta, phi] : some_angles()) {
    Vector z(full_size(kBandwidth));
    complex_harmonics(kBandwidth, theta, phi, Normalisation::group, z);
    const Vector y = Y(theta, phi);
    reference::each_coefficient(kBandwidth, [&](int l, int m, std::size_t at) {
      EXPECT_LE(std::abs(z[at] - reference::Z(l, m, theta, phi)), kTolerance) << l << ' ' << m;
      EXPECT_LE(std::abs(y[at] - std::sqrt((2 * l + 1) / (4 * kPi)) * z[at]), kTolerance);
    });
  }
}

TEST(Harmonics, ArgumentsOutOfRangeAreRefused) {
  Vector y(4);
  EXPECT_THROW(complex_harmonics(0, 1, 1, Normalisation::group, y), InvalidArgument);
  EXPECT_THROW(complex_harmonics(3, 1, 1, Normalisation::group, y), InvalidArgument);
  EXPECT_THROW(complex_harmonics(2, -0.1, 1, Normalisation::group, y), InvalidArgument);
  EXPECT_THROW(complex_harmonics(2, NAN, 1, Normalisation::group, y), InvalidArgument);
}

// Upward recurrences lose some units of rounding a degree where they swing.
TEST(Legendre, EqualsTheStandardLibrarysUpTo256) {
  constexpr int b = 256;
  constexpr double tolerance = 1e-12;
  std::vector<double> d(b);
  for (const double theta : {1e-3, 0.01, 0.2, 1.0, kPi / 2})
    for (const int m : {0, 1, 2, 17, 100, 200, 255}) {
      LegendreOrder(b, m).evaluate(std::cos(theta), std::sin(theta), d.data());
      for (int l = m; l < b; l += 7)
        EXPECT_NEAR(d[static_cast<std::size_t>(l - m)], reference::legendre(l, m, theta), tolerance)
            << l << ' ' << m << ' ' << theta;
    }
}

// Far beyond: sin^m is 1e-1300 and still the values at l = b - 1 come out right.
// sum_m d^l_m0(theta)^2 = 1 over all m (a row of an orthogonal matrix).
TEST(Legendre, RowsHaveUnitLengthWhereSinesUnderflow) {
  constexpr int b = 1024;
  for (const double theta : {0.05, 0.5, 1.5}) {
    double sum = 0;
    std::vector<double> d(b);
    for (int m = 0; m < b; ++m) {
      const LegendreOrder order(b, m);
      order.evaluate(std::cos(theta), std::sin(theta), d.data());
      const double last = d[order.size() - 1];
      sum += (m == 0 ? 1 : 2) * last * last;
    }
    EXPECT_NEAR(sum, 1, 1e-11) << theta;
  }
}

}  // namespace
}  // namespace equicloud::sphere
