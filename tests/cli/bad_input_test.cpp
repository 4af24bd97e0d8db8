// SPDX-License-Identifier: BSD-3-Clause
// A bad input is one sentence on standard error and status 1; nothing is written for it, and the
// others are done all the same.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace equicloud::cli_tests {
namespace {

constexpr int kSide = 40;

struct BadFile {
  const char* name;
  std::string bytes;
  const char* sentence;  // what the line has to hold
};

std::vector<BadFile> bad_files() {
  std::string no_x = ascii_pcd("0 0 0\n", 1);
  no_x.replace(no_x.find("x y z"), 5, "u v w");
  return {{"empty.pcd", "", "empty.pcd: "},
          {"cut.pcd", ascii_pcd("0 0 0\n1 1 1\n", 3), "cut.pcd: "},
          {"no_x.pcd", no_x, "no_x.pcd: has no field x"},
          {"words.pcd", ascii_pcd("a b c\n", 1), "words.pcd: "},
          {"noise.ply", "ply\nformat ascii 9.9\n", "noise.ply: "}};
}

void expect_one_sentence(const Outcome& outcome, const std::string& sentence) {
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_EQ(outcome.err.rfind("equicloud: " + sentence, 0), 0U) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
}

TEST(BadInput, IsOneSentenceForEveryVerb) {
  for (const BadFile& bad : bad_files()) {
    const Workplace place;
    place.write(bad.name, bad.bytes);
    const std::string name = bad.name;
    expect_one_sentence(place.run("score " + name + " -o out"), bad.sentence);
    expect_one_sentence(place.run("clean " + name + " -o out/"), bad.sentence);
    expect_one_sentence(place.run("info " + name), bad.sentence);
    expect_one_sentence(place.run("evaluate score " + name + " --truth x"), bad.sentence);
    EXPECT_EQ(place.files(), std::vector<std::string>{bad.name});
  }
}

TEST(BadInput, AFileThatIsMissingIsNamed) {
  const Workplace place;
  expect_one_sentence(place.run("score nothing.pcd -o out"), "nothing.pcd: ");
  expect_one_sentence(place.run("score 'no*.pcd' -o out"), "no*.pcd: no file has such a name");
  place.write("folder/readme.md", "x");
  expect_one_sentence(place.run("score folder -o out"), "folder: holds no cloud");
}

TEST(BadInput, OthersAreDoneAndTheFailureIsInTheJson) {
  const Workplace place;
  save(place.path("in/a.pcd"), sheet(kSide));
  place.write("in/b.pcd", "");
  save(place.path("in/c.pcd"), sheet(kSide));
  const Outcome outcome = place.run("score in -o out --json");
  EXPECT_EQ(outcome.status, 1);
  const auto rows = outcome.json();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_FALSE(rows[0].contains("error"));
  EXPECT_EQ(rows[1].at("input"), "in/b.pcd");
  EXPECT_TRUE(rows[1].at("error").is_string());
  EXPECT_FALSE(rows[2].contains("error"));
  EXPECT_TRUE(place.exists("out/a.pcd") && place.exists("out/c.pcd"));
  EXPECT_FALSE(place.exists("out/b.pcd"));
}

TEST(BadInput, AModelFileThatIsNoneIsAWrongCommand) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  place.write("model.safetensors", "not a model");
  const Outcome outcome = place.run("score a.pcd -o out --model model.safetensors");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err.rfind("equicloud: model.safetensors", 0), 0U) << outcome.err;
  EXPECT_FALSE(place.exists("out"));
}

TEST(BadInput, AFolderThatCannotBeMadeIsSaid) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  expect_one_sentence(place.run("clean a.pcd -o /proc/none/out.pcd"),
                      "a.pcd: /proc/none: cannot be made a folder");
}

}  // namespace
}  // namespace equicloud::cli_tests
