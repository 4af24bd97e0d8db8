// SPDX-License-Identifier: BSD-3-Clause
// LAS read: the values of every point format stand under their names, coordinates lose nothing.
#include <equicloud/io/las.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <cmath>

#include "io/clouds.h"
#include "io/las_files.h"

namespace equicloud::io {
namespace {

using testing::Cloud;
using testing::cut_las;
using testing::LasParts;
using testing::LasRecipe;
using testing::make_las;
using testing::number_at;

double value_of(const Cloud& cloud, std::size_t i, const std::string& name) {
  return value(cloud.chunk.record(i), cloud.header.at(name));
}

unsigned bits(const std::string& point, std::size_t byte, unsigned shift, unsigned count) {
  return (static_cast<unsigned char>(point[byte]) >> shift) & ((1U << count) - 1U);
}

void expect_old_values(const Cloud& cloud, std::size_t i, const std::string& p) {
  EXPECT_EQ(value_of(cloud, i, "return_number"), bits(p, 14, 0, 3));
  EXPECT_EQ(value_of(cloud, i, "number_of_returns"), bits(p, 14, 3, 3));
  EXPECT_EQ(value_of(cloud, i, "scan_direction_flag"), bits(p, 14, 6, 1));
  EXPECT_EQ(value_of(cloud, i, "edge_of_flight_line"), bits(p, 14, 7, 1));
  EXPECT_EQ(value_of(cloud, i, "classification"), bits(p, 15, 0, 5));
  EXPECT_EQ(value_of(cloud, i, "synthetic"), bits(p, 15, 5, 1));
  EXPECT_EQ(value_of(cloud, i, "key_point"), bits(p, 15, 6, 1));
  EXPECT_EQ(value_of(cloud, i, "withheld"), bits(p, 15, 7, 1));
  EXPECT_EQ(value_of(cloud, i, "scan_angle_rank"), number_at<std::int8_t>(p, 16));
  EXPECT_EQ(value_of(cloud, i, "user_data"), bits(p, 17, 0, 8));
  EXPECT_EQ(value_of(cloud, i, "point_source_id"), number_at<std::uint16_t>(p, 18));
}

void expect_new_values(const Cloud& cloud, std::size_t i, const std::string& p) {
  EXPECT_EQ(value_of(cloud, i, "return_number"), bits(p, 14, 0, 4));
  EXPECT_EQ(value_of(cloud, i, "number_of_returns"), bits(p, 14, 4, 4));
  EXPECT_EQ(value_of(cloud, i, "synthetic"), bits(p, 15, 0, 1));
  EXPECT_EQ(value_of(cloud, i, "key_point"), bits(p, 15, 1, 1));
  EXPECT_EQ(value_of(cloud, i, "withheld"), bits(p, 15, 2, 1));
  EXPECT_EQ(value_of(cloud, i, "overlap"), bits(p, 15, 3, 1));
  EXPECT_EQ(value_of(cloud, i, "scanner_channel"), bits(p, 15, 4, 2));
  EXPECT_EQ(value_of(cloud, i, "scan_direction_flag"), bits(p, 15, 6, 1));
  EXPECT_EQ(value_of(cloud, i, "edge_of_flight_line"), bits(p, 15, 7, 1));
  EXPECT_EQ(value_of(cloud, i, "classification"), bits(p, 16, 0, 8));
  EXPECT_EQ(value_of(cloud, i, "user_data"), bits(p, 17, 0, 8));
  EXPECT_EQ(value_of(cloud, i, "scan_angle"), number_at<std::int16_t>(p, 18));
  EXPECT_EQ(value_of(cloud, i, "point_source_id"), number_at<std::uint16_t>(p, 20));
}

// Where times and colours stand, by point format; 0: the format has none.
constexpr std::size_t kTime[] = {0, 20, 0, 20, 20, 20, 22, 22, 22, 22, 22};
constexpr std::size_t kColour[] = {0, 0, 20, 28, 0, 28, 0, 30, 30, 0, 30};
constexpr std::size_t kNearInfrared[] = {0, 0, 0, 0, 0, 0, 0, 0, 36, 0, 36};

void expect_values(const Cloud& cloud, std::size_t i, const std::string& p, std::size_t format) {
  EXPECT_EQ(value_of(cloud, i, "intensity"), number_at<std::uint16_t>(p, 12));
  (format < 6 ? expect_old_values : expect_new_values)(cloud, i, p);
  EXPECT_EQ(cloud.header.find("gps_time") != nullptr, kTime[format] != 0);
  EXPECT_EQ(cloud.header.find("red") != nullptr, kColour[format] != 0);
  EXPECT_EQ(cloud.header.find("nir") != nullptr, kNearInfrared[format] != 0);
  if (kTime[format] != 0) {
    const double time = number_at<double>(p, kTime[format]);
    const double read = value_of(cloud, i, "gps_time");
    EXPECT_TRUE(time == read || (std::isnan(time) && std::isnan(read)));
  }
  for (std::size_t c = 0; c < 3 && kColour[format] != 0; ++c) {
    static const char* const names[] = {"red", "green", "blue"};
    EXPECT_EQ(value_of(cloud, i, names[c]), number_at<std::uint16_t>(p, kColour[format] + 2 * c));
  }
  if (kNearInfrared[format] != 0) {
    EXPECT_EQ(value_of(cloud, i, "nir"), number_at<std::uint16_t>(p, kNearInfrared[format]));
  }
}

TEST(Las, ValuesOfEveryPointFormatStandUnderTheirNames) {
  for (int minor = 0; minor <= 4; ++minor) {
    for (int format = 0; format <= 10; ++format) {
      SCOPED_TRACE("LAS 1." + std::to_string(minor) + " format " + std::to_string(format));
      LasRecipe recipe;
      recipe.minor = minor;
      recipe.format = format;
      recipe.points = 9;
      const std::string file = make_las(recipe);
      const LasParts parts = cut_las(file);
      const Cloud cloud = testing::read_bytes(file, "f.las");
      ASSERT_EQ(cloud.chunk.points, recipe.points);
      EXPECT_EQ(cloud.header.las->minor, minor);
      EXPECT_EQ(cloud.header.las->point_format, format);
      EXPECT_EQ(cloud.header.las->coordinate_system,
                minor < 4 ? CoordinateSystem::geotiff : CoordinateSystem::wkt);
      for (std::size_t i = 0; i < cloud.chunk.points; ++i)
        expect_values(cloud, i, parts.points[i], static_cast<std::size_t>(format));
    }
  }
}

TEST(Las, ExtraBytesHaveTheirNamesAndScales) {
  LasRecipe recipe;
  recipe.extra_bytes = true;
  recipe.undescribed = 3;
  const std::string file = make_las(recipe);
  const LasParts parts = cut_las(file);
  const Cloud cloud = testing::read_bytes(file, "f.las");
  for (std::size_t i = 0; i < cloud.chunk.points; ++i) {
    const std::string& p = parts.points[i];
    EXPECT_EQ(value_of(cloud, i, "Pulse_Width"), number_at<std::uint16_t>(p, 30));
    EXPECT_EQ(value_of(cloud, i, "height"), number_at<std::int32_t>(p, 32) * 0.01);
  }
}

TEST(Las, SurveyCoordinatesLoseNothing) {
  LasRecipe recipe;
  recipe.points = 3000;
  const std::string file = make_las(recipe);
  const auto reader = open_bytes({file.begin(), file.end()}, "f.las");
  const Positions positions = read_positions(*reader);
  for (std::uint32_t i = 0; i < recipe.points; ++i) {
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      const double back = static_cast<double>(positions.xyz[3 * i + a]) + positions.origin[a];
      EXPECT_EQ(std::llround((back - testing::kLasOffset[a]) / testing::kLasScale),
                testing::las_axis(i, axis));
    }
  }
}

TEST(Las, ChunksOfAnySizeGiveTheSamePoints) {
  const std::string file = make_las({});
  const Cloud whole = testing::read_bytes(file, "f.las");
  for (const std::size_t points : {1U, 7U, 50U}) {
    const auto reader = open_bytes({file.begin(), file.end()}, "f.las");
    EXPECT_EQ(testing::read_all(*reader, points).chunk.records, whole.chunk.records);
  }
}

TEST(Las, IsToldByItsContent) {
  EXPECT_EQ(testing::read_bytes(make_las({}), "f.dat").header.format, Format::las);
}

TEST(Las, CountsOf64BitsAndOldOnesAreBothTaken) {
  LasRecipe recipe;
  recipe.format = 1;
  const std::string file = make_las(recipe);
  for (const auto& bent : {testing::with_number(file, 247, std::uint64_t{0}),
                           testing::with_number(file, 107, std::uint32_t{0})})
    EXPECT_EQ(testing::read_bytes(bent, "f.las").header.points, recipe.points);
}

}  // namespace
}  // namespace equicloud::io
