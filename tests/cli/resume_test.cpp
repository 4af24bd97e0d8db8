// SPDX-License-Identifier: BSD-3-Clause
// What an earlier run finished is not done again; what changed is; whatever moment a run is killed
// at, resuming it ends with the outputs of a run that was never disturbed.
#include "cli/folders.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <equicloud/base/random.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

namespace equicloud::cli_tests {
namespace {

constexpr int kSide = 16;

std::size_t done(const Outcome& outcome) { return outcome.json().size(); }

TEST(Resume, WhatIsDoneIsLeftOut) {
  const Workplace place;
  save_folder(place, 6);
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), 6U);
  const auto before = outputs(place, "out");
  const Outcome again = place.run("score in -o out --resume --json");
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(done(again), 0U);
  EXPECT_EQ(outputs(place, "out"), before);
  EXPECT_EQ(place.run("score in -o out").status, 2) << "unasked, nothing is left out";
}

TEST(Resume, WhatChangedIsDoneAgain) {
  const Workplace place;
  save_folder(place, 6);
  ASSERT_EQ(place.run("score in -o out").status, 0);
  save(place.path("in/0/c0.pcd"), sheet(kSide, 99));
  std::filesystem::remove(place.path("out/1/c1.pcd"));
  place.write("out/2/c2.pcd", "cut short");
  save(place.path("in/new.pcd"), sheet(kSide, 5));
  const Outcome again = place.run("score in -o out --resume --json");
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(done(again), 4U);
  ASSERT_EQ(place.run("score in -o fresh").status, 0);
  EXPECT_EQ(outputs(place, "out"), outputs(place, "fresh"));
}

TEST(Resume, OtherSettingsOrAnotherVerbDoEverythingAgain) {
  const Workplace place;
  save_folder(place, 4);
  ASSERT_EQ(place.run("clean in -o out").status, 0);
  EXPECT_EQ(done(place.run("clean in -o out --resume --json --threads 1")), 0U);
  for (const char* other : {"clean in -o out --threshold 0.3", "clean in -o out --negative",
                            "clean in -o out --format pcd-ascii", "score in -o out"}) {
    EXPECT_EQ(done(place.run(std::string(other) + " --resume --json")), 4U) << other;
    EXPECT_EQ(done(place.run(std::string(other) + " --resume --json")), 0U) << other;
  }
  EXPECT_EQ(done(place.run("clean in -o out --resume --json")), 4U) << "the last record counts";
}

TEST(Resume, FailedInputsAreTriedAgain) {
  const Workplace place;
  save_folder(place, 2);
  place.write("in/broken.pcd", "no cloud");
  EXPECT_EQ(place.run("score in -o out --resume").status, 1);
  const Outcome again = place.run("score in -o out --resume");
  EXPECT_EQ(again.status, 1);
  EXPECT_NE(again.err.find("in/broken.pcd"), std::string::npos);
  save(place.path("in/broken.pcd"), sheet(kSide));
  EXPECT_EQ(place.run("score in -o out --resume").status, 0);
}

TEST(Resume, NamesThatAreNotUtf8AreRemembered) {
  const Workplace place;
  const std::string name = "in/caf\xE9 50%.pcd";
  save(place.path(name), sheet(kSide));
  save(place.path("in/caf\xC3\xA9.pcd"), sheet(kSide));
  ASSERT_EQ(place.run("score in -o out").status, 0);
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), 0U);
  EXPECT_TRUE(place.exists("out/caf\xE9 50%.pcd"));
}

TEST(Resume, ATornManifestIsReadAsFarAsItGoes) {
  const Workplace place;
  save_folder(place, 4);
  ASSERT_EQ(place.run("score in -o out").status, 0);
  const std::string name = "out/.equicloud/manifest.jsonl";
  const std::string whole = place.bytes(name);
  place.write(name, whole.substr(0, whole.size() - 30));
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), 1U);
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), 0U) << "the new line is whole";
  place.write(name, std::string("\x00\xFF{[\n", 5) + "42\n{\"status\":\"done\",\"output\":7}\n");
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), 4U);
}

// Killed after an output is replaced and before that is recorded, nothing else would tell that the
// earlier record no longer holds.
TEST(Resume, ReplacementsAreAnnounced) {
  const Workplace place;
  save_folder(place, 1);
  const std::string manifest = "out/.equicloud/manifest.jsonl";
  ASSERT_EQ(place.run("clean in/ -o out").status, 0);
  const std::string first = place.bytes(manifest);
  ASSERT_EQ(place.run("clean in/ -o out --threshold 0.2 --resume").status, 0);
  const std::string both = place.bytes(manifest);
  const std::size_t announced = both.find("\"status\":\"replacing\"");
  ASSERT_NE(announced, std::string::npos);
  ASSERT_GT(announced, first.size());
  EXPECT_LT(announced, both.rfind("\"status\":\"done\""));
  place.write(manifest, both.substr(0, both.find('\n', announced) + 1));
  EXPECT_EQ(done(place.run("clean in/ -o out --resume --json")), 1U);
}

TEST(Resume, LeftOversOfKilledRunsGo) {
  const Workplace place;
  save_folder(place, 3);
  ASSERT_EQ(place.run("score in -o out").status, 0);
  place.write("out/0/c0.pcd.part-1-0", "half");
  ASSERT_EQ(place.run("score in -o out --resume").status, 0);
  EXPECT_EQ(outputs(place, "out").size(), 3U);
}

TEST(Resume, OutputsOfStrangersAreNotReplaced) {
  const Workplace place;
  save_folder(place, 1);
  place.write("out/0/c0.pcd", "precious");
  EXPECT_EQ(place.run("score in -o out --resume").status, 2) << "no run of ours was here";
  EXPECT_EQ(place.bytes("out/0/c0.pcd"), "precious");
}

TEST(Resume, NeedsAFolder) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  const Outcome outcome = place.run("clean a.pcd -o b.pcd --resume");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("need an output folder"), std::string::npos) << outcome.err;
}

TEST(Resume, KilledAtAnyMomentItEndsAsIfItHadNeverBeen) {
  constexpr int kClouds = 40;
  constexpr int kKills = 20;
  Random random(2024);
  const Workplace place;
  save_folder(place, kClouds);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(place.run("score in -o whole --threads 2").status, 0);
  const double milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  const auto expected = outputs(place, "whole");
  int killed = 0;
  for (int round = 0; round < kKills; ++round) {
    const int pause = static_cast<int>(random.uniform() * milliseconds * 0.8);
    const Outcome outcome =
        place.run_and_signal("score in -o out --resume --threads 2 --quiet", SIGKILL, pause);
    killed += outcome.status == 137 ? 1 : 0;
    for (const auto& [name, bytes] : outputs(place, "out")) {
      if (name.find(".part-") == std::string::npos) {
        ASSERT_EQ(bytes, expected.at(name)) << name << " after round " << round;
      }
    }
    if (outcome.status == 0) std::filesystem::remove_all(place.path("out"));
  }
  EXPECT_GT(killed, 0);
  ASSERT_EQ(place.run("score in -o out --resume").status, 0);
  EXPECT_EQ(outputs(place, "out"), expected);
}

TEST(Resume, SoDoesOneThatReplacesOutputs) {
  constexpr int kKills = 8;
  Random random(7);
  const Workplace place;
  save_folder(place, 20);
  ASSERT_EQ(place.run("clean in -o kept --label").status, 0);
  ASSERT_EQ(place.run("clean in -o gone --label --threshold 0.01").status, 0);
  const auto kept = outputs(place, "kept");
  const auto gone = outputs(place, "gone");
  for (int round = 0; round < kKills; ++round) {
    const bool odd = round % 2 == 1;
    const std::string other = odd ? "" : " --threshold 0.01";
    place.run_and_signal("clean in -o out --label --quiet --resume" + other, SIGKILL,
                         static_cast<int>(random.uniform() * 60));
    ASSERT_EQ(place.run("clean in -o out --label --resume" + other).status, 0);
    ASSERT_EQ(outputs(place, "out"), odd ? kept : gone);
  }
}

TEST(Resume, AnInterruptKeepsWhatIsFinished) {
  constexpr std::size_t kFiles = 300;  // more than are done when the signal comes
  const Workplace place;
  save_folder(place, kFiles);
  const Outcome outcome = place.run_and_signal("score in -o out --threads 1 --json", SIGTERM, 60);
  if (outcome.status == 0) GTEST_SKIP() << "this machine was done before the signal came";
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  const std::size_t first = done(outcome);
  EXPECT_EQ(outputs(place, "out").size(), first);
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), kFiles - first);
}

TEST(Resume, TwoProcessesOnOneFolderDoNoHarm) {
  const Workplace place;
  save_folder(place, 30);
  ASSERT_EQ(place.run("score in -o whole").status, 0);
  const Outcome both = place.shell(
      "\"$EQUICLOUD\" score in -o out --resume --quiet & "
      "\"$EQUICLOUD\" score in -o out --resume --quiet; a=$?; wait $! && exit $a");
  EXPECT_EQ(both.status, 0) << both.err;
  EXPECT_EQ(outputs(place, "out"), outputs(place, "whole"));
  EXPECT_EQ(done(place.run("score in -o out --resume --json")), 0U);
}

}  // namespace
}  // namespace equicloud::cli_tests
