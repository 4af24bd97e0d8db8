// SPDX-License-Identifier: BSD-3-Clause
// An output file is whole or absent, whatever happens in between.
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace equicloud {
namespace {

namespace fs = std::filesystem;

class AtomicFileTest : public testing::Test {
 protected:
  AtomicFileTest()
      : folder_(fs::temp_directory_path() /
                ("equicloud-atomic-" + std::to_string(::getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~AtomicFileTest() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "out.bin").string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }
  std::string content() const {
    const std::vector<unsigned char> bytes = read_whole_file(path());
    return {bytes.begin(), bytes.end()};
  }
  void write(const std::string& text, bool commit) const {
    AtomicFile file(path());
    file.write(text.data(), text.size());
    if (commit) file.commit();
  }

  fs::path folder_;
};

TEST_F(AtomicFileTest, AppearsUnderItsNameOnlyWhenCommitted) {
  AtomicFile file(path());
  file.write("ab", 2);
  file.write("c", 1);
  EXPECT_FALSE(fs::exists(path()));
  file.commit();
  EXPECT_EQ(content(), "abc");
  EXPECT_EQ(files(), 1U);
}

TEST_F(AtomicFileTest, AnAbandonedFileLeavesNothingAndKeepsTheOldOne) {
  write("old", true);
  write("new", false);
  EXPECT_EQ(content(), "old");
  EXPECT_EQ(files(), 1U);
  write("new", true);
  EXPECT_EQ(content(), "new");
}

TEST_F(AtomicFileTest, ErrorsNameTheFile) {
  const std::string missing = (folder_ / "no" / "such").string();
  const auto message_of = [](const auto& action) -> std::string {
    try {
      action();
    } catch (const IoError& error) {
      return error.what();
    }
    return "nothing thrown";
  };
  EXPECT_NE(message_of([&] { AtomicFile file(missing); }).find(missing), std::string::npos);
  EXPECT_NE(message_of([&] { sync_folder(missing); }).find(missing), std::string::npos);
  EXPECT_NE(message_of([&] { read_whole_file(missing); }).find(missing), std::string::npos);
  EXPECT_NE(message_of([&] { read_whole_file(folder_.string()); }).find("regular file"),
            std::string::npos);
}

TEST_F(AtomicFileTest, AHeldFileIsWholeBesideItsNameUntilItIsPublished) {
  PendingFile pending;
  {
    AtomicFile file(path());
    file.write("abc", 3);
    pending = file.hold();
  }
  EXPECT_EQ(pending.path(), path());
  EXPECT_EQ(read_whole_file(pending.temporary()).size(), 3U);
  EXPECT_FALSE(fs::exists(path()));
  pending.begin_sync();
  pending.sync();
  pending.publish();
  sync_folder(folder_.string());
  EXPECT_EQ(content(), "abc");
  EXPECT_EQ(files(), 1U);
}

TEST_F(AtomicFileTest, AHeldFileThatIsNotPublishedLeavesNothing) {
  {
    AtomicFile file(path());
    const PendingFile pending = file.hold();
    EXPECT_EQ(files(), 1U);
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(AtomicFileTest, OnlyAbandonedTemporaryFilesAreRemoved) {
  const auto make = [&](const std::string& name) { std::ofstream(folder_ / name) << "x"; };
  for (const char* name : {"a.pcd.part-17-0", "b.part-1-22", "a.pcd", "a.part-1", "a.part-x-1",
                           "a.part--1", "notes.part-1-2.txt"})
    make(name);
  AtomicFile living(path());
  EXPECT_EQ(remove_abandoned_files(folder_.string()), 2U);
  EXPECT_EQ(files(), 6U) << "five that are not ours and the one being written";
  living.commit();
  EXPECT_EQ(remove_abandoned_files((folder_ / "none").string()), 0U);
}

TEST_F(AtomicFileTest, ALeftOverOfTheSameProcessNumberIsNoObstacle) {
  const std::string own = path() + ".part-" + std::to_string(::getpid()) + "-";
  for (int i = 0; i < 50; ++i) std::ofstream(own + std::to_string(i)) << "left";
  write("new", true);
  EXPECT_EQ(content(), "new");
}

}  // namespace
}  // namespace equicloud
