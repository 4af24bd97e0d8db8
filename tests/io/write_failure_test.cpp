// SPDX-License-Identifier: BSD-3-Clause
// When the system refuses: an IoError that names the file, and nothing left where it was to be.
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "io/clouds.h"

namespace equicloud::io {
namespace {

using testing::Folder;

Header large() { return make_header(Format::pcd, Encoding::binary, {{"x"}, {"y"}, {"z"}}, 400000); }

std::string write_error(const std::string& path, const Header& header) {
  try {
    write_cloud(path, header, testing::random_records(header, 1));
  } catch (const IoError& error) {
    return error.what();
  }
  return "";
}

/// Lets no file of this process grow beyond `bytes`: a full disk as the library sees it.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limited);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST(WriteFailure, MissingFolderIsAnIoErrorNamingTheFile) {
  const Folder folder;
  const std::string path = folder.file("none/out.pcd");
  const std::string error =
      write_error(path, make_header(Format::pcd, Encoding::binary, {{"x"}}, 1));
  EXPECT_EQ(error.rfind(path + ": cannot be created", 0), 0U) << error;
}

TEST(WriteFailure, NoRoomIsAnIoErrorAndLeavesNothing) {
  const Folder folder;
  for (const Encoding encoding : {Encoding::ascii, Encoding::binary, Encoding::binary_compressed}) {
    Header header = large();
    header.encoding = encoding;
    std::string error;
    {
      const FileSizeLimit limit(100000);
      error = write_error(folder.file("out.pcd"), header);
    }
    EXPECT_EQ(error.rfind(folder.file("out.pcd") + ": cannot be written", 0), 0U) << error;
    EXPECT_TRUE(folder.names().empty());
  }
}

TEST(WriteFailure, NoRoomLeavesTheFileThatWasThere) {
  const Folder folder;
  testing::write_text(folder.file("out.pcd"), "before");
  {
    const FileSizeLimit limit(100000);
    EXPECT_NE(write_error(folder.file("out.pcd"), large()), "");
  }
  EXPECT_EQ(testing::read_text(folder.file("out.pcd")), "before");
  EXPECT_EQ(folder.names().size(), 1U);
}

TEST(WriteFailure, AFolderOfThatNameIsAnIoError) {
  const Folder folder;
  const Folder inner;
  EXPECT_NE(write_error(inner.path(), large()), "");
}

TEST(WriteFailure, AnUnfinishedWriterLeavesNothing) {
  const Folder folder;
  {
    Writer writer(folder.file("out.pcd"), large());
    EXPECT_EQ(folder.names().size(), 1U);
    EXPECT_NE(folder.names()[0], "out.pcd");
  }
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace equicloud::io
