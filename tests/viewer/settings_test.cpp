// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/settings.h"
#include "cli/program.h"

#include <gtest/gtest.h>

namespace equicloud::viewer {
namespace {

TEST(Settings, ComeBackAsTheyWereKept) {
  const cli_tests::Workplace place;
  Settings settings;
  settings.width = 999;
  settings.point_size = 5;
  settings.dark = false;
  settings.axes = true;
  settings.ground = "plane";
  settings.drawn_points = 12345;
  const std::string path = place.path("deep/er/viewer.json");
  ASSERT_TRUE(save_settings(settings, path));
  const Settings again = load_settings(path);
  EXPECT_EQ(again.width, 999);
  EXPECT_EQ(again.point_size, 5);
  EXPECT_FALSE(again.dark);
  EXPECT_TRUE(again.axes);
  EXPECT_EQ(again.ground, "plane");
  EXPECT_EQ(again.drawn_points, 12345U);
}

TEST(Settings, DamagedOnesAreTheDefaults) {
  const cli_tests::Workplace place;
  const Settings defaults;
  EXPECT_EQ(load_settings(place.path("none.json")).width, defaults.width);
  for (const char* text : {"", "{", "[1]", R"({"width": "wide", "point_size": -3, "dark": 1,
                                               "ground": "sea", "drawn_points": 1e300})"}) {
    place.write("bad.json", text);
    const Settings settings = load_settings(place.path("bad.json"));
    EXPECT_EQ(settings.width, defaults.width) << text;
    EXPECT_EQ(settings.point_size, defaults.point_size) << text;
    EXPECT_EQ(settings.dark, defaults.dark) << text;
    EXPECT_EQ(settings.ground, defaults.ground) << text;
    EXPECT_EQ(settings.drawn_points, defaults.drawn_points) << text;
  }
}

TEST(Settings, NothingIsKeptWhereNothingCanBe) {
  EXPECT_FALSE(save_settings({}, ""));
  EXPECT_FALSE(save_settings({}, "/proc/equicloud/viewer.json"));
}

}  // namespace
}  // namespace equicloud::viewer
