// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/charts.h"

#include <gtest/gtest.h>

#include <limits>

namespace equicloud::viewer {
namespace {

// Pixels of this colour.
std::size_t count(const figures::Image& image, figures::Color colour) {
  std::size_t found = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      if (image.at(x, y) == colour) ++found;
  return found;
}

TEST(Histogram, BarsAboveTheThresholdHaveTheColourOfOutliers) {
  std::vector<std::size_t> bins(50, 10);
  EXPECT_GT(count(draw_histogram(bins, 0.5F, 300, 80), kMarked), 0U);
  EXPECT_EQ(count(draw_histogram(bins, 1.0F, 300, 80), kMarked), 0U);
  EXPECT_GT(count(draw_histogram(bins, 0.2F, 300, 80), kMarked),
            count(draw_histogram(bins, 0.8F, 300, 80), kMarked));
}

TEST(Histogram, OnePointAmongMillionsIsSeen) {
  std::vector<std::size_t> bins(50);
  bins[0] = 5000000;
  const std::size_t without = count(draw_histogram(bins, 0.5F, 300, 80), kMarked);
  bins[49] = 1;
  EXPECT_GT(count(draw_histogram(bins, 0.5F, 300, 80), kMarked), without);
}

TEST(Guesses, UnknownHasItsOwnColour) {
  classify::Classification it;
  it.probabilities = {0.2F, 0.8F};
  EXPECT_GT(count(draw_guesses(it, {"chair", "unknown"}, 300), kUnknownColour), 100U);
  it.probabilities = {1.0F, 0.0F};
  EXPECT_LT(count(draw_guesses(it, {"chair", "unknown"}, 300), kUnknownColour), 100U);
}

TEST(Labels, StayInsideThePicture) {
  figures::Image image(120, 60, figures::Color{1, 2, 3});
  draw_label(image, -50, 500, "chair 0.99", {9, 9, 9});
  EXPECT_GT(count(image, {9, 9, 9}), 20U);
}

TEST(Charts, AnOrganisedScanIsItsImage) {
  // Three rows of four; the second point is not finite, the last is not drawn.
  std::vector<float> xyz(36, 1.0F);
  xyz[3] = std::numeric_limits<float>::quiet_NaN();
  Painting painting;
  for (std::uint32_t i = 0; i < 11; ++i) {
    painting.points.push_back(i);
    painting.colours.push_back({static_cast<std::uint8_t>(10 * i), 200, 0});
  }
  const PointsView points{Span<const float>(xyz)};
  const figures::Image whole = draw_organised(painting, points, 4, 100);
  EXPECT_EQ(whole.width(), 4);
  EXPECT_EQ(whole.height(), 3);
  EXPECT_EQ(whole.at(0, 0), painting.colours[0]);
  EXPECT_EQ(whole.at(2, 1), painting.colours[6]);
  EXPECT_EQ(whole.at(1, 0), whole.at(3, 2)) << "no point: dark";
  EXPECT_NE(whole.at(1, 0), painting.colours[1]);
  const figures::Image half = draw_organised(painting, points, 4, 2);
  EXPECT_EQ(half.width(), 2);
  EXPECT_EQ(half.height(), 2);
  EXPECT_EQ(half.at(1, 1), painting.colours[10]);
}

}  // namespace
}  // namespace equicloud::viewer
