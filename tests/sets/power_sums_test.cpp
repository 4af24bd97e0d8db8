// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/sets/power_sums.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace equicloud::sets {
namespace {

using Complex = std::complex<double>;

// What the project promises for up to 10 members; measured below.
constexpr double kRootTolerance = 1e-8;
// Members of [-1, 1] this far apart: closer ones make the problem itself, not the method, worse.
constexpr double kLeastDistance = 0.1;
// Sums of 8 terms below 4 by two ways.
constexpr double kSumTolerance = 1e-12;
// Central differences with step 1e-5: 1e-10 from the step, 1e-11 from rounding.
constexpr double kDifferenceTolerance = 1e-8;

std::vector<double> separated_members(std::size_t n, Random& random) {
  std::vector<double> x;
  while (x.size() < n) {
    const double candidate = random.uniform(-1.0, 1.0);
    if (std::all_of(x.begin(), x.end(),
                    [=](double other) { return std::fabs(other - candidate) >= kLeastDistance; }))
      x.push_back(candidate);
  }
  return x;
}

std::vector<Complex> as_complex(const std::vector<double>& x) { return {x.begin(), x.end()}; }

double worst_member_error(std::vector<double> x) {
  const auto back = members_from_power_sums(as_complex(power_sums(x, x.size())));
  std::sort(x.begin(), x.end());
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_TRUE(std::isfinite(std::abs(back[i])));
    worst = std::max(worst, std::abs(back[i] - x[i]));
  }
  return worst;
}

TEST(PowerSums, MembersComeBackFromThem) {
  Random random(1);
  for (std::size_t n = 1; n <= 10; ++n) {
    double worst = 0.0;
    for (int trial = 0; trial < 200; ++trial)
      worst = std::max(worst, worst_member_error(separated_members(n, random)));
    std::printf("n = %2zu: worst member off by %.1e\n", n, worst);
    EXPECT_LE(worst, kRootTolerance) << n;
  }
}

TEST(PowerSums, ComplexMembersComeBackToo) {
  std::vector<Complex> x = {{-0.7, 0.2}, {-0.3, -0.8}, {0.0, 0.5},
                            {0.1, -0.2}, {0.6, 0.6},   {0.9, -0.4}};
  const auto back = members_from_power_sums(power_sums(x, x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_LE(std::abs(back[i] - x[i]), kRootTolerance);
}

// A double member is a double root: half the digits are lost, and no more.
TEST(PowerSums, ADoubleMemberComesBackToHalfTheDigits) {
  EXPECT_LE(worst_member_error({0.5, 0.5, -0.25}), 1e-6);
  EXPECT_LE(worst_member_error({0.0, 0.0, 0.0}), 0.0);
  EXPECT_TRUE(members_from_power_sums({}).empty());
}

// e_k as the sum over all k-element subsets.
std::vector<double> elementary_slow(const std::vector<double>& x) {
  std::vector<double> e(x.size(), 0.0);
  for (unsigned subset = 1; subset < (1U << x.size()); ++subset) {
    double product = 1.0;
    std::size_t members = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      if ((subset >> i & 1U) != 0) {
        product *= x[i];
        ++members;
      }
    e[members - 1] += product;
  }
  return e;
}

TEST(Conventions, newton_girard) {  // k e_k = sum_i (-1)^(i-1) e_{k-i} p_i
  Random random(2);
  std::vector<double> x(8);
  for (double& value : x) value = random.uniform(-1.0, 1.0);
  const auto e = newton_girard(as_complex(power_sums(x, 8)));
  const auto expected = elementary_slow(x);
  for (std::size_t k = 0; k < 8; ++k) EXPECT_LE(std::abs(e[k] - expected[k]), kSumTolerance) << k;
}

TEST(Conventions, power_sums_begin_at_one) {  // p_k = sum_i x_i^k at [k - 1]
  EXPECT_EQ(power_sums(std::vector<double>{2, -3}, 3), (std::vector<double>{-1, 13, -19}));
  EXPECT_EQ(power_sums(std::vector<float>{2, -3}, 3), (std::vector<float>{-1, 13, -19}));
}

TEST(PowerSums, DoNotDependOnTheOrder) {  // whole numbers: exact
  EXPECT_EQ(power_sums(std::vector<double>{4, -1, 7, 2}, 5),
            power_sums(std::vector<double>{7, 2, -1, 4}, 5));
}

TEST(PowerSums, GradientIsTheDifferenceQuotient) {
  const std::vector<double> x = {0.3, -0.9, 0.0};
  const std::vector<double> weights = {1.0, -2.0, 0.5, 3.0};
  const auto loss = [&](const std::vector<double>& at) {
    double sum = 0.0;
    for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * power_sums(at, 4)[k];
    return sum;
  };
  const auto gradient = power_sums_backward(x, weights);
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<double> above = x, below = x;
    above[i] += 1e-5;
    below[i] -= 1e-5;
    EXPECT_NEAR(gradient[i], (loss(above) - loss(below)) / 2e-5, kDifferenceTolerance);
  }
}

}  // namespace
}  // namespace equicloud::sets
