// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/bispectrum.h>
#include <equicloud/sphere/clebsch_gordan.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/scattered.h>
#include <gtest/gtest.h>

#include <array>

#include "sphere/reference.h"

namespace equicloud::sphere {
namespace {

using reference::Complex;
using reference::Vector;

double factorial(int n) { return std::tgamma(n + 1.0); }

// Racah's closed form: alternating factorials, good for small degrees only.
double racah(int l1, int m1, int l2, int m2, int l, int m) {
  double sum = 0;
  for (int k = 0; k <= l1 + l2 - l; ++k) {
    const int d[] = {l1 + l2 - l - k, l1 - m1 - k, l2 + m2 - k, l - l2 + m1 + k, l - l1 - m2 + k};
    if (*std::min_element(std::begin(d), std::end(d)) < 0) continue;
    double product = factorial(k);
    for (const int each : d) product *= factorial(each);
    sum += (k % 2 == 0 ? 1 : -1) / product;
  }
  const double triangle = factorial(l1 + l2 - l) * factorial(l1 - l2 + l) * factorial(l2 - l1 + l) /
                          factorial(l1 + l2 + l + 1);
  return sum *
         std::sqrt((2 * l + 1) * triangle * factorial(l1 + m1) * factorial(l1 - m1) *
                   factorial(l2 + m2) * factorial(l2 - m2) * factorial(l + m) * factorial(l - m));
}

TEST(ClebschGordan, EqualRacahsFormula) {
  constexpr double tolerance = 1e-12;  // of Racah's alternating sums below degree 6
  for (int l1 = 0; l1 < 6; ++l1)
    for (int l2 = 0; l2 < 6; ++l2)
      for (int l = std::abs(l1 - l2); l <= l1 + l2; ++l)
        for (int m = -l; m <= l; ++m) {
          const ClebschGordan c = clebsch_gordan(l1, l2, l, m);
          for (int i = 0; i < static_cast<int>(c.values.size()); ++i) {
            const int m1 = c.first + i;
            EXPECT_NEAR(c.values[static_cast<std::size_t>(i)], racah(l1, m1, l2, m - m1, l, m),
                        tolerance)
                << l1 << ' ' << m1 << ' ' << l2 << ' ' << m - m1 << ' ' << l << ' ' << m;
          }
        }
}

// Coefficients of different l at one m are orthogonal, also where they span 1e-150 .. 1.
TEST(ClebschGordan, AreOrthonormalAtLargeDegrees) {
  constexpr double tolerance = 1e-11;  // recurrences of up to 400 steps
  for (const auto& [l1, l2, m] : {std::array{40, 25, 3}, {200, 200, 0}, {255, 31, -200}}) {
    std::vector<ClebschGordan> all;
    for (int l = std::max(std::abs(l1 - l2), std::abs(m)); l <= l1 + l2; l += 5)
      all.push_back(clebsch_gordan(l1, l2, l, m));
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t k = 0; k <= i; ++k) {
        double inner = 0;
        for (std::size_t n = 0; n < all[i].values.size(); ++n)
          inner += all[i].values[n] * all[k].values[n];
        EXPECT_NEAR(inner, i == k ? 1 : 0, tolerance) << l1 << ' ' << l2 << ' ' << m;
      }
  }
}

TEST(ClebschGordan, TriplesThatDoNotCoupleAreRefused) {
  EXPECT_THROW(clebsch_gordan(1, 1, 3, 0), InvalidArgument);
  EXPECT_THROW(clebsch_gordan(1, 3, 1, 0), InvalidArgument);
  EXPECT_THROW(clebsch_gordan(1, 1, 1, 2), InvalidArgument);
  EXPECT_THROW(clebsch_gordan(-1, 1, 1, 0), InvalidArgument);
}

// Coefficients of f(R^-1 x), R = Rz(a) Ry(b), by sampling the turned signal: no Wigner matrices.
Vector turned(int b, const Vector& c, double alpha, double beta) {
  const Grid grid = gauss_legendre(b);
  std::vector<double> xyz;
  std::vector<double> turned_back;
  std::vector<double> weights;
  for (std::size_t j = 0; j < grid.rings(); ++j)
    for (int k = 0; k < grid.columns; ++k) {
      const double phi = 2 * reference::kPi * k / grid.columns;
      const double x = std::sin(grid.theta[j]) * std::cos(phi);
      const double y = std::sin(grid.theta[j]) * std::sin(phi);
      const double z = grid.cosine[j];
      xyz.insert(xyz.end(), {x, y, z});
      const double u = std::cos(alpha) * x + std::sin(alpha) * y;  // Rz(-alpha)
      const double v = std::cos(alpha) * y - std::sin(alpha) * x;
      turned_back.insert(turned_back.end(), {std::cos(beta) * u - std::sin(beta) * z, v,
                                             std::sin(beta) * u + std::cos(beta) * z});
      weights.push_back(grid.sample_weight(j));
    }
  Vector f(grid.samples());
  Vector result(c.size());
  synthesis_at<double>(b, c, turned_back, Span<Complex>(f));
  analysis_at<double>(b, Span<const Complex>(f), weights, xyz, result);
  return result;
}

TEST(Bispectrum, IsInvariantUnderRotation) {
  constexpr int b = 6;
  constexpr double tolerance = 1e-12;
  const Vector c = reference::random_coefficients(b, 1);
  const Vector r = turned(b, c, 0.7, 1.3);
  ASSERT_GT(reference::relative_error(r, c), 0.1);
  const auto before = bispectrum<double>(b, c);
  EXPECT_LE(reference::relative_error(bispectrum<double>(b, r), before), tolerance);
}

TEST(Bispectrum, OfARealSignalIsRealOrImaginary) {
  constexpr int b = 5;
  const Vector c = full_from_half<double>(b, reference::random_half(b, 2));
  const auto triples = bispectrum_triples(b);
  const auto values = bispectrum<double>(b, c);
  ASSERT_EQ(values.size(), triples.size());
  double imaginary = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool even = (triples[i].l1 + triples[i].l2 + triples[i].l) % 2 == 0;
    EXPECT_NEAR(even ? values[i].imag() : values[i].real(), 0, 1e-13);
    if (!even) imaginary = std::max(imaginary, std::abs(values[i].imag()));
  }
  EXPECT_GT(imaginary, 0.1);
}

// <0 0 l m | l m> = 1: B(0, l, l) is c_00 times the power of degree l.
TEST(Bispectrum, WithDegreeZeroIsThePowerSpectrum) {
  constexpr int b = 4;
  const Vector c = reference::random_coefficients(b, 3);
  const auto triples = bispectrum_triples(b);
  const auto values = bispectrum<double>(b, c);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (triples[i].l1 != 0) continue;
    double power = 0;
    for (int m = -triples[i].l; m <= triples[i].l; ++m)
      power += std::norm(c[full_index(triples[i].l, m)]);
    EXPECT_LE(std::abs(values[i] - c[0] * power), 1e-13);
  }
  EXPECT_THROW(bispectrum<double>(3, c), InvalidArgument);
  EXPECT_THROW(bispectrum_triples(0), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sphere
