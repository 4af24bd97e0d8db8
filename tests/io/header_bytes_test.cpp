// SPDX-License-Identifier: BSD-3-Clause
// Of a header only the lines that must change do, and in them nothing but what must.
#include <gtest/gtest.h>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

const std::string kOdd =
    "# .PCD v.6 - of some program\r\n# a note \r\n\r\nVERSION  .6\r\nFIELDS x  y z rgb\r\n"
    "SIZE 4 4 4 4\r\nTYPE F F F U\r\nWIDTH  2\r\nHEIGHT 1\r\nNOTE kept\r\nPOINTS 2\r\n"
    "DATA ascii\r\n";

std::string rewritten(const std::string& bytes, const WriterOptions& options,
                      const std::vector<unsigned char>& keep = {}) {
  const testing::Folder folder;
  const auto reader = open_bytes({bytes.begin(), bytes.end()}, "in.pcd");
  Writer writer(folder.file("out.pcd"), reader->header(), options);
  Chunk chunk;
  EXPECT_TRUE(reader->read(chunk, 100));
  const std::vector<double> added(chunk.points * options.added.size(), 1);
  writer.write(chunk, keep, added);
  writer.finish();
  return testing::read_text(folder.file("out.pcd"));
}

TEST(HeaderBytes, UnchangedHeaderAndTokensAreCopied) {
  const std::string file = kOdd + "1.0 2.000 3e0 16711680\r\n 4 5 6 255 \r\n";
  EXPECT_EQ(rewritten(file, {}), file);
}

TEST(HeaderBytes, AnAddedFieldChangesThreeLinesOfAnOldHeader) {
  WriterOptions options;
  options.added = {{"outlier", Scalar::u8}};
  EXPECT_EQ(rewritten(kOdd + "1.0 2.000 3e0 16711680\r\n 4 5 6 255 \r\n", options),
            "# .PCD v.6 - of some program\r\n# a note \r\n\r\nVERSION  .6\r\n"
            "FIELDS x y z rgb outlier\r\nSIZE 4 4 4 4 1\r\nTYPE F F F U U\r\nWIDTH  2\r\n"
            "HEIGHT 1\r\nNOTE kept\r\nPOINTS 2\r\nDATA ascii\r\n"
            "1.0 2.000 3e0 16711680 1\r\n 4 5 6 255 1 \r\n");
}

TEST(HeaderBytes, FewerPointsChangeWidthAndPoints) {
  WriterOptions options;
  options.width = 1;
  EXPECT_EQ(rewritten(kOdd + "1.0 2.000 3e0 16711680\r\n 4 5 6 255 \r\n", options, {0, 1}),
            "# .PCD v.6 - of some program\r\n# a note \r\n\r\nVERSION  .6\r\nFIELDS x  y z rgb\r\n"
            "SIZE 4 4 4 4\r\nTYPE F F F U\r\nWIDTH 1\r\nHEIGHT 1\r\nNOTE kept\r\nPOINTS 1\r\n"
            "DATA ascii\r\n 4 5 6 255 \r\n");
}

TEST(HeaderBytes, AnotherEncodingChangesTheDataLine) {
  WriterOptions options;
  options.encoding = Encoding::binary;
  const std::string file = rewritten(kOdd + "1 2 3 4\r\n4 5 6 5\r\n", options);
  const std::size_t body = file.find("DATA binary\r\n");
  ASSERT_NE(body, std::string::npos);
  EXPECT_EQ(file.substr(0, body), kOdd.substr(0, kOdd.find("DATA")));
  EXPECT_EQ(file.size(), body + 13 + 32);
}

TEST(HeaderBytes, ViewpointIsCopiedAsItWasSpelt) {
  testing::PcdHeader header;
  header.viewpoint = "1.250 -3e-2 0 0.70710678 0 0 0.70710678";
  header.width = header.points = "1";
  const std::string file = header.text() + testing::binary_points(1);
  EXPECT_EQ(rewritten(file, {}), file);
  const auto cloud = testing::read_bytes(file, "f.pcd");
  EXPECT_EQ(cloud.header.viewpoint[1], -3e-2);
}

}  // namespace
}  // namespace equicloud::io
