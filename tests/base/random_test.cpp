// SPDX-License-Identifier: BSD-3-Clause
// The seeded generator: the published sequence, ranges, independent streams, moments of the normal.
#include <equicloud/base/random.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>

namespace equicloud {
namespace {

constexpr int kDraws = 100'000;
// Five standard errors of a mean of kDraws values: a right generator fails once in two million
// seeds.
double five_sigma(double standard_deviation) {
  return 5.0 * standard_deviation / std::sqrt(kDraws);
}

TEST(Random, FirstValuesOfSeedZeroMatchTheReference) {
  // splitmix64.c by Sebastiano Vigna (prng.di.unimi.it), state x = 0.
  Random random(0);
  EXPECT_EQ(random.bits(), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(random.bits(), 0x6e789e6aa1b965f4ULL);
  EXPECT_EQ(random.bits(), 0x06c45d188009454fULL);
}

TEST(Random, SameSeedSameSequence) {
  Random a(7);
  Random b(7);
  Random c(8);
  EXPECT_EQ(a.bits(), b.bits());
  EXPECT_NE(a.bits(), c.bits());
}

TEST(Random, UniformStaysInRangeWithTheRightMoments) {
  Random random(1);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / kDraws, 1.0 / 2, five_sigma(std::sqrt(1.0 / 12)));
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, five_sigma(std::sqrt(4.0 / 45)));
}

TEST(Random, UniformBetweenTwoNumbersStaysBetweenThem) {
  Random random(2);
  for (int i = 0; i < 1000; ++i) {
    const double u = random.uniform(-3.0, 5.0);
    ASSERT_GE(u, -3.0);
    ASSERT_LT(u, 5.0);
  }
}

TEST(Random, BelowDrawsEveryNumberEquallyOften) {
  Random random(3);
  std::array<int, 10> counts{};
  for (int i = 0; i < kDraws; ++i) ++counts.at(random.below(10));
  for (const int count : counts)
    EXPECT_NEAR(static_cast<double>(count) / kDraws, 0.1, five_sigma(std::sqrt(0.1 * 0.9)));
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, NormalHasTheRightMoments) {
  Random random(4);
  std::array<double, 5> moment{};
  for (int i = 0; i < kDraws; ++i) {
    const double z = random.normal();
    ASSERT_TRUE(std::isfinite(z));
    double power = 1;
    for (double& m : moment) {
      m += power / kDraws;
      power *= z;
    }
  }
  EXPECT_NEAR(moment[1], 0.0, five_sigma(1.0));
  EXPECT_NEAR(moment[2], 1.0, five_sigma(std::sqrt(2.0)));
  EXPECT_NEAR(moment[3], 0.0, five_sigma(std::sqrt(15.0)));
  EXPECT_NEAR(moment[4], 3.0, five_sigma(std::sqrt(96.0)));
}

// Correlation of two streams of uniforms; 0 for independent ones up to 1 / sqrt(kDraws).
double correlation(Random a, Random b) {
  double sum = 0;
  for (int i = 0; i < kDraws; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
  return 12 * sum / kDraws;
}

TEST(Random, ForksAreReproducibleAndIndependent) {
  const Random parent(5);
  EXPECT_EQ(parent.fork(0).bits(), parent.fork(0).bits());
  EXPECT_NE(parent.fork(0).bits(), parent.fork(1).bits());
  EXPECT_NEAR(correlation(parent.fork(0), parent.fork(1)), 0.0, five_sigma(1.0));
  EXPECT_NEAR(correlation(parent, parent.fork(0)), 0.0, five_sigma(1.0));
  EXPECT_NEAR(correlation(Random(5).fork(0), Random(6).fork(0)), 0.0, five_sigma(1.0));
}

TEST(Random, ForkingLeavesTheParentAsItWas) {
  Random parent(9);
  Random untouched(9);
  EXPECT_NE(parent.fork(3).bits(), untouched.fork(4).bits());
  EXPECT_EQ(parent.bits(), untouched.bits());
}

}  // namespace
}  // namespace equicloud
