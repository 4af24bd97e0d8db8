// SPDX-License-Identifier: BSD-3-Clause
// The reader of packed clouds on archives made here, whole and damaged.
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/archive.h>
#include <train/objects.h>
#include <train/shapes.h>

#include <cstring>
#include <set>
#include <string>

namespace equicloud::train {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out.push_back(i < 8 ? static_cast<char>(value >> (8 * i)) : '\0');
  }
}

std::string npy(const std::string& type, const std::string& shape, const std::string& values) {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
  std::string out = "\x93NUMPY\x01";
  out.push_back('\0');
  put(out, header.size(), 2);
  return out + header + values;
}

std::string floats(std::initializer_list<float> values) {
  std::string out;
  for (const float v : values) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &v, 4);
    put(out, bits, 4);
  }
  return out;
}

struct Member {
  std::string name, content;
};

/// A zip archive; deflated: as one stored block of the deflate format. Checksums are left 0.
std::string zip(const std::vector<Member>& members, bool deflated) {
  std::string body, directory;
  for (const Member& m : members) {
    std::string packed = m.content;
    if (deflated) {
      packed = "\x01";
      put(packed, m.content.size(), 2);
      put(packed, ~m.content.size(), 2);
      packed += m.content;
    }
    std::string common;  // the part that local header and directory entry share
    put(common, 20, 2);
    put(common, 0, 2);
    put(common, deflated ? 8 : 0, 2);
    put(common, 0, 8);
    put(common, packed.size(), 4);
    put(common, m.content.size(), 4);
    put(common, m.name.size(), 2);
    put(common, 0, 2);
    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);
    directory += common;
    put(directory, 0, 10);
    put(directory, body.size(), 4);
    directory += m.name;
    put(body, 0x04034b50, 4);
    body += common + m.name + packed;
  }
  std::string end;
  put(end, 0x06054b50, 4);
  put(end, 0, 4);
  put(end, members.size(), 2);
  put(end, members.size(), 2);
  put(end, directory.size(), 4);
  put(end, body.size(), 4);
  put(end, 0, 2);
  return body + directory + end;
}

std::vector<Member> good_members() {
  std::string xyz;
  for (const int v : {0, 1, -2, 32767, -32768, 5}) put(xyz, static_cast<std::uint16_t>(v), 2);
  return {{"xyz.npy", npy("<i2", "(2, 3)", xyz)},
          {"scale.npy", npy("<f4", "()", floats({0.5F}))},
          {"offset.npy", npy("<f4", "(3,)", floats({10.0F, 20.0F, 30.0F}))}};
}

PackedCloud parse(const std::string& bytes) {
  return parse_packed_cloud(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                            "cloud.npz");
}

/// The sentence that a damaged archive is refused with.
std::string complaint(const std::string& bytes) {
  try {
    parse(bytes);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "accepted";
}

std::string with_member(std::size_t which, const std::string& content) {
  std::vector<Member> members = good_members();
  members[which].content = content;
  return zip(members, false);
}

void expect_good(const PackedCloud& cloud) {
  EXPECT_EQ(cloud.xyz, (std::vector<float>{0.0F, 0.5F, -1.0F, 16383.5F, -16384.0F, 2.5F}));
  EXPECT_EQ(cloud.offset, (std::array<double, 3>{10.0, 20.0, 30.0}));
}

TEST(PackedCloud, StoredArchiveIsRead) { expect_good(parse(zip(good_members(), false))); }

#ifdef EQUICLOUD_TRAIN_ZLIB
TEST(PackedCloud, DeflatedArchiveIsRead) { expect_good(parse(zip(good_members(), true))); }

TEST(PackedCloud, DamagedDeflateStreamIsRefused) {
  std::string bytes = zip(good_members(), true);
  bytes[30 + 7] = '\x07';  // the first member's first byte: a reserved block type
  EXPECT_NE(complaint(bytes).find("does not unpack"), std::string::npos) << complaint(bytes);
}
#endif

TEST(PackedCloud, EveryTruncationIsRefused) {
  const std::string bytes = zip(good_members(), false);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(complaint(bytes.substr(0, size)).rfind("cloud.npz", 0), 0U) << size;
  }
}

TEST(PackedCloud, AnyByteChangedNeverReadsOutside) {
  const std::string good = zip(good_members(), true);
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const int flip : {1, 0x80, 0xff}) {
      std::string bytes = good;
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      complaint(bytes);  // accepted or refused; the sanitizers watch
    }
  }
}

TEST(PackedCloud, MissingArrayIsNamed) {
  std::vector<Member> members = good_members();
  members.pop_back();
  EXPECT_NE(complaint(zip(members, false)).find("\"offset\""), std::string::npos);
}

TEST(PackedCloud, WrongTypeShapeOrLengthIsRefused) {
  EXPECT_NE(complaint(with_member(0, npy("<f4", "(1, 3)", floats({1, 2, 3})))).find("expected <i2"),
            std::string::npos);
  EXPECT_NE(complaint(with_member(0, npy("<i2", "(6,)", std::string(12, '\0')))).find("(N, 3)"),
            std::string::npos);
  EXPECT_NE(
      complaint(with_member(0, npy("<i2", "(9999999, 3)", std::string(12, '\0')))).find("declares"),
      std::string::npos);
  EXPECT_NE(complaint(with_member(0, "nothing")).find("not an npy array"), std::string::npos);
  EXPECT_NE(
      complaint(with_member(0, npy(">i2", "(2, 3)", std::string(12, '\0')))).find("not supported"),
      std::string::npos);
}

TEST(PackedCloud, NonFiniteScaleIsRefused) {
  EXPECT_NE(complaint(with_member(1, npy("<f4", "()", floats({1.0F / 0.0F})))).find("finite"),
            std::string::npos);
}

TEST(Shapes, ValidationShapesAreThoseOfTheProtocolAndNeverTrainedOn) {
  std::set<std::string> train, validate;
  for (const Shape& shape : shapes()) (shape.train ? train : validate).insert(shape.name);
  EXPECT_EQ(validate, (std::set<std::string>{"fandisk", "lion", "gears", "angle_block", "pizza",
                                             "cat_low_resolution", "tree_lille_2", "city_block_als",
                                             "counter_unitsmm", "snail"}));
  for (const std::string& name : validate) EXPECT_EQ(train.count(name), 0U) << name;
  EXPECT_EQ(train.size() + validate.size(), shapes().size());
}

TEST(Shapes, TrainingShapesHaveALicenceThatAllowsIt) {
  for (const Shape& shape : shapes()) {
    if (!shape.train) continue;
    const bool allowed =
        shape.licence.rfind("CC BY 3.0 ", 0) == 0 || shape.licence.rfind("CC BY 4.0 ", 0) == 0 ||
        shape.licence.rfind("MIT ", 0) == 0 || shape.licence.rfind("public domain ", 0) == 0;
    EXPECT_TRUE(allowed) << shape.name << ": " << shape.licence;
  }
}

TEST(Shapes, MalformedListIsRefused) {
  EXPECT_THROW(parse_shapes("ball perhaps MIT (here)\n"), FormatError);
  EXPECT_THROW(parse_shapes("ball train\n"), FormatError);
}

}  // namespace
}  // namespace equicloud::train
