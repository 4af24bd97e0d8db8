// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/sets/moments.h>
#include <equicloud/sets/power_sums.h>
#include <gtest/gtest.h>

#include <cmath>

namespace equicloud::sets {
namespace {

// Sums of 6 terms below 10 by two ways.
constexpr double kSumTolerance = 1e-12;
// Central differences with step 1e-5.
constexpr double kDifferenceTolerance = 1e-8;

std::vector<double> random_points(std::size_t n, Random& random) {
  std::vector<double> xyz(3 * n);
  for (double& value : xyz) value = random.uniform(-1.0, 1.0);
  return xyz;
}

TEST(Conventions, moments_order) {  // 1; x, y, z; xx, xy, xz, yy, yz, zz; ...
  const std::vector<double> xyz = {2, 3, 5, 1, 0, -1};
  EXPECT_EQ(moments<double>(xyz, 2),
            (std::vector<double>{2, 3, 3, 4, 4 + 1, 6, 10 - 1, 9, 15, 25 + 1}));
  EXPECT_EQ(moments<float>(std::vector<float>(xyz.begin(), xyz.end()), 1),
            (std::vector<float>{2, 3, 3, 4}));
}

TEST(Moments, EqualTheirFormula) {
  Random random(1);
  const auto xyz = random_points(6, random);
  const auto exponents = moment_exponents(5);
  const auto m = moments<double>(xyz, 5);
  ASSERT_EQ(m.size(), 6U * 7U * 8U / 6U);
  for (std::size_t k = 0; k < m.size(); ++k) {
    double sum = 0.0;
    for (std::size_t i = 0; i < xyz.size(); i += 3)
      sum += std::pow(xyz[i], exponents[k][0]) * std::pow(xyz[i + 1], exponents[k][1]) *
             std::pow(xyz[i + 2], exponents[k][2]);
    EXPECT_NEAR(m[k], sum, kSumTolerance) << k;
  }
}

double factorial(std::size_t n) { return std::tgamma(static_cast<double>(n) + 1.0); }

// Why moments tell sets apart: they hold the power sums of the shadow on every line, p_k = sum over
// a + b + c = k of k!/(a! b! c!) u^a v^b w^c M_abc, and those give back its members.
TEST(Moments, HoldThePowerSumsOfEveryProjection) {
  Random random(2);
  const auto xyz = random_points(5, random);
  const auto exponents = moment_exponents(5);
  const auto m = moments<double>(xyz, 5);
  for (int trial = 0; trial < 10; ++trial) {
    const auto u = random_points(1, random);
    std::vector<double> from_moments(5, 0.0);
    for (std::size_t k = 1; k < m.size(); ++k) {
      const auto [a, b, c] = exponents[k];
      from_moments[a + b + c - 1] +=
          factorial(a + b + c) / (factorial(a) * factorial(b) * factorial(c)) * std::pow(u[0], a) *
          std::pow(u[1], b) * std::pow(u[2], c) * m[k];
    }
    std::vector<double> shadow;
    for (std::size_t i = 0; i < xyz.size(); i += 3)
      shadow.push_back(u[0] * xyz[i] + u[1] * xyz[i + 1] + u[2] * xyz[i + 2]);
    const auto expected = power_sums(shadow, 5);
    for (std::size_t k = 0; k < 5; ++k)
      EXPECT_NEAR(from_moments[k], expected[k], 20 * kSumTolerance);
  }
}

TEST(Moments, DoNotDependOnTheOrder) {  // whole numbers: exact
  EXPECT_EQ(moments<double>(std::vector<double>{1, 2, 3, -4, 5, 6, 7, -8, 9}, 4),
            moments<double>(std::vector<double>{7, -8, 9, 1, 2, 3, -4, 5, 6}, 4));
}

TEST(Moments, GradientIsTheDifferenceQuotient) {
  Random random(3);
  const auto xyz = random_points(3, random);
  std::vector<double> weights(moment_exponents(3).size());
  for (double& w : weights) w = random.normal();
  const auto loss = [&](const std::vector<double>& at) {
    const auto m = moments<double>(at, 3);
    double sum = 0.0;
    for (std::size_t k = 0; k < m.size(); ++k) sum += weights[k] * m[k];
    return sum;
  };
  const auto gradient = moments_backward<double>(xyz, 3, weights);
  for (std::size_t i = 0; i < xyz.size(); ++i) {
    std::vector<double> above = xyz, below = xyz;
    above[i] += 1e-5;
    below[i] -= 1e-5;
    EXPECT_NEAR(gradient[i], (loss(above) - loss(below)) / 2e-5, kDifferenceTolerance);
  }
}

TEST(Moments, BadSizesAreRefused) {
  EXPECT_THROW(moments<double>(std::vector<double>(4), 2), InvalidArgument);
  EXPECT_THROW(moments_backward<double>(std::vector<double>(3), 2, std::vector<double>(9)),
               InvalidArgument);
  EXPECT_EQ(moments<double>(std::vector<double>{}, 1), std::vector<double>(4, 0.0));
}

}  // namespace
}  // namespace equicloud::sets
