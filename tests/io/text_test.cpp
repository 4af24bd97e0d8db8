// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include "io/clouds.h"

namespace equicloud::io {
namespace {

using testing::Cloud;
using testing::read_bytes;

struct Row {
  const char* what;
  const char* name;
  const char* bytes;
  std::vector<std::string> fields;
};

/// All of them hold the points 1 2 3 and 4 5 6.
const Row kRows[] = {
    {"blanks", "f.xyz", "1 2 3\n4 5 6\n", {"x", "y", "z"}},
    {"runs of blanks, none at the end", "f.xyz", "  1   2 3  \n4\t5 6", {"x", "y", "z"}},
    {"commas", "f.txt", "1,2,3\n4, 5 ,6\n", {"x", "y", "z"}},
    {"semicolons", "f.txt", "1;2;3\n4;5;6\n", {"x", "y", "z"}},
    {"tabs", "f.txt", "1\t2\t3\n4\t5\t6\n", {"x", "y", "z"}},
    {"carriage returns", "f.xyz", "1 2 3\r\n4 5 6\r\n", {"x", "y", "z"}},
    {"row of names",
     "f.csv",
     "X,Y,Z,\"return number\"\n1,2,3,7\n4,5,6,7\n",
     {"x", "y", "z", "return_number"}},
    {"row of names, other order", "f.csv", "t;z;y;x\n0;3;2;1\n0;6;5;4\n", {"t", "z", "y", "x"}},
    {"names in a comment",
     "f.txt",
     "// made here\n//X Y Z R\n1 2 3 7\n4 5 6 7\n",
     {"x", "y", "z", "R"}},
    {"a comment that names nothing", "f.txt", "# one two three\n1 2 3\n4 5 6\n", {"x", "y", "z"}},
    {"columns without names",
     "f.xyz",
     "1 2 3 9 9\n4 5 6 9 9\n",
     {"x", "y", "z", "column_4", "column_5"}},
    {"leading count", "f.pts", "2\n1 2 3\n4 5 6\n", {"x", "y", "z"}},
    {"comments between", "f.xyz", "# a\n1 2 3\n\n# b\n4 5 6\n% c\n", {"x", "y", "z"}},
    {"byte order mark",
     "f.xyz",
     "\xEF\xBB\xBF"
     "1 2 3\n4 5 6\n",
     {"x", "y", "z"}},
    {"byte order mark before names", "f.csv", "\xEF\xBB\xBFx,y,z\n1,2,3\n4,5,6\n", {"x", "y", "z"}},
};

TEST(Text, SeparatorNamesAndCountAreFoundOut) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.what);
    const Cloud cloud = read_bytes(row.bytes, row.name);
    ASSERT_EQ(cloud.chunk.points, 2U);
    EXPECT_EQ(cloud.header.points, 2U);
    ASSERT_EQ(cloud.header.fields.size(), row.fields.size());
    for (std::size_t f = 0; f < row.fields.size(); ++f)
      EXPECT_EQ(cloud.header.fields[f].name, row.fields[f]);
    double expected = 0;
    for (std::size_t i = 0; i < 2; ++i)
      for (const char* axis : {"x", "y", "z"})
        EXPECT_EQ(value(cloud.chunk.record(i), cloud.header.at(axis)), ++expected);
  }
}

TEST(Text, RewritingWithoutChangesGivesTheSameBytes) {
  const testing::Folder folder;
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.what);
    const std::string bytes = row.bytes;
    const auto reader = open_bytes({bytes.begin(), bytes.end()}, row.name);
    Writer writer(folder.file(row.name), reader->header());
    for (Chunk chunk; reader->read(chunk, 1);) writer.write(chunk);
    writer.finish();
    EXPECT_EQ(testing::read_text(folder.file(row.name)), bytes);
  }
}

struct Scored {
  const char* name;
  const char* before;
  const char* after;
};

TEST(Text, AFieldIsAddedWithTheFilesOwnSeparatorAndNamedWhereNamesAre) {
  const testing::Folder folder;
  const Scored rows[] = {
      {"f.xyz", "1.50 2 3 \r\n# c\r\n4 5 6", "1.50 2 3 0.5 \r\n# c\r\n4 5 6 0.5"},
      {"f.csv", "x,y,z\n1,2,3\n4,5,6\n", "x,y,z,s\n1,2,3,0.5\n4,5,6,0.5\n"},
      {"f.txt", "//X Y Z\n1 2 3\n4 5 6\n", "//X Y Z s\n1 2 3 0.5\n4 5 6 0.5\n"},
      {"f.txt", "1\t2\t3\n4\t5\t6\n", "1\t2\t3\t0.5\n4\t5\t6\t0.5\n"},
      {"f.csv", "x;s;y;z\n1; 9 ;2;3\n4;9;5;6\n", "x;s;y;z\n1; 0.5 ;2;3\n4;0.5;5;6\n"},
  };
  for (const Scored& row : rows) {
    const std::string bytes = row.before;
    const auto reader = open_bytes({bytes.begin(), bytes.end()}, row.name);
    WriterOptions options;
    options.added = {{"s"}};
    Writer writer(folder.file(row.name), reader->header(), options);
    const std::vector<double> half = {0.5};
    for (Chunk chunk; reader->read(chunk, 1);) writer.write(chunk, {}, half);
    writer.finish();
    EXPECT_EQ(testing::read_text(folder.file(row.name)), row.after);
  }
}

TEST(Text, DroppedPointsLeaveTheirCommentsAndTheCountIsBroughtUpToDate) {
  const testing::Folder folder;
  const std::string bytes = "3\n# a\n 1 2 3\n# b\n 4 5 6\n# c\n 7 8 9\n# end\n";
  const auto reader = open_bytes({bytes.begin(), bytes.end()}, "f.pts");
  WriterOptions options;
  options.width = 2;
  Writer writer(folder.file("f.pts"), reader->header(), options);
  Chunk chunk;
  ASSERT_TRUE(reader->read(chunk, 10));
  const std::vector<unsigned char> keep = {1, 0, 1};
  writer.write(chunk, keep);
  writer.finish();
  EXPECT_EQ(testing::read_text(folder.file("f.pts")), "2\n# a\n 1 2 3\n# b\n# c\n 7 8 9\n# end\n");
}

}  // namespace
}  // namespace equicloud::io
