// SPDX-License-Identifier: BSD-3-Clause
// What the viewer takes from a file.
#include "viewer/scan.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <equicloud/base/error.h>

#include <gtest/gtest.h>

#include <limits>

namespace equicloud::viewer {
namespace {

using cli_tests::Workplace;

TEST(Scan, HoldsThePositionsAndReadsFieldsWhenAsked) {
  const Workplace place;
  const std::vector<cli_tests::Point> points = cli_tests::sheet(12);
  cli_tests::save(place.path("a.pcd"), points);
  Progress progress;
  const auto scan = load_scan(place.path("a.pcd"), progress);
  ASSERT_EQ(scan->size(), points.size());
  EXPECT_EQ(progress.share(), 1.0);
  EXPECT_EQ(field_names(scan->header), (std::vector<std::string>{"intensity", "ring", "truth"}));
  const std::vector<float> ring = field_values(*scan, "ring");
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(scan->points()[i][2], points[i].z);
    EXPECT_EQ(ring[i], points[i].ring);
  }
  EXPECT_TRUE(scan->colours.empty());
  EXPECT_THROW(field_values(*scan, "colour"), FormatError);
}

TEST(Scan, ColoursOfBothKindsAreTheSame) {
  const Workplace place;
  place.write("packed.pcd",
              "VERSION .7\nFIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F U\nCOUNT 1 1 1 1\nWIDTH 1\n"
              "HEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 1\nDATA ascii\n1 2 3 66051\n");
  place.write("three.ply",
              "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\n"
              "property float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n"
              "end_header\n1 2 3 1 2 3\n");
  Progress progress;
  for (const char* name : {"packed.pcd", "three.ply"}) {
    const auto scan = load_scan(place.path(name), progress);
    ASSERT_EQ(scan->colours.size(), 1U) << name;
    EXPECT_EQ(scan->colours[0], (figures::Color{1, 2, 3})) << name;  // 66051 = 0x010203
  }
}

TEST(Scan, AFileThatChangedMeanwhileIsToldApart) {
  const Workplace place;
  cli_tests::save(place.path("a.pcd"), cli_tests::sheet(12));
  Progress progress;
  const auto scan = load_scan(place.path("a.pcd"), progress);
  cli_tests::save(place.path("a.pcd"), cli_tests::sheet(11));
  try {
    field_values(*scan, "ring");
    FAIL();
  } catch (const FormatError& error) {
    EXPECT_NE(std::string(error.what()).find("had 144 points when it was opened, has 121 now"),
              std::string::npos)
        << error.what();
  }
}

TEST(Scan, ReadingCanBeCancelled) {
  const Workplace place;
  cli_tests::save(place.path("a.pcd"), cli_tests::sheet(12));
  Progress progress;
  progress.cancel();
  EXPECT_THROW(load_scan(place.path("a.pcd"), progress), Cancelled);
}

TEST(Scan, TheBoxIsThatOfTheFinitePoints) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> xyz = {nan, 5, 5, 1, 2, 3, -1, 4, 0};
  const Box box = box_of(PointsView(xyz));
  EXPECT_EQ(box.low, (std::array<float, 3>{-1, 2, 0}));
  EXPECT_EQ(box.high, (std::array<float, 3>{1, 4, 3}));
  EXPECT_EQ(box_of({}).high, (std::array<float, 3>{1, 1, 1}));
}

TEST(Scan, NoMoreThanTheLimitIsDrawn) {
  for (const std::size_t points : {1U, 9U, 10U, 11U, 1000U, 1234567U})
    for (const std::size_t most : {1U, 10U, 999U}) {
      const std::size_t step = drawing_step(points, most);
      EXPECT_LE((points + step - 1) / step, most) << points << ' ' << most;
      EXPECT_TRUE(points > most || step == 1) << points << ' ' << most;
    }
}

}  // namespace
}  // namespace equicloud::viewer
