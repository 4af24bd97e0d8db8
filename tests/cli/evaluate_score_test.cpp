// SPDX-License-Identifier: BSD-3-Clause
// `equicloud evaluate score`: figures against the truth that the files carry.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <equicloud/outlier/metrics.h>

#include <gtest/gtest.h>

namespace equicloud::cli_tests {
namespace {

constexpr int kSide = 40;

TEST(EvaluateScore, FiguresAreThoseOfTheScoresThatScoreWrites) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  ASSERT_EQ(place.run("score a.pcd -o scored").status, 0);
  const std::vector<double> written = field(place.path("scored/a.pcd"), "outlier_score");
  const std::vector<double> labels = field(place.path("a.pcd"), "truth");
  const std::vector<float> scores(written.begin(), written.end());
  const std::vector<std::uint8_t> truth(labels.begin(), labels.end());
  const auto row = place.run("evaluate score a.pcd --truth truth --json").json().at(0);
  EXPECT_EQ(row.at("input"), "a.pcd");
  EXPECT_DOUBLE_EQ(row.at("average_precision"), outlier::average_precision(scores, truth));
  EXPECT_DOUBLE_EQ(row.at("auroc"), outlier::auroc(scores, truth));
  EXPECT_DOUBLE_EQ(row.at("ece"), outlier::calibration_error(scores, truth));
  EXPECT_DOUBLE_EQ(row.at("best_f1"), outlier::best_f1(scores, truth).f1);
  EXPECT_DOUBLE_EQ(row.at("f1"), outlier::confusion(scores, truth, 0.5F).f1());
  EXPECT_GT(row.at("average_precision"), 0.9);
}

TEST(EvaluateScore, ValuesSayWhichPointsAreOutliersAndWhichDoNotCount) {
  const Workplace place;
  std::vector<Point> points = sheet(kSide);
  std::size_t outliers = 0;
  for (Point& p : points) {
    outliers += p.truth;
    p.truth = p.truth == 1 ? 9 : 2;
  }
  points[0].truth = 5;
  points[1].truth = 6;
  save(place.path("a.pcd"), points);
  const auto row =
      place.run("evaluate score a.pcd --truth truth=9,7 --ignore truth=5,6 --json").json().at(0);
  EXPECT_EQ(row.at("outliers"), outliers);
  EXPECT_EQ(row.at("points"), points.size() - 2);
}

TEST(EvaluateScore, SeveralFilesGiveARowEachAndTwoTotals) {
  const Workplace place;
  save(place.path("in/a.pcd"), sheet(kSide, 1));
  save(place.path("in/b.pcd"), sheet(kSide + 10, 2));
  const auto rows = place.run("evaluate score in --truth truth --json").json();
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[2].at("summary"), "pooled");
  EXPECT_EQ(rows[2].at("points"), kSide * kSide + (kSide + 10) * (kSide + 10));
  EXPECT_EQ(rows[3].at("summary"), "mean");
  EXPECT_NEAR(rows[3].at("auroc"),
              0.5 * (rows[0].at("auroc").get<double>() + rows[1].at("auroc").get<double>()), 1e-12);
  const Outcome table = place.run("evaluate score in --truth truth");
  EXPECT_NE(table.out.find("all points pooled"), std::string::npos);
  EXPECT_NE(table.out.find("mean of clouds"), std::string::npos);
}

TEST(EvaluateScore, AFieldThatIsNotThereIsNamedWithThoseThatAre) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const Outcome outcome = place.run("evaluate score a.pcd --truth label");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "equicloud: a.pcd: has no field 'label' for --truth; fields are: x, y, z, intensity, "
            "ring, truth\n");
}

TEST(EvaluateScore, WithoutAnyOutlierTheFigureIsNullNotZero) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const Outcome outcome = place.run("evaluate score a.pcd --truth truth=77 --json");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.json().at(0).at("average_precision").is_null());
  EXPECT_NE(outcome.err.find("no point is an outlier"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::cli_tests
