// SPDX-License-Identifier: BSD-3-Clause
// The reader of packed ModelNet clouds on small folders made here, whole and damaged.
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/modelnet.h>
#include <train/xz.h>
#ifdef EQUICLOUD_TRAIN_LZMA
#include <lzma.h>
#endif

#include <cstdint>
#include <filesystem>
#include <string>

#include "train/temporary_folder.h"

namespace equicloud::train {
namespace {

namespace fs = std::filesystem;
using Bytes = std::string;

constexpr std::size_t kShapeBytes = 6144;
constexpr char kHeader[] = "index,shard,row,label,class,name\n";

/// Shapes whose coordinates are first, first + 1, .. in 1/16384.
Bytes shard(std::size_t shapes, int first) {
  Bytes bytes;
  for (std::size_t i = 0; i < shapes * kShapeBytes / 2; ++i) {
    const auto value = static_cast<std::uint16_t>(first + static_cast<int>(i));
    bytes.push_back(static_cast<char>(value & 0xff));
    bytes.push_back(static_cast<char>(value >> 8));
  }
  return bytes;
}

class Modelnet : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    write("classes.txt", "bowl\ncup\n");
    write("labels.csv",
          std::string(kHeader) + "0,0,0,1,cup,cup_7\n1,0,1,0,bowl,bowl_1\n2,1,0,1,cup,cup_9\n");
    write("some_00.i16", shard(2, 0));
    write("some_01.i16", shard(1, -16384));
  }
  void expect_complaint(const std::string& part) const {
    TemporaryFolder::expect_complaint(read_modelnet, part);
  }
  void expect_good() const {
    const ShapeSet set = read_shapes(root_.string());
    EXPECT_EQ(set.classes, (std::vector<std::string>{"bowl", "cup"}));
    EXPECT_EQ(set.labels, (std::vector<std::uint32_t>{1, 0, 1}));
    ASSERT_EQ(set.size(), 3U);
    for (const auto& cloud : set.clouds) ASSERT_EQ(cloud.size(), 3 * kPackedShapePoints);
    EXPECT_EQ(set.clouds[0][5], 5.0F / 16384.0F);
    EXPECT_EQ(set.clouds[1][0], 3072.0F / 16384.0F);
    EXPECT_EQ(set.clouds[2][0], -1.0F);
  }
};

TEST_F(Modelnet, FolderIsReadInStoredOrder) { expect_good(); }

TEST_F(Modelnet, ShardTooShortOrTooLongIsRefusedWithBothNumbers) {
  for (const std::size_t size : {std::size_t{0}, kShapeBytes - 1, kShapeBytes + 1}) {
    Bytes bytes = shard(2, 0);
    bytes.resize(size);
    write("some_01.i16", bytes);
    expect_complaint("some_01.i16: holds " + std::to_string(size) + " bytes, expected 6144");
  }
}

TEST_F(Modelnet, MissingShardIsNamed) {
  fs::remove(root_ / "some_01.i16");
  expect_complaint("no file of shard 1");
}

TEST_F(Modelnet, TwoFilesOfOneShardAreRefused) {
  write("other_01.i16", shard(1, 0));
  expect_complaint("the same shard");
}

TEST_F(Modelnet, ListThatContradictsItselfIsRefused) {
  const std::string header = kHeader;
  write("labels.csv", header + "0,0,0,0,cup,cup_7\n");
  expect_complaint("is not class \"cup\"");
  write("labels.csv", header + "0,0,0,2,cup,cup_7\n");
  expect_complaint("is not class \"cup\"");
  write("labels.csv", header + "0,0,0,x,cup,cup_7\n");
  expect_complaint("\"x\" is no whole number");
  write("labels.csv", header + "0,0,0,1,cup\n");
  expect_complaint("has 5 fields");
  write("labels.csv", header + "0,0,0,1,cup,a\n1,0,2,1,cup,b\n");
  expect_complaint("stored order");
  write("labels.csv", header + "0,1,0,1,cup,a\n");
  expect_complaint("stored order");
  write("labels.csv", header);
  expect_complaint("lists no shape");
}

#ifdef EQUICLOUD_TRAIN_LZMA

const std::uint8_t* data(const Bytes& bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

Bytes packed(const Bytes& bytes) {
  Bytes out(lzma_stream_buffer_bound(bytes.size()), '\0');
  std::size_t written = 0;
  EXPECT_EQ(
      lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr, data(bytes), bytes.size(),
                              reinterpret_cast<std::uint8_t*>(out.data()), &written, out.size()),
      LZMA_OK);
  out.resize(written);
  return out;
}

TEST_F(Modelnet, PackedShardsAreReadLikeUnpackedOnes) {
  fs::remove(root_ / "some_00.i16");
  write("some_00.i16.xz", packed(shard(2, 0)));
  write("some_01.i16.xz", "never read: the unpacked one is there");
  expect_good();
}

TEST_F(Modelnet, DamagedOrOverlongPackedShardIsRefused) {
  fs::remove(root_ / "some_01.i16");
  Bytes bytes = packed(shard(1, 0));
  bytes.resize(bytes.size() / 2);
  write("some_01.i16.xz", bytes);
  expect_complaint("truncated or damaged");
  write("some_01.i16.xz", "no xz at all");
  expect_complaint("truncated or damaged");
  write("some_01.i16.xz", packed(shard(2, 0)));
  expect_complaint("more than the 6144 bytes expected");
}

#else

TEST_F(Modelnet, PackedShardAsksToBeUnpackedWhereThereIsNoLiblzma) {
  fs::remove(root_ / "some_01.i16");
  write("some_01.i16.xz", "any");
  expect_complaint("xz -dk");
}

#endif

}  // namespace
}  // namespace equicloud::train
