// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <cmath>

#include "io/clouds.h"
#include "io/sample_files.h"

namespace equicloud::io {
namespace {

using testing::Cloud;
using testing::expect_same_points;
using testing::Folder;
using testing::read_all;

const Encoding kEncodings[] = {Encoding::ascii, Encoding::binary, Encoding::binary_compressed};

/// A 6 x 4 cloud of the third mix (label first) in this encoding.
Cloud organised(const std::string& path, Encoding encoding) {
  const Header header = make_header(Format::pcd, encoding, testing::field_mixes()[2], 6, 4);
  write_cloud(path, header, testing::random_records(header, 11));
  return read_all(path);
}

/// Rewrites a file; added field a of point i gets i + a / 4.
void rewrite(const std::string& from, const std::string& to, const WriterOptions& options,
             const std::vector<unsigned char>& keep = {}) {
  const auto reader = open(from);
  Writer writer(to, reader->header(), options);
  std::size_t first = 0;
  for (Chunk chunk; reader->read(chunk, 5); first += chunk.points) {
    std::vector<double> added;
    for (std::size_t i = 0; i < chunk.points; ++i)
      for (std::size_t a = 0; a < options.added.size(); ++a)
        added.push_back(static_cast<double>(first + i) + static_cast<double>(a) / 4);
    Span<const unsigned char> mask;
    if (!keep.empty()) mask = Span<const unsigned char>(keep).subspan(first, chunk.points);
    writer.write(chunk, mask, added);
  }
  writer.finish();
}

TEST(Writer, AddedFieldsComeLastAndNothingElseChanges) {
  const Folder folder;
  for (const Encoding encoding : kEncodings) {
    const Cloud before = organised(folder.file("in.pcd"), encoding);
    WriterOptions options;
    options.added = {{"outlier", Scalar::u32}, {"outlier_score", Scalar::f32}};
    rewrite(folder.file("in.pcd"), folder.file("out.pcd"), options);
    const Cloud after = read_all(folder.file("out.pcd"));
    expect_same_points(before, after);
    EXPECT_EQ(after.header.fields.back().name, "outlier_score");
    EXPECT_EQ(after.header.width, 6U);
    EXPECT_EQ(after.header.height, 4U);
    EXPECT_EQ(value(after.chunk.record(7), after.header.at("outlier")), 7.0);
    EXPECT_EQ(value(after.chunk.record(7), after.header.at("outlier_score")), 7.25);
  }
}

TEST(Writer, AFieldThatExistsIsReplacedInItsPlace) {
  const Folder folder;
  for (const Encoding encoding : kEncodings) {
    const Cloud before = organised(folder.file("in.pcd"), encoding);
    WriterOptions options;
    options.added = {{"label", Scalar::f32}, {"ring", Scalar::f64}};
    rewrite(folder.file("in.pcd"), folder.file("out.pcd"), options);
    const Cloud after = read_all(folder.file("out.pcd"));
    ASSERT_EQ(after.header.fields.size(), before.header.fields.size());
    EXPECT_EQ(after.header.fields[0].name, "label");
    EXPECT_EQ(after.header.fields[0].type, Scalar::f32);
    EXPECT_EQ(value(after.chunk.record(9), after.header.at("label")), 9.0);
    EXPECT_EQ(value(after.chunk.record(9), after.header.at("ring")), 9.25);
    for (const char* kept : {"x", "y", "z", "gain"}) {
      const double a = value(before.chunk.record(9), before.header.at(kept));
      EXPECT_EQ(value(after.chunk.record(9), after.header.at(kept)), a);
    }
  }
}

TEST(Writer, ScoringAScoredFileAgainGivesTheSameFile) {
  const Folder folder;
  WriterOptions options;
  options.added = {{"outlier_score"}};
  for (const Encoding encoding : kEncodings) {
    organised(folder.file("in.pcd"), encoding);
    rewrite(folder.file("in.pcd"), folder.file("once.pcd"), options);
    rewrite(folder.file("once.pcd"), folder.file("twice.pcd"), options);
    EXPECT_EQ(testing::read_text(folder.file("once.pcd")),
              testing::read_text(folder.file("twice.pcd")));
  }
}

TEST(Writer, KeptPointsStayInOrderBitForBit) {
  const Folder folder;
  std::vector<unsigned char> keep(24);
  for (std::size_t i = 0; i < 24; ++i) keep[i] = i % 3 == 1;
  for (const Encoding encoding : kEncodings) {
    const Cloud before = organised(folder.file("in.pcd"), encoding);
    WriterOptions options;
    options.width = 8;
    rewrite(folder.file("in.pcd"), folder.file("out.pcd"), options, keep);
    const Cloud after = read_all(folder.file("out.pcd"));
    ASSERT_EQ(after.header.points, 8U);
    EXPECT_EQ(after.header.height, 1U);
    for (std::size_t i = 0; i < 8; ++i)
      EXPECT_TRUE(std::equal(after.chunk.record(i),
                             after.chunk.record(i) + after.header.record_bytes,
                             before.chunk.record(3 * i + 1)));
  }
}

TEST(Writer, BlankedPointsKeepTheOrganisationAndLoseOnlyTheirPosition) {
  const Folder folder;
  std::vector<unsigned char> keep(24, 1);
  keep[5] = 0;
  for (const Encoding encoding : kEncodings) {
    const Cloud before = organised(folder.file("in.pcd"), encoding);
    WriterOptions options;
    options.removed = Removed::blank;
    rewrite(folder.file("in.pcd"), folder.file("out.pcd"), options, keep);
    const Cloud after = read_all(folder.file("out.pcd"));
    EXPECT_EQ(after.header.height, 4U);
    for (std::size_t i = 0; i < 24; ++i) {
      for (const Field& field : after.header.fields) {
        const bool is_blank = i == 5 && is_float(field.type);
        const double was = value(before.chunk.record(i), field);
        const double is = value(after.chunk.record(i), field);
        if (is_blank || std::isnan(was))
          EXPECT_TRUE(std::isnan(is));
        else
          EXPECT_EQ(is, was);
      }
    }
  }
}

std::string sentence(const Folder& folder, const WriterOptions& options,
                     const std::vector<unsigned char>& keep = {}) {
  try {
    rewrite(folder.file("in.pcd"), folder.file("out.pcd"), options, keep);
  } catch (const InvalidArgument& error) {
    EXPECT_EQ(folder.names(), std::vector<std::string>{"in.pcd"}) << "something was left behind";
    return error.what();
  }
  return "";
}

TEST(Writer, RefusesWhatDoesNotFitAndLeavesNothingBehind) {
  const Folder folder;
  organised(folder.file("in.pcd"), Encoding::binary);
  WriterOptions more;
  more.width = 30;
  EXPECT_NE(sentence(folder, more).find("24 points were written, 30 declared"), std::string::npos);
  WriterOptions fewer;
  fewer.width = 3;
  EXPECT_NE(sentence(folder, fewer).find("more points than the declared 3"), std::string::npos);
  WriterOptions kitti;
  kitti.format = Format::kitti;
  EXPECT_NE(sentence(folder, kitti).find("no room for field label"), std::string::npos);
  WriterOptions kitti_ascii;
  kitti_ascii.format = Format::kitti;
  kitti_ascii.encoding = Encoding::ascii;
  EXPECT_NE(sentence(folder, kitti_ascii).find("KITTI has no encoding ascii"), std::string::npos);
  WriterOptions twice;
  twice.added = {{"a"}, {"a"}};
  EXPECT_NE(sentence(folder, twice).find("field a would come twice"), std::string::npos);
  WriterOptions blanks;
  blanks.added = {{"a b"}};
  EXPECT_NE(sentence(folder, blanks).find("no name for a field"), std::string::npos);
  WriterOptions narrow;
  narrow.added = {{"a"}, {"outlier", Scalar::u8}};  // its values are i + 0.25
  EXPECT_NE(sentence(folder, narrow).find("is no u8 value for field outlier"), std::string::npos);
}

TEST(Writer, MasksAndValuesOfTheWrongSizeAreRefused) {
  const Folder folder;
  organised(folder.file("in.pcd"), Encoding::binary);
  const auto reader = open(folder.file("in.pcd"));
  Writer writer(folder.file("out.pcd"), reader->header());
  Chunk chunk;
  ASSERT_TRUE(reader->read(chunk, 100));
  const std::vector<unsigned char> mask(3, 1);
  const std::vector<double> values(3, 1);
  EXPECT_THROW(writer.write(chunk, mask), InvalidArgument);
  EXPECT_THROW(writer.write(chunk, {}, values), InvalidArgument);
  EXPECT_THROW(write_cloud(folder.file("m.pcd"), reader->header(), mask), InvalidArgument);
}

TEST(Writer, AFileMayReplaceTheOneItIsReadFrom) {
  const Folder folder;
  const Cloud before = organised(folder.file("in.pcd"), Encoding::binary);
  WriterOptions options;
  options.added = {{"outlier_score"}};
  rewrite(folder.file("in.pcd"), folder.file("in.pcd"), options);
  expect_same_points(before, read_all(folder.file("in.pcd")));
}

}  // namespace
}  // namespace equicloud::io
