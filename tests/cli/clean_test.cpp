// SPDX-License-Identifier: BSD-3-Clause
// `equicloud clean`: which points go, and what stays as it was.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::cli_tests {
namespace {

constexpr int kSide = 40;

// A sheet with two points that are not finite.
std::vector<Point> sheet_with_holes() {
  std::vector<Point> points = sheet(kSide);
  points[0].z = std::numeric_limits<float>::quiet_NaN();
  points[100].x = -std::numeric_limits<float>::infinity();
  return points;
}

// Values of a field where the label is `outlier`.
std::vector<double> of_label(const std::string& labelled, const std::string& name, double outlier) {
  const std::vector<double> labels = field(labelled, "outlier");
  const std::vector<double> values = field(labelled, name);
  std::vector<double> chosen;
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] == outlier) chosen.push_back(values[i]);
  return chosen;
}

TEST(Clean, CleanedAndNegativeAreTheTwoSidesOfTheLabel) {
  const Workplace place;
  save(place.path("a.pcd"), sheet_with_holes());
  ASSERT_EQ(place.run("clean a.pcd -o kept.pcd").status, 0);
  ASSERT_EQ(place.run("clean a.pcd -o gone.pcd --negative").status, 0);
  ASSERT_EQ(place.run("clean a.pcd -o all.pcd --label").status, 0);
  for (const char* name : {"intensity", "ring", "truth"}) {
    EXPECT_EQ(field(place.path("kept.pcd"), name), of_label(place.path("all.pcd"), name, 0));
    EXPECT_EQ(field(place.path("gone.pcd"), name), of_label(place.path("all.pcd"), name, 1));
    EXPECT_EQ(field(place.path("all.pcd"), name), field(place.path("a.pcd"), name));
  }
  const std::vector<double> gone_truth = field(place.path("gone.pcd"), "truth");
  EXPECT_GT(std::count(gone_truth.begin(), gone_truth.end(), 1.0), kSide * kSide / 25 / 2);
  for (const double z : field(place.path("kept.pcd"), "z")) EXPECT_TRUE(std::isfinite(z));
}

TEST(Clean, ReportCountsWhatWasKept) {
  const Workplace place;
  save(place.path("a.pcd"), sheet_with_holes());
  const auto report = place.run("clean a.pcd -o kept.pcd --json").json().at(0);
  const std::size_t kept = field(place.path("kept.pcd"), "x").size();
  EXPECT_EQ(report["points"], kSide * kSide);
  EXPECT_EQ(report["finite_points"], kSide * kSide - 2);
  EXPECT_EQ(report["kept"], kept);
  EXPECT_EQ(report["outliers"].get<std::size_t>() + kept + 2, std::size_t{kSide * kSide});
}

TEST(Clean, KeepOrganizedPutsNaNInPlace) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide), io::Format::pcd, io::Encoding::binary_compressed, kSide);
  ASSERT_EQ(place.run("clean a.pcd -o organized.pcd --keep-organized").status, 0);
  ASSERT_EQ(place.run("clean a.pcd -o labelled.pcd --label").status, 0);
  const auto reader = io::open(place.path("organized.pcd"));
  EXPECT_EQ(reader->header().width, static_cast<unsigned>(kSide));
  EXPECT_EQ(reader->header().height, static_cast<unsigned>(kSide));
  const std::vector<double> labels = field(place.path("labelled.pcd"), "outlier");
  const std::vector<double> x = field(place.path("organized.pcd"), "x");
  for (std::size_t i = 0; i < labels.size(); ++i) EXPECT_EQ(std::isnan(x[i]), labels[i] == 1.0);
  EXPECT_EQ(field(place.path("organized.pcd"), "ring"), field(place.path("a.pcd"), "ring"));
}

TEST(Clean, FractionRemovesThatShare) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const auto report = place.run("clean a.pcd -o b.pcd --fraction 0.1 --json").json().at(0);
  EXPECT_LE(report["outliers"], kSide * kSide / 10);
  EXPECT_GE(report["outliers"], kSide * kSide / 10 - 1);
}

TEST(Clean, ThresholdIsTheOneGiven) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  ASSERT_EQ(place.run("score a.pcd -o scored").status, 0);
  const std::vector<double> scores = field(place.path("scored/a.pcd"), "outlier_score");
  for (const double t : {0.0, 0.25, 0.9, 1.0}) {
    const auto report =
        place.run("clean a.pcd -o b.pcd --overwrite --json --threshold " + std::to_string(t))
            .json()
            .at(0);
    const auto above = std::count_if(scores.begin(), scores.end(), [&](double s) { return s > t; });
    EXPECT_EQ(report["outliers"], above);
    EXPECT_DOUBLE_EQ(report["threshold"], t == 0.9 ? static_cast<double>(0.9F) : t);
  }
}

TEST(Clean, AutomaticThresholdFindsTheOutliersOfASheet) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const auto report = place.run("clean a.pcd -o b.pcd --threshold auto --json").json().at(0);
  EXPECT_GT(report["outliers"], kSide * kSide / 50);
  EXPECT_LT(report["outliers"], kSide * kSide / 15);
}

TEST(Clean, SameBytesForAnyNumberOfThreads) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(120), io::Format::pcd, io::Encoding::binary_compressed);
  for (const std::string threads : {"1", "2", "4"})
    ASSERT_EQ(place.run("clean a.pcd -o " + threads + ".pcd --threads " + threads).status, 0);
  EXPECT_EQ(place.bytes("1.pcd"), place.bytes("2.pcd"));
  EXPECT_EQ(place.bytes("1.pcd"), place.bytes("4.pcd"));
}

// A mesh: the sheet's first points, and one far away, as vertices; one face.
std::string mesh() {
  std::string text =
      "ply\nformat ascii 1.0\nelement vertex 101\nproperty float x\nproperty float y\n"
      "property float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n";
  for (int i = 0; i < 100; ++i)
    text += std::to_string(0.1 * (i % 10)) + " " + std::to_string(0.1 * (i / 10)) + " 0\n";
  return text + "0.5 0.5 50\n3 0 1 2\n";
}

TEST(Clean, SaysWhichPlyElementsItHadToDrop) {
  const Workplace place;
  place.write("mesh.ply", mesh());
  const Outcome cleaned = place.run("clean mesh.ply -o cleaned.ply --threshold 0.5");
  ASSERT_EQ(cleaned.status, 0);
  ASSERT_LT(field(place.path("cleaned.ply"), "x").size(), 101U);
  EXPECT_NE(cleaned.err.find("cleaned.ply: written without face"), std::string::npos)
      << cleaned.err;
  EXPECT_EQ(place.bytes("cleaned.ply").find("element face"), std::string::npos);
  const Outcome labelled = place.run("clean mesh.ply -o labelled.ply --label");
  EXPECT_EQ(labelled.err, "");
  EXPECT_NE(place.bytes("labelled.ply").find("element face 1"), std::string::npos);
  EXPECT_NE(place.bytes("labelled.ply").find("\n3 0 1 2\n"), std::string::npos);
}

TEST(Clean, FewerPointsThanTheNetworkNeedsAreKeptWithAWarning) {
  const Workplace place;
  place.write("few.pcd", ascii_pcd("0 0 0\n1 0 0\n2 0 0\n0 1 0\n9 9 9\n", 5));
  const Outcome outcome = place.run("clean few.pcd -o out.pcd");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("few.pcd: kept whole: 5 distinct finite points, the network needs at "
                             "least 17"),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(place.bytes("out.pcd"), place.bytes("few.pcd"));
}

TEST(Clean, ManyCopiesOfOnePointAreOnePoint) {
  const Workplace place;
  save(place.path("same.pcd"), std::vector<Point>(200000));
  const Outcome outcome = place.run("clean same.pcd -o out.pcd --json");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.json().at(0).at("kept"), 200000);
  EXPECT_NE(outcome.err.find("kept whole: 1 distinct finite point,"), std::string::npos);
}

TEST(Clean, AnEmptyCloudStaysEmpty) {
  const Workplace place;
  place.write("empty.pcd", ascii_pcd("", 0));
  const Outcome outcome = place.run("clean empty.pcd -o out.pcd");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("empty.pcd: holds no points"), std::string::npos) << outcome.err;
  EXPECT_TRUE(field(place.path("out.pcd"), "x").empty());
}

TEST(Clean, ACloudWithoutAnyFinitePointIsSaidToBeOne) {
  const Workplace place;
  place.write("nan.pcd", ascii_pcd("nan nan nan\nnan 0 0\n", 2));
  const Outcome outcome = place.run("clean nan.pcd -o out.pcd");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("0 distinct finite points"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("2 non-finite points still count as removed"), std::string::npos);
  EXPECT_TRUE(field(place.path("out.pcd"), "x").empty());
}

}  // namespace
}  // namespace equicloud::cli_tests
