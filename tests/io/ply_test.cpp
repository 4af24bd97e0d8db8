// SPDX-License-Identifier: BSD-3-Clause
// Other elements of a PLY file: copied bit for bit, converted value by value, or dropped.
#include <equicloud/base/error.h>
#include <gtest/gtest.h>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

using testing::Folder;
using testing::read_text;

void rewrite(const std::string& bytes, const std::string& path, const WriterOptions& options) {
  const auto reader = open_bytes({bytes.begin(), bytes.end()}, "in.ply");
  Writer writer(path, reader->header(), options);
  for (Chunk chunk; reader->read(chunk, 2);) {
    const std::vector<double> added(chunk.points * options.added.size(), 0.25);
    writer.write(chunk, {}, added);
  }
  writer.finish();
}

const char* const kNames[] = {"ascii.ply", "little.ply", "big.ply"};

TEST(Ply, RewritingWithoutChangesGivesTheSameBytes) {
  const Folder folder;
  for (const char* name : kNames) {
    const std::string bytes = testing::valid_files().at(name);
    rewrite(bytes, folder.file(name), {});
    EXPECT_EQ(read_text(folder.file(name)), bytes) << name;
  }
}

TEST(Ply, AnAddedPropertyIsTheOnlyChange) {
  const Folder folder;
  WriterOptions options;
  options.added = {{"outlier_score"}};
  rewrite(testing::valid_files().at("ascii.ply"), folder.file("a.ply"), options);
  EXPECT_EQ(read_text(folder.file("a.ply")),
            "ply\nformat ascii 1.0\ncomment made by hand\nobj_info none\n"
            "element camera 1\nproperty int id\nproperty list uchar double pose\n"
            "element vertex 3\nproperty uchar label\nproperty double x\n"
            "property float y\nproperty float z\nproperty float outlier_score\n"
            "element face 2\nproperty list uchar int vertex_indices\nend_header\n"
            "7 2 0.5 1.50\n1 0.1 2.0 3 0.25\n2 nan 5e0 6 0.25\n255 1e300 8 -inf 0.25\n"
            "3 0 1 2\n3 2 1 0\n");
}

TEST(Ply, OtherElementsAreConvertedWithTheEncoding) {
  const Folder folder;
  const auto files = testing::valid_files();
  const std::string little = files.at("little.ply");
  WriterOptions to_big;
  to_big.encoding = Encoding::binary_big_endian;
  rewrite(little, folder.file("big.ply"), to_big);
  EXPECT_EQ(read_text(folder.file("big.ply")), files.at("big.ply"));

  WriterOptions to_ascii;
  to_ascii.encoding = Encoding::ascii;
  rewrite(files.at("big.ply"), folder.file("a.ply"), to_ascii);
  const std::string text = read_text(folder.file("a.ply"));
  EXPECT_NE(text.find("end_header\n7 2 0.5 1.5\n0 0 2 -0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n3 0 1 2\n3 0 1 1\n"), std::string::npos) << text;

  WriterOptions to_little;
  to_little.encoding = Encoding::binary;
  rewrite(text, folder.file("l.ply"), to_little);
  EXPECT_EQ(read_text(folder.file("l.ply")), little);
}

TEST(Ply, DroppedElementsLeaveHeaderAndBody) {
  const Folder folder;
  WriterOptions options;
  options.other_elements = OtherElements::drop;
  rewrite(testing::valid_files().at("ascii.ply"), folder.file("a.ply"), options);
  EXPECT_EQ(read_text(folder.file("a.ply")),
            "ply\nformat ascii 1.0\ncomment made by hand\nobj_info none\n"
            "element vertex 3\nproperty uchar label\nproperty double x\n"
            "property float y\nproperty float z\nend_header\n"
            "1 0.1 2.0 3\n2 nan 5e0 6\n255 1e300 8 -inf\n");
}

TEST(Ply, FacesCannotBeCopiedWhenPointsAreDropped) {
  const Folder folder;
  WriterOptions options;
  options.width = 2;
  EXPECT_THROW(rewrite(testing::valid_files().at("big.ply"), folder.file("a.ply"), options),
               InvalidArgument);
  EXPECT_TRUE(folder.names().empty());
}

TEST(Ply, Refuses64BitIntegersOnWriting) {
  const Folder folder;
  const Header header =
      make_header(Format::ply, Encoding::binary, {{"x"}, {"stamp", Scalar::u64}}, 0);
  try {
    write_cloud(folder.file("a.ply"), header, {});
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("no 64-bit integers (field stamp)"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace equicloud::io
