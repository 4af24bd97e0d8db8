// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/sets/p_norm.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace equicloud::sets {
namespace {

// A power and a root of a sum of up to 1000 terms in [0, 1], relative.
constexpr double kRounding = 1e-13;
// Central differences with step 1e-6 of a function with curvature up to p.
constexpr double kDifferenceTolerance = 1e-7;

std::vector<double> random_numbers(std::size_t n, Random& random) {
  std::vector<double> x(n);
  for (double& value : x) value = random.normal();
  return x;
}

double largest(const std::vector<double>& x) {
  double most = 0.0;
  for (const double value : x) most = std::max(most, std::fabs(value));
  return most;
}

TEST(Conventions, p_norm_bound) {  // max |x| <= ||x||_p <= n^(1/p) max |x|
  Random random(1);
  for (const double p : {1.0, 2.0, 3.0, 8.0, 32.0, 128.0, 1024.0})
    for (const std::size_t n : {std::size_t{1}, std::size_t{10}, std::size_t{1000}}) {
      const double bound = std::pow(static_cast<double>(n), 1.0 / p);
      double worst = 0.0;
      for (int trial = 0; trial < 20; ++trial) {
        const auto x = random_numbers(n, random);
        const double ratio = p_norm<double>(x, p) / largest(x);
        EXPECT_GE(ratio, 1.0 - kRounding);
        EXPECT_LE(ratio, bound * (1.0 + kRounding));
        worst = std::max(worst, ratio);
      }
      std::printf("p = %4.0f, n = %4zu: ||x||_p / max up to %.4f, bound %.4f\n", p, n, worst,
                  bound);
      const std::vector<double> equal(n, -2.5);  // where the bound is reached
      EXPECT_NEAR(p_norm<double>(equal, p) / 2.5, bound, kRounding * bound);
    }
}

TEST(PNorm, FallsTowardsTheMaximumAsPGrows) {
  Random random(2);
  const auto x = random_numbers(50, random);
  double before = std::numeric_limits<double>::infinity();
  for (double p = 1.0; p < 2000.0; p *= 2.0) {
    const double norm = p_norm<double>(x, p);
    EXPECT_LE(norm, before * (1.0 + kRounding));
    before = norm;
  }
}

TEST(PNorm, EqualsItsFormulaAndDoesNotOverflow) {
  EXPECT_NEAR(p_norm<double>(std::vector<double>{3, -4}, 2.0), 5.0, 5.0 * kRounding);
  EXPECT_NEAR(p_norm<double>(std::vector<double>{1, 2, -3}, 3.0), std::cbrt(36.0), 4 * kRounding);
  EXPECT_EQ(p_norm<double>(std::vector<double>{1e300, 0}, 500.0), 1e300);
  EXPECT_EQ(p_norm<float>(std::vector<float>{0, -3}, 64.0F), 3.0F);
  EXPECT_EQ(p_norm<double>(std::vector<double>{0, 0}, 3.0), 0.0);
  EXPECT_EQ(p_norm<double>(std::vector<double>{}, 3.0), 0.0);
}

TEST(PNorm, GradientIsTheDifferenceQuotient) {
  Random random(3);
  const auto x = random_numbers(6, random);
  for (const double p : {1.5, 2.0, 3.0, 16.0}) {
    const auto gradient = p_norm_gradient<double>(x, p);
    for (std::size_t i = 0; i < x.size(); ++i) {
      std::vector<double> above = x, below = x;
      above[i] += 1e-6;
      below[i] -= 1e-6;
      const double quotient = (p_norm<double>(above, p) - p_norm<double>(below, p)) / 2e-6;
      EXPECT_NEAR(gradient[i], quotient, kDifferenceTolerance) << p;
    }
  }
}

TEST(PNorm, GradientGoesToTheLargestMember) {
  const auto gradient = p_norm_gradient<double>(std::vector<double>{1.0, -2.0, 0.0, 1.9}, 2000.0);
  EXPECT_NEAR(gradient[1], -1.0, kRounding);
  EXPECT_NEAR(gradient[0], 0.0, kRounding);
  EXPECT_EQ(gradient[2], 0.0);
  EXPECT_NEAR(gradient[3], 0.0, kRounding);
  EXPECT_EQ(p_norm_gradient<double>(std::vector<double>{0, 0}, 2.0), (std::vector<double>{0, 0}));
}

TEST(PNorm, BadExponentsAreRefused) {
  const std::vector<double> x = {1};
  for (const double p : {0.5, -1.0, std::nan(""), std::numeric_limits<double>::infinity()})
    EXPECT_THROW(p_norm<double>(x, p), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sets
