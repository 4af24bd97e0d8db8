// SPDX-License-Identifier: BSD-3-Clause
// Many files: trees are mirrored, nothing is overwritten by accident, an interrupt leaves no trace.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <gtest/gtest.h>

#include <csignal>

namespace equicloud::cli_tests {
namespace {

constexpr int kSide = 20;
using Names = std::vector<std::string>;

void expect_refused(const Workplace& place, const std::string& arguments,
                    const std::string& sentence) {
  const Names before = place.files();
  const Outcome outcome = place.run(arguments);
  EXPECT_EQ(outcome.status, 2) << arguments;
  EXPECT_NE(outcome.err.find(sentence), std::string::npos) << outcome.err;
  EXPECT_EQ(place.files(), before);
}

// The inputs of the JSON lines, in their order.
Names inputs_of(const Outcome& outcome) {
  Names names;
  for (const auto& row : outcome.json()) names.push_back(row.at("input"));
  return names;
}

TEST(Batch, AFolderIsSearchedInTheOrderOfNamesAndMirrored) {
  const Workplace place;
  for (const char* name : {"in/b.pcd", "in/a/z.ply", "in/a/deep/er.pcd", "in/.hidden/x.pcd"})
    save(place.path(name), sheet(kSide), name[5] == 'z' ? io::Format::ply : io::Format::pcd);
  place.write("in/notes.txt", "Measured on Monday.\n");
  place.write("in/points.txt", "0 0 0\n1 1 1\n");
  const Outcome outcome = place.run("score in -o out --json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(inputs_of(outcome),
            (Names{"in/a/deep/er.pcd", "in/a/z.ply", "in/b.pcd", "in/points.txt"}));
  for (const char* name : {"out/b.pcd", "out/a/z.ply", "out/a/deep/er.pcd", "out/points.txt"})
    EXPECT_TRUE(place.exists(name)) << name;
  EXPECT_NE(outcome.err.find("in: 1 .txt or .csv file passed over"), std::string::npos);
}

TEST(Batch, TheOutputFolderIsNotSearched) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  EXPECT_EQ(inputs_of(place.run("score . -o out --json")), Names{"./a.pcd"});
  EXPECT_EQ(inputs_of(place.run("score . -o out --json --overwrite")), Names{"./a.pcd"});
}

TEST(Batch, GlobsMirrorWhatFollowsTheirFixedPart) {
  const Workplace place;
  save(place.path("in_1.pcd"), sheet(kSide));
  for (const char* name : {"in/p/a.pcd", "in/q/a.pcd"}) save(place.path(name), sheet(kSide));
  ASSERT_EQ(place.run("score 'in/*/a.pcd' -o out").status, 0);
  EXPECT_TRUE(place.exists("out/p/a.pcd") && place.exists("out/q/a.pcd"));
}

TEST(Batch, AListOfPathsComesFromStandardInput) {
  const Workplace place;
  save(place.path("in/sub/a.pcd"), sheet(kSide));
  save(place.path("b.pcd"), sheet(kSide));
  const Outcome outcome = place.run("score - -o out", "in/sub/a.pcd\n./b.pcd\r\n\nb.pcd\n");
  EXPECT_EQ(outcome.status, 2) << "b.pcd twice under two names: " << outcome.err;
  ASSERT_EQ(place.run("score - -o out", "in/sub/a.pcd\n./b.pcd\r\n\n./b.pcd\n").status, 0);
  EXPECT_TRUE(place.exists("out/in/sub/a.pcd") && place.exists("out/b.pcd"));
  EXPECT_EQ(place.run("score - -o none").status, 1);
}

TEST(Batch, OneInputIsCleanedIntoAFileSeveralIntoAFolder) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  save(place.path("b.pcd"), sheet(kSide));
  ASSERT_EQ(place.run("clean a.pcd -o new/c.pcd").status, 0);
  ASSERT_EQ(place.run("clean a.pcd -o new").status, 0);
  ASSERT_EQ(place.run("clean a.pcd b.pcd -o both").status, 0);
  EXPECT_EQ(place.files(),
            (Names{"a.pcd", "b.pcd", "both/a.pcd", "both/b.pcd", "new/a.pcd", "new/c.pcd"}));
  EXPECT_EQ(place.bytes("new/a.pcd"), place.bytes("new/c.pcd"));
}

TEST(Batch, NothingIsOverwrittenUnasked) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  place.write("out/a.pcd", "precious");
  expect_refused(place, "score a.pcd -o out", "out/a.pcd: exists already");
  expect_refused(place, "clean a.pcd -o out", "add --overwrite");
  EXPECT_EQ(place.bytes("out/a.pcd"), "precious");
  EXPECT_EQ(place.run("score a.pcd -o out --overwrite").status, 0);
  EXPECT_EQ(field(place.path("out/a.pcd"), "outlier_score").size(), std::size_t{kSide * kSide});
}

TEST(Batch, InputsAreNeverOutputs) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  std::filesystem::create_symlink("a.pcd", place.path("link.pcd"));
  for (const char* arguments : {"score a.pcd -o . --overwrite", "clean a.pcd -o a.pcd --overwrite",
                                "score . -o . --overwrite", "clean a.pcd -o link.pcd --overwrite"})
    expect_refused(place, arguments, "is an input");
}

TEST(Batch, OutputsThatWouldBeWrittenTwiceAreRefused) {
  const Workplace place;
  for (const char* name : {"p/a.pcd", "q/a.pcd"}) save(place.path(name), sheet(kSide));
  expect_refused(place, "score p/a.pcd q/a.pcd -o out", "both p/a.pcd and q/a.pcd");
}

TEST(Batch, NamesThatPromiseAnotherFormatAreRefused) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(kSide));
  expect_refused(place, "clean a.pcd -o b.ply",
                 "its name ends in .ply but it would be written as PCD");
  expect_refused(place, "score a.pcd -o b.pcd", "b.pcd: looks like a file");
  expect_refused(place, "clean a.pcd -o /dev/full --overwrite", "is not a regular file");
  EXPECT_EQ(place.run("clean a.pcd -o b.ply --format ply-binary").status, 0);
}

TEST(Batch, AnInterruptEndsWith130AndLeavesNothingHalfWritten) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const Workplace place;
    save(place.path("big.pcd"), sheet(1500));
    const Outcome outcome = place.run_and_signal("score big.pcd -o out --threads 1", signal, 500);
    EXPECT_EQ(outcome.status, 130) << outcome.err;
    EXPECT_NE(outcome.err.find("equicloud: interrupted"), std::string::npos) << outcome.err;
    EXPECT_EQ(place.files(), Names{"big.pcd"});
  }
}

}  // namespace
}  // namespace equicloud::cli_tests
