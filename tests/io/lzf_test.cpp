// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/io/lzf.h>
#include <gtest/gtest.h>
#include <liblzf/lzf.h>

namespace equicloud::io {
namespace {

/// Bytes with repetitions at many distances: `variety` 256 is noise, 1 a single value.
std::vector<unsigned char> bytes_of(std::size_t size, unsigned variety, std::uint64_t seed) {
  Random random(seed);
  std::vector<unsigned char> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    const bool repeats = i > 20 && random.below(3) > 0;
    bytes[i] = repeats ? bytes[i - 1 - random.below(20)]
                       : static_cast<unsigned char>(random.below(variety));
  }
  return bytes;
}

TEST(Lzf, UnpackUndoesPack) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 4U, 31U, 32U, 33U, 264U, 1000U, 20000U, 200000U})
    for (const unsigned variety : {1U, 2U, 17U, 256U}) {
      const auto bytes = bytes_of(size, variety, size + variety);
      const auto block = lzf_pack(bytes);
      EXPECT_LE(block.size(), size + size / 32 + 1);
      std::vector<unsigned char> back(size);
      ASSERT_TRUE(lzf_unpack(block, back)) << size << " " << variety;
      EXPECT_EQ(back, bytes);
      EXPECT_LE(size, lzf_most_unpacked(block.size()));
    }
}

TEST(Lzf, UnpacksWhatLiblzfPacks) {
  const auto bytes = bytes_of(50000, 9, 3);
  std::vector<unsigned char> block(60000);
  block.resize(lzf_compress(bytes.data(), 50000, block.data(), 60000));
  std::vector<unsigned char> back(bytes.size());
  ASSERT_TRUE(lzf_unpack(block, back));
  EXPECT_EQ(back, bytes);
}

TEST(Lzf, PacksAboutAsTightlyAsLiblzf) {
  const auto bytes = bytes_of(100000, 9, 4);
  std::vector<unsigned char> block(120000);
  const double theirs = lzf_compress(bytes.data(), 100000, block.data(), 120000);
  EXPECT_LT(static_cast<double>(lzf_pack(bytes).size()), 1.1 * theirs);
}

TEST(Lzf, SamePackedBytesEveryTime) {
  const auto bytes = bytes_of(70000, 5, 8);
  const auto first = lzf_pack(bytes);
  lzf_pack(bytes_of(70000, 3, 9));
  EXPECT_EQ(lzf_pack(bytes), first);
}

TEST(Lzf, RefusesABlockThatYieldsAnotherSizeOrIsCut) {
  const auto bytes = bytes_of(1000, 5, 8);
  auto block = lzf_pack(bytes);
  std::vector<unsigned char> shorter(999);
  std::vector<unsigned char> longer(1001);
  std::vector<unsigned char> right(1000);
  EXPECT_FALSE(lzf_unpack(block, shorter));
  EXPECT_FALSE(lzf_unpack(block, longer));
  block.pop_back();
  EXPECT_FALSE(lzf_unpack(block, right));
}

}  // namespace
}  // namespace equicloud::io
