// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <figures/views.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace equicloud::figures {
namespace {

Cloud slab_with_stray() {
  Cloud cloud;
  cloud.name = "slab.pcd";
  Random random(5);
  for (int i = 0; i < 4000; ++i) {
    cloud.positions.push_back(
        {random.uniform(-6, 6), random.uniform(-2, 2), random.uniform(0, 0.2)});
  }
  cloud.positions.push_back({0, 0, 1.5});
  return cloud;
}

int count(const Image& image, int x0, int x1, Color color) {
  int n = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = x0; x < x1; ++x) {
      const Color c = image.at(x, y);
      const int off =
          std::max({std::abs(c.r - color.r), std::abs(c.g - color.g), std::abs(c.b - color.b)});
      n += off <= 2 ? 1 : 0;  // pictures of clouds have colours in steps of 5
    }
  }
  return n;
}

TEST(BeforeAfter, OutlierIsBrightInTheMiddleAndGoneOnTheRight) {
  const Cloud cloud = slab_with_stray();
  std::vector<float> probability(cloud.positions.size(), 0.02F);
  probability.back() = 1.0F;
  const Image sheet = before_after(cloud, probability, 0.5, "auto", 200, 160);
  const Color bright = color_of(ColorMap::score, 1.0);
  const int third = sheet.width() / 3;
  EXPECT_EQ(count(sheet, 2 * third, sheet.width(), bright), 0);
  EXPECT_GE(count(sheet, third, 2 * third, bright), 1);
}

TEST(ParseView, AutomaticViewShowsTheCloud) {
  const Cloud cloud = slab_with_stray();
  for (const char* view : {"auto", "top"}) {
    const Camera camera = parse_view(view, cloud, 300, 200);
    std::size_t inside = 0;
    for (const Point& p : cloud.positions) {
      const Projected at = camera.project(p);
      inside += at.in_front() && at.x >= 0 && at.x < 300 && at.y >= 0 && at.y < 200 ? 1 : 0;
    }
    EXPECT_GE(inside, cloud.positions.size() * 95 / 100) << view;
  }
}

TEST(ParseView, AnythingElseIsRefusedInASentence) {
  const Cloud cloud = slab_with_stray();
  for (const char* view : {"", "side", "1,2,3", "1,2,3,4,5,6x", "1,2,3,4,5,6,7,8"}) {
    EXPECT_THROW(parse_view(view, cloud, 10, 10), InvalidArgument) << view;
  }
}

TEST(Coloring, UnknownFieldIsNamedWithThoseThereAre) {
  Cloud cloud = slab_with_stray();
  cloud.fields["ring"] = {};
  cloud.fields["x"] = {};
  try {
    by_field(cloud, "truth");
    FAIL() << "nothing was thrown";
  } catch (const FormatError& error) {
    EXPECT_STREQ(error.what(), "slab.pcd: has no field truth; fields are: ring, x");
  }
}

TEST(Cloud, PackedPositionsKeepTheFractionFarFromZero) {
  Cloud cloud;
  cloud.positions = {{std::nan(""), 0, 0}, {500000.125, 5e6, 7}, {500000.375, 5e6 + 0.0625, 7.5}};
  const std::vector<float> xyz = cloud.xyz();
  EXPECT_TRUE(std::isnan(xyz[0]));
  EXPECT_EQ(xyz[6] - xyz[3], 0.25F);
  EXPECT_EQ(xyz[7] - xyz[4], 0.0625F);
}

TEST(Coloring, StraysDoNotStretchTheRange) {
  const Coloring coloring = by_height(slab_with_stray());
  EXPECT_LE(coloring.high, 0.21);
  EXPECT_GE(coloring.low, 0.0);
}

}  // namespace
}  // namespace equicloud::figures
