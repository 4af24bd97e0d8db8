// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/layout.h>

#include <gtest/gtest.h>

namespace equicloud::figures {
namespace {

TEST(SideBySide, PanelsKeepTheirPixelsInOrder) {
  const Color red{255, 0, 0};
  const Color blue{0, 0, 255};
  const Image sheet = side_by_side({{Image(30, 20, red), "left"}, {Image(40, 20, blue), "right"}});
  const int y = sheet.height() - 15;
  int first_red = -1;
  int first_blue = -1;
  int reds = 0;
  int blues = 0;
  for (int x = 0; x < sheet.width(); ++x) {
    if (sheet.at(x, y) == red && reds++ == 0) first_red = x;
    if (sheet.at(x, y) == blue && blues++ == 0) first_blue = x;
  }
  EXPECT_EQ(reds, 30);
  EXPECT_EQ(blues, 40);
  EXPECT_LT(first_red, first_blue);
}

TEST(SideBySide, CaptionsAreDrawnAbove) {
  const Image with = side_by_side({{Image(60, 20), "caption"}});
  const Image without = side_by_side({{Image(60, 20), ""}});
  int ink = 0;
  for (int y = 0; y < with.height(); ++y) {
    for (int x = 0; x < with.width(); ++x) {
      if (with.at(x, y) == without.at(x, y)) continue;
      ++ink;
      EXPECT_LT(y, with.height() - 30);
    }
  }
  EXPECT_GT(ink, 50);
}

TEST(SideBySide, NoPanelOrUnequalHeightsAreRefused) {
  EXPECT_THROW(side_by_side({}), InvalidArgument);
  EXPECT_THROW(side_by_side({{Image(3, 4), ""}, {Image(3, 5), ""}}), InvalidArgument);
}

TEST(Legend, BarRunsFromTheColourOfLowToThatOfHigh) {
  Image image(200, 120, {0, 0, 0});
  draw_legend(image, 10, 110, ColorMap::sequential, 0.0, 5.0, "height (m)");
  const Size size = legend_size("height (m)");
  // Some row of the plate holds the whole map, dark on the left, light on the right.
  bool found = false;
  for (int y = 110 - size.height; y < 110; ++y) {
    const double left = lightness(image.at(10 + 12, y));
    const double right = lightness(image.at(10 + size.width - 12, y));
    found = found || (left < 0.35 && right > 0.88 &&
                      image.at(10 + size.width / 2, y) != image.at(10 + 12, y));
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace equicloud::figures
