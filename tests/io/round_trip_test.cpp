// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>

#include <cstring>

#include "io/clouds.h"

namespace equicloud::io {
namespace {

using testing::Cloud;
using testing::expect_same_points;
using testing::Folder;
using testing::read_all;

struct Kind {
  Format format;
  Encoding encoding;
  const char* file;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {Format::pcd, Encoding::ascii, "a.pcd"},
      {Format::pcd, Encoding::binary, "b.pcd"},
      {Format::pcd, Encoding::binary_compressed, "c.pcd"},
      {Format::ply, Encoding::ascii, "a.ply"},
      {Format::ply, Encoding::binary, "b.ply"},
      {Format::ply, Encoding::binary_big_endian, "e.ply"},
      {Format::text, Encoding::ascii, "t.xyz"},
      {Format::text, Encoding::ascii, "t.csv"},
  };
  return all;
}

/// An organised cloud of these fields in a file.
Cloud made(const std::string& path, const std::vector<Field>& fields, Encoding encoding) {
  const Header header = make_header(Format::pcd, encoding, fields, 9, 5);
  write_cloud(path, header, testing::random_records(header, fields.size()));
  return read_all(path);
}

void convert(const std::string& from, const std::string& to, WriterOptions options,
             std::size_t chunk_points = 7) {
  const auto reader = open(from);
  Writer writer(to, reader->header(), std::move(options));
  for (Chunk chunk; reader->read(chunk, chunk_points);) writer.write(chunk);
  writer.finish();
}

bool has_packed_fields(const std::vector<Field>& fields) {
  for (const Field& field : fields)
    if (field.count > 1 || field.name == "_") return true;
  return false;
}

TEST(RoundTrip, MemoryToPcdKeepsEveryBit) {
  const Folder folder;
  for (const auto& fields : testing::field_mixes()) {
    for (const Encoding encoding : {Encoding::binary, Encoding::binary_compressed}) {
      const Header header = make_header(Format::pcd, encoding, fields, 9, 5);
      const auto records = testing::random_records(header, 1);
      write_cloud(folder.file("m.pcd"), header, records);
      const Cloud cloud = read_all(folder.file("m.pcd"));
      EXPECT_EQ(cloud.chunk.records, records);
      EXPECT_EQ(cloud.header.width, 9U);
      EXPECT_EQ(cloud.header.height, 5U);
      EXPECT_EQ(cloud.header.encoding, encoding);
    }
  }
}

TEST(RoundTrip, EveryFormatAndBackKeepsEveryValue) {
  const Folder folder;
  for (const auto& fields : testing::field_mixes()) {
    const Cloud cloud = made(folder.file("in.pcd"), fields, Encoding::binary);
    for (const Kind& kind : kinds()) {
      SCOPED_TRACE(kind.file);
      WriterOptions there;
      there.format = kind.format;
      there.encoding = kind.encoding;
      convert(folder.file("in.pcd"), folder.file(kind.file), there);
      const Cloud other = read_all(folder.file(kind.file));
      EXPECT_EQ(other.header.format, kind.format);
      EXPECT_EQ(other.header.encoding, kind.encoding);
      const bool renamed = kind.format != Format::pcd && has_packed_fields(fields);
      const bool is_colour_integer = kind.encoding == Encoding::ascii && cloud.header.find("rgb");
      if (!renamed && !is_colour_integer)
        expect_same_points(cloud, other, kind.encoding == Encoding::ascii);
    }
  }
}

TEST(RoundTrip, FieldOfSeveralValuesBecomesSeveralFieldsElsewhere) {
  const Folder folder;
  const std::vector<Field> fields = {{"x"}, {"y"}, {"z"}, {"h", Scalar::i16, 3}, {"_", Scalar::u8}};
  const Cloud cloud = made(folder.file("in.pcd"), fields, Encoding::binary);
  WriterOptions to_ply;
  to_ply.format = Format::ply;
  convert(folder.file("in.pcd"), folder.file("out.ply"), to_ply);
  const Cloud ply = read_all(folder.file("out.ply"));
  ASSERT_EQ(ply.header.fields.size(), 6U);
  for (std::size_t c = 0; c < 3; ++c) {
    const Field& field = ply.header.at("h_" + std::to_string(c));
    for (std::size_t i = 0; i < ply.chunk.points; ++i)
      ASSERT_EQ(std::memcmp(ply.chunk.record(i) + field.offset,
                            cloud.chunk.record(i) + cloud.header.at("h").offset + 2 * c, 2),
                0);
  }
}

TEST(RoundTrip, FloatColourKeepsItsBitsInAsciiEvenWhereTheySpellNan) {
  const Folder folder;
  Header header = make_header(Format::pcd, Encoding::binary, {{"x"}, {"y"}, {"z"}, {"rgb"}}, 3);
  std::vector<unsigned char> records(3 * 16, 0);
  const std::uint32_t colours[3] = {0xFFFF8040U, 0x00102030U, 0x7FC00001U};
  for (std::size_t i = 0; i < 3; ++i) std::memcpy(&records[16 * i + 12], &colours[i], 4);
  write_cloud(folder.file("in.pcd"), header, records);
  for (const Kind& kind : kinds()) {
    WriterOptions options;
    options.format = kind.format;
    options.encoding = kind.encoding;
    convert(folder.file("in.pcd"), folder.file(kind.file), options);
    if (kind.format == Format::text) continue;  // a double there, compared as a value elsewhere
    const Cloud cloud = read_all(folder.file(kind.file));
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_EQ(std::memcmp(cloud.chunk.record(i) + cloud.header.at("rgb").offset, &colours[i], 4),
                0)
          << kind.file;
  }
}

TEST(RoundTrip, SameFormatWithoutChangesIsTheSameFile) {
  const Folder folder;
  for (const auto& fields : testing::field_mixes()) {
    for (const Kind& kind : kinds()) {
      WriterOptions options;
      options.format = kind.format;
      options.encoding = kind.encoding;
      made(folder.file("in.pcd"), fields, Encoding::binary);
      convert(folder.file("in.pcd"), folder.file(kind.file), options);
      convert(folder.file(kind.file), folder.file("again"), {}, 4);
      EXPECT_EQ(testing::read_text(folder.file("again")),
                testing::read_text(folder.file(kind.file)))
          << kind.file;
    }
  }
}

TEST(RoundTrip, ChunkedReadEqualsOneShotRead) {
  const Folder folder;
  made(folder.file("in.pcd"), testing::field_mixes()[2], Encoding::binary);
  for (const Kind& kind : kinds()) {
    WriterOptions options;
    options.format = kind.format;
    options.encoding = kind.encoding;
    convert(folder.file("in.pcd"), folder.file(kind.file), options);
    const Cloud whole = read_all(folder.file(kind.file));
    for (const std::size_t chunk : {1U, 2U, 7U, 44U, 45U, 46U})
      EXPECT_EQ(read_all(folder.file(kind.file), chunk).chunk.records, whole.chunk.records);
  }
}

TEST(RoundTrip, KittiKeepsEveryBit) {
  const Folder folder;
  const Header header =
      make_header(Format::kitti, Encoding::binary, {{"x"}, {"y"}, {"z"}, {"intensity"}}, 33);
  const auto records = testing::random_records(header, 5);
  write_cloud(folder.file("k.bin"), header, records);
  EXPECT_EQ(testing::read_text(folder.file("k.bin")), std::string(records.begin(), records.end()));
  EXPECT_EQ(read_all(folder.file("k.bin"), 8).chunk.records, records);
}

TEST(RoundTrip, EmptyCloudStaysEmptyInEveryFormat) {
  const Folder folder;
  const Header header =
      make_header(Format::pcd, Encoding::binary_compressed, {{"x"}, {"y"}, {"z"}}, 0);
  write_cloud(folder.file("in.pcd"), header, {});
  for (const Kind& kind : kinds()) {
    WriterOptions options;
    options.format = kind.format;
    options.encoding = kind.encoding;
    convert(folder.file("in.pcd"), folder.file(kind.file), options);
    const Cloud cloud = read_all(folder.file(kind.file));
    EXPECT_EQ(cloud.chunk.points, 0U) << kind.file;
    EXPECT_EQ(cloud.header.fields.size(), 3U) << kind.file;
  }
}

}  // namespace
}  // namespace equicloud::io
