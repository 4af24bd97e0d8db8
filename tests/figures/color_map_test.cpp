// SPDX-License-Identifier: BSD-3-Clause
#include <figures/color_map.h>

#include <gtest/gtest.h>

#include <cmath>

namespace equicloud::figures {
namespace {

class EachMap : public testing::TestWithParam<ColorMap> {};
INSTANTIATE_TEST_SUITE_P(ColorMap, EachMap, testing::Values(ColorMap::sequential, ColorMap::score));

TEST_P(EachMap, LightnessRisesInProportionToTheValue) {
  const double dark = lightness(color_of(GetParam(), 0.0));
  const double light = lightness(color_of(GetParam(), 1.0));
  EXPECT_GT(light - dark, 0.4);
  // Three channels of 8 bits tell lightness to about half a hundredth.
  constexpr double eight_bits = 0.006;
  for (int i = 0; i <= 100; ++i) {
    const double t = i / 100.0;
    EXPECT_NEAR(lightness(color_of(GetParam(), t)), dark + t * (light - dark), eight_bits) << t;
  }
}

TEST_P(EachMap, ValuesOutsideAreTheEndsAndNaNIsGrey) {
  EXPECT_EQ(color_of(GetParam(), -3.0), color_of(GetParam(), 0.0));
  EXPECT_EQ(color_of(GetParam(), 7.0), color_of(GetParam(), 1.0));
  EXPECT_EQ(color_of(GetParam(), std::nan("")), (Color{128, 128, 128}));
}

TEST(Lightness, BlackIsZeroAndWhiteIsOne) {
  EXPECT_NEAR(lightness({0, 0, 0}), 0.0, 1e-6);
  EXPECT_NEAR(lightness({255, 255, 255}), 1.0, 1e-6);
}

}  // namespace
}  // namespace equicloud::figures
