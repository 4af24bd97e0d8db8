// SPDX-License-Identifier: BSD-3-Clause
// `equicloud score`: a field more, nothing else changed.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace equicloud::cli_tests {
namespace {

constexpr int kSide = 40;

const std::vector<const char*>& own_fields() {
  static const std::vector<const char*> names = {"x", "y", "z", "intensity", "ring", "truth"};
  return names;
}

TEST(Score, AddsAProbabilityAndKeepsEveryField) {
  const Workplace place;
  for (const auto& [name, format, encoding] :
       std::vector<std::tuple<std::string, io::Format, io::Encoding>>{
           {"a.pcd", io::Format::pcd, io::Encoding::ascii},
           {"b.pcd", io::Format::pcd, io::Encoding::binary},
           {"c.pcd", io::Format::pcd, io::Encoding::binary_compressed},
           {"d.ply", io::Format::ply, io::Encoding::ascii},
           {"e.ply", io::Format::ply, io::Encoding::binary_big_endian}}) {
    save(place.path(name), sheet(kSide), format, encoding);
    ASSERT_EQ(place.run("score " + name + " -o out/").status, 0) << name;
    const std::string scored = place.path("out/" + name);
    EXPECT_EQ(io::open(scored)->header().format, format);
    EXPECT_EQ(io::open(scored)->header().encoding, encoding);
    for (const char* own : own_fields())
      EXPECT_EQ(field(scored, own), field(place.path(name), own)) << name << " " << own;
    for (const double score : field(scored, "outlier_score")) {
      EXPECT_GE(score, 0.0);
      EXPECT_LE(score, 1.0);
    }
  }
}

TEST(Score, OutliersScoreAboveTheSheet) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  ASSERT_EQ(place.run("score a.pcd -o out").status, 0);
  const std::vector<double> scores = field(place.path("out/a.pcd"), "outlier_score");
  const std::vector<double> truth = field(place.path("a.pcd"), "truth");
  double outliers = 0.0;
  double others = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i) (truth[i] > 0 ? outliers : others) += scores[i];
  const double count = static_cast<double>(truth.size());
  EXPECT_GT(outliers / (count / 25.0), 0.5);
  EXPECT_LT(others / count, 0.1);
}

TEST(Score, JsonHasThePromisedKeys) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const Outcome outcome = place.run("score a.pcd -o out --json");
  ASSERT_EQ(outcome.status, 0);
  const auto objects = outcome.json();
  ASSERT_EQ(objects.size(), 1U);
  for (const char* key : {"input", "output", "points", "finite_points", "outliers", "threshold",
                          "model", "seconds", "wall_seconds"})
    EXPECT_TRUE(objects[0].contains(key)) << key;
  EXPECT_EQ(objects[0]["input"], "a.pcd");
  EXPECT_EQ(objects[0]["output"], "out/a.pcd");
  EXPECT_EQ(objects[0]["points"], kSide * kSide);
  EXPECT_EQ(outcome.err, "");
}

TEST(Score, SaysForAPersonWhatHappenedAndWhatToTypeNext) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const Outcome outcome = place.run("score a.pcd -o out");
  EXPECT_NE(outcome.out.find("a.pcd -> out/a.pcd: 1,600 points, "), std::string::npos);
  EXPECT_NE(outcome.out.find("Scored 1 cloud (1,600 points) into out"), std::string::npos);
  EXPECT_NE(outcome.out.find("type: equicloud clean a.pcd -o cleaned/"), std::string::npos);
  const Outcome quiet = place.run("score a.pcd -o out --overwrite --quiet");
  EXPECT_EQ(quiet.status, 0);
  EXPECT_EQ(quiet.out + quiet.err, "");
}

TEST(Score, SameBytesForAnyNumberOfThreads) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(120));
  for (const std::string threads : {"1", "2", "4"})
    ASSERT_EQ(place.run("score a.pcd -o out" + threads + " --threads " + threads).status, 0);
  EXPECT_EQ(place.bytes("out1/a.pcd"), place.bytes("out2/a.pcd"));
  EXPECT_EQ(place.bytes("out1/a.pcd"), place.bytes("out4/a.pcd"));
}

TEST(Score, PointsThatAreNotFiniteHaveNoScoreAndKeepTheirPlace) {
  const Workplace place;
  std::vector<Point> points = sheet(kSide);
  points[3].y = std::numeric_limits<float>::quiet_NaN();
  points[9].x = std::numeric_limits<float>::infinity();
  save(place.path("a.pcd"), points, io::Format::pcd, io::Encoding::binary, kSide);
  const auto report = place.run("score a.pcd -o out --json").json().at(0);
  EXPECT_EQ(report["finite_points"], kSide * kSide - 2);
  const std::vector<double> scores = field(place.path("out/a.pcd"), "outlier_score");
  for (std::size_t i = 0; i < scores.size(); ++i)
    EXPECT_EQ(std::isnan(scores[i]), i == 3 || i == 9) << i;
  EXPECT_EQ(io::open(place.path("out/a.pcd"))->header().height, static_cast<unsigned>(kSide));
}

TEST(Score, FormatChangesOnRequest) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  ASSERT_EQ(place.run("score a.pcd -o out --format ply-ascii").status, 0);
  EXPECT_EQ(place.files(), (std::vector<std::string>{"a.pcd", "out/a.ply"}));
  for (const char* own : own_fields())
    EXPECT_EQ(field(place.path("out/a.ply"), own), field(place.path("a.pcd"), own)) << own;
}

TEST(Score, CoordinatesThatPclWouldReadAsZerosAreSpokenOf) {
  const Workplace place;
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += std::to_string(i % 20) + ".5 " + std::to_string(i / 20) + ".25 1.125\n";
  place.write("a.xyz", text);
  for (const char* call : {"score a.xyz -o out", "clean a.xyz -o out2"}) {
    const std::string verb = call;
    const Outcome as_pcd = place.run(verb + " --format pcd-binary");
    EXPECT_EQ(as_pcd.status, 0);
    EXPECT_NE(as_pcd.err.find("x y z are 8-byte floats"), std::string::npos) << as_pcd.err;
    EXPECT_EQ(place.run(verb + " --overwrite").err.find("8-byte"), std::string::npos);
  }
}

TEST(Score, KittiFilesBecomePcdBecauseTheirRecordsAreFull) {
  const Workplace place;
  place.write("scan.bin", std::string(16 * 32, '\1'));
  EXPECT_EQ(place.run("score scan.bin -o out").status, 0);
  EXPECT_EQ(field(place.path("out/scan.pcd"), "outlier_score").size(), 32U);
  EXPECT_EQ(place.run("clean scan.bin -o labelled.pcd --label").status, 0);
  EXPECT_EQ(place.run("clean scan.bin -o cleaned.bin").status, 0);
  const Outcome refused = place.run("score scan.bin -o kitti --format kitti");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("scan.bin: KITTI files hold x y z intensity"), std::string::npos);
}

TEST(Score, TheEmbeddedModelAndItsFileGiveTheSameBytes) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const std::string model = EQUICLOUD_SOURCE_DIR "/data/models/outlier-general.safetensors";
  ASSERT_EQ(place.run("score a.pcd -o embedded").status, 0);
  ASSERT_EQ(place.run("score a.pcd -o file --model '" + model + "'").status, 0);
  EXPECT_EQ(place.bytes("embedded/a.pcd"), place.bytes("file/a.pcd"));
}

}  // namespace
}  // namespace equicloud::cli_tests
