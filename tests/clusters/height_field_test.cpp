// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/clusters/height_field.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace equicloud::clusters {
namespace {

constexpr double kRounding = 1e-12;  // of a few operations on heights below 10

HeightField field_of(std::size_t columns, std::size_t rows) {
  return {1.0, -2.0, 0.5, columns, rows, std::vector<double>(columns * rows, 0.0)};
}

HeightField random_field(std::uint64_t seed) {
  HeightField field = field_of(13, 9);
  Random random(seed);
  for (double& h : field.height) h = random.uniform() < 0.3 ? NAN : random.uniform(0.0, 3.0);
  return field;
}

// Steps between cells as a king goes: diagonals first.
double king_distance(const HeightField& field, std::size_t a, std::size_t b) {
  const auto along = [](std::size_t x, std::size_t y) {
    return static_cast<double>(x > y ? x - y : y - x);
  };
  const double columns = along(a % field.columns, b % field.columns);
  const double rows = along(a / field.columns, b / field.columns);
  const double both = std::min(columns, rows);
  return field.side * (std::sqrt(2.0) * both + std::max(columns, rows) - both);
}

TEST(HeightField, ForgetSteepEqualsItsFormulaOverAllPairs) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const HeightField before = random_field(seed);
    HeightField after = before;
    forget_steep(after, 0.4, 0.3);
    std::size_t forgotten = 0;
    for (std::size_t i = 0; i < before.height.size(); ++i) {
      double ceiling = HUGE_VAL;
      for (std::size_t j = 0; j < before.height.size(); ++j)
        if (!std::isnan(before.height[j]))
          ceiling = std::min(ceiling, before.height[j] + 0.4 * king_distance(before, i, j));
      const bool stays = before.height[i] <= ceiling + 0.3;
      EXPECT_EQ(!std::isnan(after.height[i]), stays) << i;
      forgotten += !std::isnan(before.height[i]) && !stays;
    }
    EXPECT_GT(forgotten, 10U);
  }
}

TEST(HeightField, ForgetsPitsOfOneAndTwoCellsButNoValley) {
  HeightField field = field_of(7, 7);
  field.height[8] = -5.0;                                              // alone
  field.height[31] = field.height[32] = -5.0;                          // a pair
  for (std::size_t r = 0; r < 7; ++r) field.height[7 * r + 6] = -5.0;  // a ditch along the border
  forget_pits(field, 1.0);
  for (const std::size_t pit : {8U, 31U, 32U}) EXPECT_TRUE(std::isnan(field.height[pit])) << pit;
  for (std::size_t r = 1; r < 6; ++r) EXPECT_EQ(field.height[7 * r + 6], -5.0);
  EXPECT_EQ(field.height[0], 0.0);
}

TEST(HeightField, FillingKeepsWhatIsKnownAndStaysWithinItsRange) {
  const HeightField before = random_field(4);
  HeightField after = before;
  fill_unknown(after);
  for (std::size_t i = 0; i < before.height.size(); ++i) {
    const bool known = !std::isnan(before.height[i]);
    EXPECT_EQ(after.height[i], known ? before.height[i] : after.height[i]);
    EXPECT_GE(after.height[i], 0.0);
    EXPECT_LE(after.height[i], 3.0);
  }
}

TEST(HeightField, FillingWithNothingKnownGivesZero) {
  HeightField field = field_of(5, 3);
  std::fill(field.height.begin(), field.height.end(), NAN);
  fill_unknown(field);
  EXPECT_EQ(field.height, std::vector<double>(15, 0.0));
}

TEST(HeightField, InterpolatesAPlaneExactlyAndGoesOnOutside) {
  HeightField field = field_of(6, 4);
  const auto plane = [](double u, double v) { return 2.0 + 0.5 * u - 0.25 * v; };
  for (std::size_t i = 0; i < field.height.size(); ++i)
    field.height[i] =
        plane(1.25 + 0.5 * static_cast<double>(i % 6), -1.75 + 0.5 * static_cast<double>(i / 6));
  Random random(5);
  for (int k = 0; k < 100; ++k) {
    const double u = random.uniform(1.25, 3.75);
    const double v = random.uniform(-1.75, -0.25);
    EXPECT_NEAR(field.at(u, v), plane(u, v), kRounding);
  }
  EXPECT_NEAR(field.at(100.0, -1.0), plane(3.75, -1.0), kRounding);
  EXPECT_NEAR(field.at(-100.0, 100.0), plane(1.25, -0.25), kRounding);
  EXPECT_EQ(field.cell_of(1.1, -1.9), 0);
  EXPECT_EQ(field.cell_of(3.9, -0.1), 23);
  EXPECT_EQ(field.cell_of(0.9, -1.0), -1);
  EXPECT_EQ(field.cell_of(NAN, -1.0), -1);
}

}  // namespace
}  // namespace equicloud::clusters
