// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/cloud_picture.h>

#include <gtest/gtest.h>

#include <cmath>

namespace equicloud::figures {
namespace {

constexpr Color kRed{255, 0, 0};
constexpr Color kBlue{0, 0, 255};

PictureStyle flat_style() {
  PictureStyle style;
  style.width = 100;
  style.height = 80;
  style.shading = 0.0;
  return style;
}

TEST(Camera, OrthographicPutsKnownPointsOnKnownPixels) {
  // From straight above: x to the right, y up, 10 units across 100 pixels.
  const Camera camera = Camera::orthographic({0, 0, 0}, -90, 90, 10, 100, 80);
  const Projected p = camera.project({2, 1, 5});
  EXPECT_NEAR(p.x, 70, 1e-9);
  EXPECT_NEAR(p.y, 30, 1e-9);
  EXPECT_LT(camera.project({0, 0, 1}).depth, camera.project({0, 0, 0}).depth);
}

TEST(Camera, PerspectivePutsKnownPointsOnKnownPixels) {
  // Looking along +y with a right angle from edge to edge: at depth d the picture is 2 d wide.
  const Camera camera = Camera::perspective({0, -4, 0}, {0, 0, 0}, 90, 100, 80);
  const Projected p = camera.project({2, 0, 1});
  EXPECT_NEAR(p.x, 75, 1e-9);
  EXPECT_NEAR(p.y, 27.5, 1e-9);
  EXPECT_NEAR(p.depth, 4, 1e-12);
  EXPECT_FALSE(camera.project({0, -5, 0}).in_front());
}

TEST(Camera, ViewsThatShowNothingAreRefused) {
  EXPECT_THROW(Camera::perspective({1, 2, 3}, {1, 2, 3}, 60, 10, 10), InvalidArgument);
  EXPECT_THROW(Camera::perspective({0, 0, 0}, {1, 0, 0}, 190, 10, 10), InvalidArgument);
  EXPECT_THROW(Camera::orthographic({0, 0, 0}, 0, 0, 0, 10, 10), InvalidArgument);
}

TEST(DrawCloud, PointLandsOnItsPixelAndNowhereElse) {
  const Camera camera = Camera::orthographic({0, 0, 0}, -90, 90, 10, 100, 80);
  const Image image = draw_cloud({{{2.05, 0.95, 0}, kRed, 2.0}}, camera, flat_style());
  EXPECT_EQ(image.at(70, 30), kRed);
  EXPECT_EQ(image.at(60, 30), flat_style().background);
  EXPECT_EQ(image.at(70, 40), flat_style().background);
}

TEST(DrawCloud, NearestPointWinsInAnyOrder) {
  const Camera camera = Camera::perspective({0, -4, 0}, {0, 0, 0}, 90, 100, 80);
  const Dot near{{0, 0, 0}, kRed, 3.0};
  const Dot far{{0, 2, 0}, kBlue, 3.0};
  EXPECT_EQ(draw_cloud({near, far}, camera, flat_style()).at(50, 40), kRed);
  EXPECT_EQ(draw_cloud({far, near}, camera, flat_style()).at(50, 40), kRed);
}

TEST(DrawCloud, PointsThatCannotBeSeenAreLeftOut) {
  const Camera camera = Camera::perspective({0, -4, 0}, {0, 0, 0}, 90, 100, 80);
  const double nan = std::nan("");
  const std::vector<Dot> dots = {
      {{nan, 0, 0}, kRed, 3.0}, {{0, -9, 0}, kRed, 3.0}, {{1e30, 0, 0}, kRed, 3.0}};
  const Image image = draw_cloud(dots, camera, flat_style());
  for (int y = 0; y < 80; ++y) {
    for (int x = 0; x < 100; ++x) ASSERT_EQ(image.at(x, y), flat_style().background);
  }
}

TEST(DrawCloud, ShadingDarkensWhatLiesBehindItsNeighbours) {
  const Camera camera = Camera::perspective({0, -4, 0}, {0, 0, 0}, 90, 100, 80);
  PictureStyle style = flat_style();
  style.shading = 1.0;
  const std::vector<Dot> dots = {{{0, 4, 0}, kRed, 20.0}, {{0, 0, 0}, kBlue, 5.0}};
  const Image image = draw_cloud(dots, camera, style);
  EXPECT_EQ(image.at(50, 40), kBlue);
  EXPECT_EQ(image.at(66, 40).r, 255);  // far from the near disc: as it is
  EXPECT_LT(image.at(55, 40).r, 200);  // just beside it: in its shade
}

}  // namespace
}  // namespace equicloud::figures
