// SPDX-License-Identifier: BSD-3-Clause
// Signals by their real coefficients, against their sums of complex harmonics.
#include <equicloud/base/error.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/harmonics.h>
#include <gtest/gtest.h>

#include "sphere/reference.h"

namespace equicloud::sphere {
namespace {

using reference::Complex;
using reference::Vector;

constexpr int kBandwidth = 7;
constexpr double kTolerance = 1e-13;  // sums of 49 numbers of order 1

double real_sum(const std::vector<double>& a, double theta, double phi) {
  std::vector<double> S(full_size(kBandwidth));
  real_harmonics(kBandwidth, theta, phi, Span<double>(S));
  double sum = 0;
  for (std::size_t i = 0; i < S.size(); ++i) sum += a[i] * S[i];
  return sum;
}

Complex complex_sum(const Vector& a, double theta, double phi) {
  Complex sum = 0;
  reference::each_coefficient(kBandwidth, [&](int l, int m, std::size_t at) {
    sum += a[at] * reference::Z(l, m, theta, phi) / orthonormal_over_group(l) * (2.0 * l + 1.0);
  });
  return sum;
}

TEST(Conventions, real_form_has_the_same_values) {
  const Vector half = reference::random_half(kBandwidth, 1);
  const std::vector<double> real = real_from_half<double>(kBandwidth, half);
  const Vector full = full_from_half<double>(kBandwidth, half);
  for (const double theta : {0.0, 0.4, 1.7, 3.1})
    for (const double phi : {0.0, 1.1, 4.0}) {
      const Complex slow = complex_sum(full, theta, phi);
      EXPECT_NEAR(real_sum(real, theta, phi), slow.real(), kTolerance * std::abs(slow) + 1e-13);
    }
}

TEST(RealForm, GoesBackToTheHalfForm) {
  const Vector half = reference::random_half(kBandwidth, 2);
  const std::vector<double> real = real_from_half<double>(kBandwidth, half);
  EXPECT_LE(reference::relative_error(half_from_real<double>(kBandwidth, real), half), kTolerance);
}

TEST(RealForm, HasTheSamePowers) {
  const Vector half = reference::random_half(kBandwidth, 3);
  const std::vector<double> real = real_from_half<double>(kBandwidth, half);
  const Vector full = full_from_half<double>(kBandwidth, half);
  for (int l = 0; l < kBandwidth; ++l) {
    double squares = 0;
    double norms = 0;
    for (int m = -l; m <= l; ++m) {
      squares += real[full_index(l, m)] * real[full_index(l, m)];
      norms += std::norm(full[full_index(l, m)]);
    }
    EXPECT_NEAR(squares, norms, kTolerance * norms);
  }
}

TEST(RealForm, OfSeveralSignalsBecomesTheirFullForms) {
  Vector expected;
  std::vector<double> real;
  for (const std::uint64_t seed : {4, 5}) {
    const Vector half = reference::random_half(kBandwidth, seed);
    const std::vector<double> one = real_from_half<double>(kBandwidth, half);
    const Vector full = full_from_half<double>(kBandwidth, half);
    real.insert(real.end(), one.begin(), one.end());
    expected.insert(expected.end(), full.begin(), full.end());
  }
  Vector full(real.size());
  full_from_real<double>(kBandwidth, real, full);
  EXPECT_LE(reference::relative_error(full, expected), kTolerance);
}

TEST(RealForm, RefusesOtherSizes) {
  Vector numbers(full_size(3));
  std::vector<double> real(full_size(3));
  EXPECT_THROW(real_from_half<double>(3, numbers), InvalidArgument);
  EXPECT_THROW(half_from_real<double>(4, real), InvalidArgument);
  EXPECT_THROW(half_from_real<double>(0, Span<const double>()), InvalidArgument);
  EXPECT_THROW(full_from_real<double>(2, real, numbers), InvalidArgument);
  EXPECT_THROW(full_from_real<double>(3, real, Span<Complex>(numbers.data(), 8)), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sphere
