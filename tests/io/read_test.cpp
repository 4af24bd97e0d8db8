// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

using testing::Cloud;
using testing::PcdHeader;
using testing::read_bytes;

double at(const Cloud& cloud, std::size_t point, const std::string& field) {
  return value(cloud.chunk.record(point), cloud.header.at(field));
}

std::string error_of(const std::string& path) {
  try {
    open(path);
  } catch (const IoError& error) {
    return error.what();
  }
  return "";
}

TEST(Read, MissingFileAndFolderAreIoErrorsNamingThem) {
  const testing::Folder folder;
  const std::string missing = folder.file("none.pcd");
  EXPECT_EQ(error_of(missing).rfind(missing + ": cannot be opened", 0), 0U) << error_of(missing);
  EXPECT_EQ(error_of(folder.path()), folder.path() + ": is a folder, expected a file");
  EXPECT_NE(error_of("/dev/null").find("is not a regular file"), std::string::npos);
}

TEST(Read, ContentDecidesBeforeTheExtension) {
  const auto files = testing::valid_files();
  EXPECT_EQ(read_bytes(files.at("ascii.ply"), "wrong.pcd").header.format, Format::ply);
  EXPECT_EQ(read_bytes(files.at("binary.pcd"), "wrong.ply").header.format, Format::pcd);
  EXPECT_EQ(read_bytes(files.at("compressed.pcd"), "wrong.bin").header.format, Format::pcd);
  EXPECT_EQ(read_bytes(files.at("plain.xyz"), "no_extension").header.format, Format::text);
  EXPECT_EQ(read_bytes(files.at("scan.bin"), "A.BIN").header.format, Format::kitti);
}

TEST(Read, OldPcdHeadersWithoutViewpointCountOrPointsAreRead) {
  for (const char* version : {".5", ".6", ".7", "0.7"}) {
    PcdHeader header;
    header.version = version;
    header.viewpoint = header.count = header.points = header.height = "";
    header.width = "2";
    header.data = "ascii";
    const Cloud cloud = read_bytes(header.text() + "1 2 3\n4 5 6\n", "f.pcd");
    EXPECT_EQ(cloud.chunk.points, 2U);
    EXPECT_EQ(at(cloud, 1, "y"), 5.0);
    EXPECT_EQ(cloud.header.viewpoint[3], 1.0);
    EXPECT_EQ(cloud.header.height, 1U);
  }
}

TEST(Read, ColumnsIsAnOldNameOfFields) {
  std::string file =
      "# .PCD v.5\nVERSION .5\nCOLUMNS x y z\nSIZE 4 4 4\nTYPE F F F\nPOINTS 1\n"
      "DATA ascii\n1 2 3\n";
  EXPECT_EQ(at(read_bytes(file, "f.pcd"), 0, "z"), 3.0);
}

TEST(Read, CarriageReturnsInHeaderAndBodyAreLineEnds) {
  std::string file =
      "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 2\n"
      "HEIGHT 1\nPOINTS 2\nDATA ascii\n1 2 3\n4 5 6\n";
  std::string with_returns;
  for (const char c : file) with_returns += c == '\n' ? "\r\n" : std::string(1, c);
  const Cloud cloud = read_bytes(with_returns, "f.pcd");
  EXPECT_EQ(at(cloud, 1, "z"), 6.0);
}

TEST(Read, AsciiTakesSignsExponentsNanAndInfinity) {
  PcdHeader header;
  header.width = header.points = "3";
  header.data = "ascii";
  const Cloud cloud = read_bytes(
      header.text() + "  +1.5\t-2e-3   .5 \n\nnan -nan NaN\n# note\ninf -inf INF\n", "f.pcd");
  EXPECT_EQ(at(cloud, 0, "x"), 1.5);
  EXPECT_EQ(at(cloud, 0, "y"), -2e-3F);
  EXPECT_EQ(at(cloud, 0, "z"), 0.5);
  for (const char* axis : {"x", "y", "z"}) {
    EXPECT_TRUE(std::isnan(at(cloud, 1, axis)));
    EXPECT_TRUE(std::isinf(at(cloud, 2, axis)));
  }
}

TEST(Read, BigEndianVerticesBehindOtherElementsAreRead) {
  for (const char* name : {"little.ply", "big.ply"}) {
    const Cloud cloud = read_bytes(testing::valid_files().at(name), name);
    ASSERT_EQ(cloud.chunk.points, 3U);
    EXPECT_EQ(at(cloud, 2, "label"), 2.0);
    EXPECT_EQ(at(cloud, 2, "x"), 0.1 * 2);
    EXPECT_EQ(at(cloud, 1, "y"), 2.0);
    EXPECT_EQ(cloud.header.other_elements(), (std::vector<std::string>{"camera", "face"}));
  }
}

}  // namespace
}  // namespace equicloud::io
