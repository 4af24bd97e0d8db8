// SPDX-License-Identifier: BSD-3-Clause
// Shards: even, the same each time, harmless when run twice; together they are one run, and merge
// tells when they are not.
#include "cli/folders.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace equicloud::cli_tests {
namespace {

void score_shards(const Workplace& place, int first, int last, const std::string& more = "") {
  for (int i = first; i <= last; ++i)
    EXPECT_EQ(
        place.run("score --shard lists/00" + std::to_string(i) + " -o out --quiet" + more).status,
        0);
}

void expect_not_whole(const Workplace& place, const std::string& sentence,
                      const std::string& more = "") {
  const Outcome outcome = place.run("merge out" + more);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find(sentence), std::string::npos) << outcome.err;
}

TEST(Shards, TogetherAreOneRun) {
  const Workplace place;
  save_folder(place, 13);
  ASSERT_EQ(place.run("score in -o whole").status, 0);
  ASSERT_EQ(place.run("plan in -o lists --shards 4").status, 0);
  score_shards(place, 0, 3);
  EXPECT_EQ(outputs(place, "out"), outputs(place, "whole"));
  const Outcome merged = place.run("merge out --verify --json");
  EXPECT_EQ(merged.status, 0) << merged.err;
  EXPECT_EQ(merged.json().at(0).at("files"), 13);
  EXPECT_EQ(merged.json().at(0).at("whole"), true);
  const std::string manifest = place.bytes("out/.equicloud/manifest.jsonl");
  EXPECT_EQ(std::count(manifest.begin(), manifest.end(), '\n'), 13);
  EXPECT_TRUE(place.run("score in -o out --resume --json").json().empty()) << "known from shards";
}

TEST(Shards, AreTheSameEachTimeAndEvenInBytes) {
  const Workplace place;
  for (int i = 0; i < 20; ++i)
    save(place.path("in/c" + std::to_string(i) + ".pcd"), sheet(4 + 3 * i));
  ASSERT_EQ(place.run("plan in -o lists --shards 3").status, 0);
  ASSERT_EQ(place.run("plan in -o again --shards 3").status, 0);
  EXPECT_EQ(outputs(place, "lists"), outputs(place, "again"));
  EXPECT_EQ(outputs(place, "lists").size(), 3U);
  std::vector<std::uintmax_t> loads;
  for (const auto& [name, text] : outputs(place, "lists")) {
    loads.push_back(0);
    for (int i = 0; i < 20; ++i) {
      const std::string file = "c" + std::to_string(i) + ".pcd";
      if (text.find("\"" + file + "\"") != std::string::npos)
        loads.back() += std::filesystem::file_size(place.path("in/" + file));
    }
  }
  const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
  EXPECT_LT(*most - *least, *most / 10);
}

TEST(Shards, MoreThanThereAreFilesAreNoTrouble) {
  const Workplace place;
  save_folder(place, 2);
  ASSERT_EQ(place.run("plan in -o lists --shards 5").status, 0);
  score_shards(place, 0, 4);
  EXPECT_EQ(place.run("merge out").status, 0);
}

TEST(Shards, AShardRunTwiceIsHarmless) {
  const Workplace place;
  save_folder(place, 8);
  ASSERT_EQ(place.run("plan in -o lists --shards 2").status, 0);
  ASSERT_EQ(place
                .shell("\"$EQUICLOUD\" score --shard lists/000 -o out --quiet & "
                       "\"$EQUICLOUD\" score --shard lists/000 -o out --quiet; a=$?; "
                       "wait $! && exit $a")
                .status,
            0);
  const auto before = outputs(place, "out");
  score_shards(place, 0, 0);
  EXPECT_EQ(outputs(place, "out"), before);
  score_shards(place, 1, 1);
  EXPECT_EQ(place.run("merge out").status, 0);
}

TEST(Shards, MergeNamesWhatIsMissing) {
  const Workplace place;
  save_folder(place, 9);
  ASSERT_EQ(place.run("plan in -o lists --shards 3").status, 0);
  EXPECT_EQ(place.run("merge out").status, 2) << "nothing is there";
  score_shards(place, 0, 1);
  expect_not_whole(place, "shard 002 was never begun");
  score_shards(place, 2, 2);
  ASSERT_EQ(place.run("merge out").status, 0);
  std::filesystem::remove(place.path("out/0/c3.pcd"));
  expect_not_whole(place, "out/0/c3.pcd: No such file");
  EXPECT_EQ(place.run("score in -o out --resume").status, 0);
  EXPECT_EQ(place.run("merge out").status, 0);
  std::string bytes = place.bytes("out/1/c1.pcd");
  bytes.back() = static_cast<char>(bytes.back() + 1);
  place.write("out/1/c1.pcd", bytes);
  EXPECT_EQ(place.run("merge out").status, 0) << "of the same size";
  expect_not_whole(place, "out/1/c1.pcd: is not what was written there", " --verify");
}

TEST(Shards, MergeNamesWhatFailedAndWhatDiffers) {
  const Workplace place;
  save_folder(place, 4);
  place.write("in/broken.pcd", "no cloud");
  ASSERT_EQ(place.run("plan in -o lists --shards 2").status, 0);
  for (const char* list : {"000", "001"})
    place.run(std::string("score -o out --shard lists/") + list);
  expect_not_whole(place, "in/broken.pcd");
  save(place.path("in/broken.pcd"), sheet(16));
  score_shards(place, 0, 1);
  EXPECT_EQ(place.run("merge out").status, 0);
  score_shards(place, 1, 1, " --format pcd-ascii");
  expect_not_whole(place, "2 kinds of settings");
}

TEST(Shards, ListsOfTwoPlansDoNotMix) {
  const Workplace place;
  save_folder(place, 6);
  ASSERT_EQ(place.run("plan in -o lists --shards 2").status, 0);
  score_shards(place, 0, 0);
  EXPECT_EQ(place.run("plan in -o lists --shards 3").status, 2) << "lists are there";
  ASSERT_EQ(place.run("plan in -o lists --shards 3 --overwrite").status, 0);
  EXPECT_EQ(outputs(place, "lists").size(), 3U);
  score_shards(place, 1, 2);
  expect_not_whole(place, "is of another plan");
}

TEST(Shards, WrongListsAreRefused) {
  const Workplace place;
  save_folder(place, 3);
  ASSERT_EQ(place.run("plan in -o lists --shards 1").status, 0);
  const std::string list = place.bytes("lists/000");
  place.write("cut", list.substr(0, list.rfind('{')));
  place.write("text", "in/0/c0.pcd\n");
  place.write("beyond", "{\"plan\":\"x\",\"shard\":3,\"shards\":3,\"files\":0}\n");
  place.write("empty", "");
  for (const char* wrong : {"cut", "text", "beyond", "empty", "missing", "in"}) {
    const Outcome outcome = place.run(std::string("score -o out --shard ") + wrong);
    EXPECT_EQ(outcome.status, 2) << wrong;
    EXPECT_NE(outcome.err.find(wrong), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(place.run("score in --shard lists/000 -o out").status, 2);
  EXPECT_FALSE(place.exists("out"));
}

}  // namespace
}  // namespace equicloud::cli_tests
