// SPDX-License-Identifier: BSD-3-Clause
// LAS through the program: scores in extra bytes, outliers marked rather than deleted.
#include "cli/program.h"
#include "cli/sample_clouds.h"
#include "io/las_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace equicloud::cli_tests {
namespace {

using io::testing::cut_las;
using io::testing::number_at;
using io::testing::with_number;

constexpr int kSide = 40;

// The sheet as a survey: its points in the place of those of a made file, in millimetres; classes
// count 0 1 2 3 0 ..
std::string survey(int format) {
  const std::vector<Point> points = sheet(kSide);
  io::testing::LasRecipe recipe;
  recipe.format = format;
  recipe.points = static_cast<std::uint32_t>(points.size());
  std::string file = io::testing::make_las(recipe);
  const std::size_t begin = number_at<std::uint32_t>(file, 96);
  const auto length = static_cast<std::size_t>(io::testing::las_point_bytes(format));
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t at = begin + i * length;
    const float xyz[] = {points[i].x, points[i].y, points[i].z};
    for (std::size_t a = 0; a < 3; ++a)
      file = with_number(std::move(file), at + 4 * a,
                         static_cast<std::int32_t>(std::lround(xyz[a] * 1000.0F)));
    file[at + (format < 6 ? 15 : 16)] = static_cast<char>(i % 4);
  }
  return file;
}

std::vector<std::string> points_of(const Workplace& place, const std::string& name) {
  return cut_las(place.bytes(name)).points;
}

// Which points --label would remove.
std::vector<double> outliers(const Workplace& place, const std::string& more = "") {
  EXPECT_EQ(place.run("clean a.las -o labelled.las --overwrite --label " + more).status, 0);
  return field(place.path("labelled.las"), "outlier");
}

TEST(Las, AScoreLiesInExtraBytesBehindUnchangedPoints) {
  const Workplace place;
  place.write("a.las", survey(6));
  ASSERT_EQ(place.run("score a.las -o out/").status, 0);
  const std::vector<std::string> before = points_of(place, "a.las");
  const std::vector<std::string> after = points_of(place, "out/a.las");
  ASSERT_EQ(before.size(), after.size());
  double highest = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    ASSERT_EQ(after[i].substr(0, before[i].size()), before[i]);
    const auto score = number_at<float>(after[i], before[i].size());
    highest = std::max(highest, static_cast<double>(score));
    EXPECT_TRUE(score >= 0 && score <= 1);
  }
  EXPECT_GT(highest, 0.9);
}

TEST(Las, CleaningDropsWhatLabelNames) {
  const Workplace place;
  place.write("a.las", survey(3));
  const std::vector<double> labels = outliers(place);
  EXPECT_GT(std::count(labels.begin(), labels.end(), 1), kSide * kSide / 50);
  ASSERT_EQ(place.run("clean a.las -o kept.las").status, 0);
  ASSERT_EQ(place.run("clean a.las -o dropped.las --drop").status, 0);
  std::vector<std::string> kept;
  const std::vector<std::string> all = points_of(place, "a.las");
  for (std::size_t i = 0; i < all.size(); ++i)
    if (labels[i] == 0) kept.push_back(all[i]);
  EXPECT_EQ(points_of(place, "kept.las"), kept);
  EXPECT_EQ(place.bytes("kept.las"), place.bytes("dropped.las"));
}

TEST(Las, AMarkChangesTheClassOfOutliersAlone) {
  for (const int format : {1, 6}) {
    const Workplace place;
    place.write("a.las", survey(format));
    const std::vector<double> labels = outliers(place);
    ASSERT_EQ(place.run("clean a.las -o b.las --mark class=7").status, 0);
    const std::vector<std::string> before = points_of(place, "a.las");
    const std::vector<std::string> after = points_of(place, "b.las");
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      std::string expected = before[i];
      if (labels[i] != 0) expected[format < 6 ? 15 : 16] = 7;
      ASSERT_EQ(after[i], expected);
    }
    EXPECT_EQ(cut_las(place.bytes("a.las")).header, cut_las(place.bytes("b.las")).header);
  }
}

TEST(Las, WithheldSetsTheFlagOfOutliersAlone) {
  const Workplace place;
  place.write("a.las", survey(6));
  const std::vector<double> labels = outliers(place);
  ASSERT_EQ(place.run("clean a.las -o b.las --withheld").status, 0);
  const std::vector<double> before = field(place.path("a.las"), "withheld");
  const std::vector<double> after = field(place.path("b.las"), "withheld");
  for (std::size_t i = 0; i < after.size(); ++i)
    ASSERT_EQ(after[i], labels[i] != 0 ? 1 : before[i]);
}

TEST(Las, OnlyPointsOfTheClassesNamedCanBeOutliers) {
  const Workplace place;
  place.write("a.las", survey(6));
  const std::vector<double> all = outliers(place);
  const std::vector<double> only = outliers(place, "--only-class 1,3");
  const std::vector<double> rest = outliers(place, "--skip-class 1,3");
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(only[i], i % 2 == 1 ? all[i] : 0);
    EXPECT_EQ(rest[i], i % 2 == 0 ? all[i] : 0);
  }
  const auto report = place.run("clean a.las -o c.las --only-class 1,3 --json").json().at(0);
  EXPECT_EQ(report["outliers"], std::count(only.begin(), only.end(), 1));
  EXPECT_EQ(report["kept"], kSide * kSide - std::count(only.begin(), only.end(), 1));
}

TEST(Las, WrongMarksAreAnsweredWithOneLineAndStatusTwo) {
  const Workplace place;
  place.write("a.las", survey(6));
  save(place.path("a.pcd"), sheet(5));
  for (const auto& [arguments, sentence] : std::vector<std::pair<std::string, std::string>>{
           {"a.las -o b.las --mark class=256", "--mark is 'class=256'; expected class=N with N"},
           {"a.las -o b.las --mark 7", "--mark is '7'; expected class=N with N from 0 to 255"},
           {"a.las -o b.las --only-class x", "--only-class is 'x'; expected LAS classes"},
           {"a.las -o b.las --only-class 1 --skip-class 2", "give one of them"},
           {"a.las -o b.las --mark class=7 --label", "give one kind"},
           {"a.las -o b.las --mark class=7 --drop", "--mark keeps all points; leave out --drop"},
           {"a.las -o b.las --withheld --negative", "leave out --negative"},
           {"a.pcd -o b.pcd --mark class=7", "a.pcd: is no LAS file, and --mark is for LAS files"},
           {"a.pcd -o b.pcd --withheld", "a.pcd: is no LAS file, and --withheld is for LAS"},
           {"a.pcd -o b.pcd --skip-class 7", "a.pcd: is no LAS file, and --skip-class is for"}}) {
    const Outcome outcome = place.run("clean " + arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.err.rfind("equicloud: ", 0), 0U) << outcome.err;
    EXPECT_NE(outcome.err.find(sentence), std::string::npos) << outcome.err;
  }
  EXPECT_FALSE(place.exists("b.las"));
}

TEST(Las, AClassThatTheFileCannotHoldFailsThatFile) {
  const Workplace place;
  place.write("a.las", survey(3));
  const Outcome outcome = place.run("clean a.las -o b.las --mark class=64");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("a.las: has point format 3, whose classes are 0 to 31, so --mark "
                             "class=64 does not fit; low noise is class=7 there"),
            std::string::npos)
      << outcome.err;
  EXPECT_FALSE(place.exists("b.las"));
}

TEST(Las, LazStaysLazAndANameSaysWhich) {
  const Workplace place;
  place.write("a.las", survey(7));
  ASSERT_EQ(place.run("clean a.las -o a.laz --fraction 0").status, 0);
  EXPECT_LT(place.bytes("a.laz").size(), place.bytes("a.las").size());
  ASSERT_EQ(place.run("score a.laz -o out/").status, 0);
  ASSERT_EQ(place.run("score a.las -o out/").status, 0);
  ASSERT_EQ(place.run("score a.las -o packed/ --format laz").status, 0);
  const std::vector<double> scores = field(place.path("out/a.las"), "outlier_score");
  EXPECT_EQ(field(place.path("out/a.laz"), "outlier_score"), scores);
  EXPECT_EQ(field(place.path("packed/a.laz"), "outlier_score"), scores);
  ASSERT_EQ(place.run("clean a.laz -o marked.las --mark class=18").status, 0);
  ASSERT_EQ(place.run("clean a.las -o same.las --mark class=18").status, 0);
  EXPECT_EQ(points_of(place, "marked.las"), points_of(place, "same.las"));
  EXPECT_NE(place.run("info a.laz").out.find("LAS, binary_compressed"), std::string::npos);
}

TEST(Las, InfoTellsVersionFormatAndCoordinateSystem) {
  const Workplace place;
  place.write("a.las", survey(7));
  EXPECT_NE(place.run("info a.las")
                .out.find("LAS        version 1.4, point format 7, coordinate system WKT"),
            std::string::npos);
  const auto json = place.run("info a.las --json").json().at(0);
  EXPECT_EQ(json["format"], "LAS");
  EXPECT_EQ(json["las"]["version"], "1.4");
  EXPECT_EQ(json["las"]["point_format"], 7);
  EXPECT_EQ(json["las"]["coordinate_system"], "WKT");
  for (const auto& told : json["fields"]) EXPECT_NE(told["name"], "_");
}

}  // namespace
}  // namespace equicloud::cli_tests
