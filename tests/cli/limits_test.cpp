// SPDX-License-Identifier: BSD-3-Clause
// Many files at their limits: memory, disk, open files, broken inputs; whatever the number of
// threads, the outputs are the same.
#include "cli/folders.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <gtest/gtest.h>

namespace equicloud::cli_tests {
namespace {

TEST(Limits, AnyNumberOfThreadsGivesTheSameOutputs) {
  const Workplace place;
  save_folder(place, 9);
  save(place.path("in/large.pcd"), sheet(250));
  ASSERT_EQ(place.run("score in -o one --threads 1").status, 0);
  for (const char* threads : {"2", "4"}) {
    ASSERT_EQ(place.run(std::string("score in --threads ") + threads + " -o " + threads).status, 0);
    EXPECT_EQ(outputs(place, threads), outputs(place, "one"));
  }
}

TEST(Limits, ResultsComeInTheOrderOfTheInputs) {
  const Workplace place;
  save_folder(place, 40);
  std::string last;
  for (const auto& row : place.run("score in -o out --json --threads 4").json()) {
    EXPECT_LT(last, row.at("input").get<std::string>());
    last = row.at("input");
  }
}

// The same bytes, whether a cloud fits into memory or is scored in tiles: scores, the order of the
// points, all other fields.
TEST(Limits, ACloudAboveTheMemoryBoundIsScoredInTilesToTheSameBytes) {
  const Workplace place;
  save_folder(place, 4);
  save(place.path("in/large.pcd"), sheet(400));
  ASSERT_EQ(place.run("score in -o whole --memory 1G").status, 0);
  ASSERT_EQ(place.run("score in -o tiled --memory 64M --report tiles.html").status, 0);
  EXPECT_EQ(outputs(place, "tiled"), outputs(place, "whole"));
  const std::string report = place.bytes("tiles.html");
  std::size_t pictures = 0;
  for (std::size_t at = report.find("<img "); at != std::string::npos;
       at = report.find("<img ", at + 1))
    ++pictures;
  EXPECT_EQ(pictures, 5U);  // each cloud has outliers, the one in tiles too
  ASSERT_EQ(place.run("score in -o asked --tile 40 --halo 0.001").status, 0);
  EXPECT_EQ(outputs(place, "asked"), outputs(place, "whole"));
  ASSERT_EQ(place.run("clean in -o cleaned --memory 1G").status, 0);
  ASSERT_EQ(place.run("clean in -o cleaned_tiled --memory 64M").status, 0);
  EXPECT_EQ(outputs(place, "cleaned_tiled"), outputs(place, "cleaned"));
}

TEST(Limits, ACompressedCloudAboveTheMemoryBoundIsNamed) {
  const Workplace place;
  save(place.path("large.pcd"), sheet(1000));
  ASSERT_EQ(place.run("score large.pcd -o packed --format pcd-compressed").status, 0);
  const Outcome outcome = place.run("score packed/large.pcd -o out --memory 64M");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("packed/large.pcd: its compressed points must be held whole"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("--memory SIZE, or convert it to pcd-binary"), std::string::npos);
}

TEST(Limits, TilesAndHalosAreLengths) {
  const Workplace place;
  save_folder(place, 1);
  for (const char* wrong : {"--tile 0", "--tile wide", "--halo -1", "--halo nan", "--tile inf"}) {
    const Outcome outcome = place.run(std::string("score in -o out ") + wrong);
    EXPECT_EQ(outcome.status, 2) << wrong;
    EXPECT_NE(outcome.err.find("expected a length above 0"), std::string::npos) << outcome.err;
  }
}

TEST(Limits, SizesOfMemoryAreCheckedBeforeAnythingIsDone) {
  const Workplace place;
  save_folder(place, 1);
  for (const char* wrong : {"2X", "G", "-1G", "10", "1M", "1.5.2G", "nan", "2GG", "1e40T", "2Gi"})
    EXPECT_EQ(place.run(std::string("score in -o out --memory=") + wrong).status, 2) << wrong;
  EXPECT_FALSE(place.exists("out"));
  for (const char* right : {"1G", "1.5GB", "512MiB", "67108864"})
    EXPECT_EQ(place.run(std::string("score in -o out --resume --memory ") + right).status, 0)
        << right;
}

TEST(Limits, ADryRunTellsAndWritesNothing) {
  const Workplace place;
  save_folder(place, 3);
  const Outcome outcome = place.run("clean in -o out --dry-run");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("in/1/c1.pcd -> out/1/c1.pcd: 289 points"), std::string::npos);
  EXPECT_NE(outcome.out.find("Would write 3 clouds (869 points"), std::string::npos);
  EXPECT_FALSE(place.exists("out"));
  ASSERT_EQ(place.run("clean in -o out").status, 0);
  place.write("in/broken.pcd", "no cloud");
  const Outcome rest = place.run("clean in -o out --dry-run --resume");
  EXPECT_EQ(rest.status, 1);
  EXPECT_NE(rest.err.find("in/broken.pcd"), std::string::npos);
  EXPECT_NE(rest.out.find("3 clouds done before"), std::string::npos) << rest.out;
}

TEST(Limits, BrokenFilesAreNamedAndTheOthersAreRight) {
  const Workplace place;
  save_folder(place, 60);
  ASSERT_EQ(place.run("score in -o whole").status, 0);
  const std::string good = place.bytes("in/0/c0.pcd");
  const std::string wide = [&] {
    std::string text = good;
    return text.replace(text.find("POINTS 2"), 8, "POINTS 9");
  }();
  const std::vector<std::string> broken = {"",
                                           "no cloud",
                                           good.substr(0, good.size() - 5),
                                           good.substr(0, 40),
                                           wide,
                                           ascii_pcd("1 2 three\n", 1),
                                           ascii_pcd("1 2 3\n", 4000000000U),
                                           "ply\nformat ascii 1.0\nelement vertex -1\nend_header\n",
                                           "ply\nformat ascii 1.0\nelement vertex 1\n",
                                           std::string(100, '\0')};
  for (std::size_t i = 0; i < broken.size(); ++i)
    place.write("in/1/broken" + std::to_string(i) + (i < 7 ? ".pcd" : ".ply"), broken[i]);
  const Outcome outcome = place.run("score in -o out --json");
  EXPECT_EQ(outcome.status, 1);
  for (std::size_t i = 0; i < broken.size(); ++i)
    EXPECT_NE(outcome.err.find("in/1/broken" + std::to_string(i)), std::string::npos) << i;
  EXPECT_EQ(outputs(place, "out"), outputs(place, "whole"));
}

TEST(Limits, TooFewOpenFilesCostSomeInputsAndNoOutput) {
  const Workplace place;
  save_folder(place, 30);
  ASSERT_EQ(place.run("score in -o whole").status, 0);
  const Outcome outcome =
      place.shell("ulimit -n 12; \"$EQUICLOUD\" score in -o out --quiet --threads 4");
  EXPECT_LE(outcome.status, 1) << outcome.err;
  ASSERT_EQ(place.run("score in -o out --resume").status, 0);
  EXPECT_EQ(outputs(place, "out"), outputs(place, "whole"));
}

TEST(Limits, AFileSizeLimitIsAReasonAndLeavesNothingHalfWritten) {
  const Workplace place;
  save_folder(place, 3);
  save(place.path("in/large.pcd"), sheet(200));
  const Outcome outcome = place.shell("ulimit -f 128; \"$EQUICLOUD\" score in -o out --quiet");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("out/large.pcd: cannot be written: File too large"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(outputs(place, "out").size(), 3U);
}

TEST(Limits, AFullDiskIsOneErrorAndNoOutputIsHalfWritten) {
  const Workplace place;
  save_folder(place, 60);
  ASSERT_EQ(place.run("score in -o whole").status, 0);
  // A file system of its own, in namespaces of its own where this user may make them.
  const Outcome outcome = place.shell(
      "mkdir out && unshare -rm sh -c 'mount -t tmpfs -o size=160k tmpfs out || exit 99; "
      "\"$0\" score in -o out --quiet; first=$?; cp -r out left; "
      "mount -o remount,size=2m out; \"$0\" score in -o out --resume --quiet; second=$?; "
      "cp -r out all; exit $((10 * first + second))' \"$EQUICLOUD\"");
  if (!place.exists("left")) GTEST_SKIP() << "no small file system here: " << outcome.err;
  EXPECT_EQ(outcome.status, 10) << outcome.err;
  EXPECT_NE(outcome.err.find("No space left on device; stopped: "), std::string::npos);
  EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << outcome.err;
  const auto whole = outputs(place, "whole");
  const auto left = outputs(place, "left");
  EXPECT_GT(left.size(), 0U);
  EXPECT_LT(left.size(), whole.size());
  for (const auto& [name, bytes] : left) EXPECT_EQ(bytes, whole.at(name)) << name;
  EXPECT_EQ(outputs(place, "all"), whole);
}

}  // namespace
}  // namespace equicloud::cli_tests
