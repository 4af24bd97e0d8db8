// SPDX-License-Identifier: BSD-3-Clause
// An output file is whole or absent, whatever happens in between.
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
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
  EXPECT_NE(message_of([&] { read_whole_file(missing); }).find(missing), std::string::npos);
  EXPECT_NE(message_of([&] { read_whole_file(folder_.string()); }).find("regular file"),
            std::string::npos);
}

}  // namespace
}  // namespace equicloud
