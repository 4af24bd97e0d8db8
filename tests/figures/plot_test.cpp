// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/plot.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace equicloud::figures {
namespace {

TEST(Ticks, AreRoundNumbersWithinTheRange) {
  EXPECT_EQ(ticks(0.0, 10.0, Scale::linear), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(ticks(0.5, 2000.0, Scale::logarithmic), (std::vector<double>{1, 10, 100, 1000}));
  for (const double size : {1e-6, 0.3, 7.0, 5e8}) {
    const auto at = ticks(-0.37 * size, size, Scale::linear);
    EXPECT_GE(at.size(), 3U);
    EXPECT_LE(at.size(), 9U);
    EXPECT_GE(at.front(), -0.37 * size);
    EXPECT_LE(at.back(), size);
  }
}

// Rows of the picture where a colour that only curves have appears in a column range.
double mean_row_of_color(const Image& image, int x0, int x1) {
  double sum = 0;
  int n = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = x0; x < x1; ++x) {
      const Color c = image.at(x, y);
      if (c.b - c.r < 100) continue;  // the first curve is blue
      sum += y;
      ++n;
    }
  }
  EXPECT_GT(n, 0);
  return sum / n;
}

TEST(Plot, ARisingCurveRises) {
  PlotStyle style;
  const Image image = draw_plot({{"loss", {0, 1, 2, 3}, {1, 2, 3, 4}}}, style);
  ASSERT_EQ(image.width(), style.width);
  ASSERT_EQ(image.height(), style.height);
  EXPECT_GT(mean_row_of_color(image, 110, 200), mean_row_of_color(image, 400, 500) + 50);
}

TEST(Plot, OnALogarithmicAxisPowersOfTenAreEvenlySpaced) {
  PlotStyle style;
  style.y.scale = Scale::logarithmic;
  style.width = 1000;
  const Image image = draw_plot(
      {
          {"", {0, 10}, {1, 1000}},
      },
      style);
  // A straight line: its middle lies half-way between its quarter points.
  const double a = mean_row_of_color(image, 300, 304);
  const double b = mean_row_of_color(image, 500, 504);
  const double c = mean_row_of_color(image, 700, 704);
  EXPECT_NEAR(a - b, b - c, 1.5);
}

TEST(Plot, ValuesThatAreMissingBreakTheLine) {
  const double nan = std::nan("");
  const Image image = draw_plot({{"", {0, 1, 2, 3}, {1, 1, nan, nan}}, {"", {0, 3}, {0, 2}}}, {});
  EXPECT_GT(mean_row_of_color(image, 150, 200), 0);
}

TEST(Plot, AKeyBesideTheFrameCoversNoCurve) {
  PlotStyle style;
  const std::vector<Curve> curves = {{"some name", {0, 3}, {2, 2}}, {"", {0}, {0}}};
  const double in_the_corner = mean_row_of_color(draw_plot(curves, style), 110, 200);
  style.key_beside = true;
  const Image image = draw_plot(curves, style);
  for (const int x : {110, 400, 580})
    EXPECT_NEAR(mean_row_of_color(image, x, x + 4), in_the_corner, 2);
  EXPECT_EQ(image.width(), style.width);
}

TEST(Plot, NothingToDrawIsRefusedInASentence) {
  try {
    draw_plot({{"a", {1}, {std::numeric_limits<double>::infinity()}}}, {});
    FAIL() << "nothing was thrown";
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(), "plot: there is no finite point to draw");
  }
  EXPECT_THROW(draw_plot({{"a", {1, 2}, {1}}}, {}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::figures
