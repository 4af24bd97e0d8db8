// SPDX-License-Identifier: BSD-3-Clause
// The median of more numbers than fit into memory. Internal to the room.
#pragma once

#include <equicloud/base/scratch_file.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::tiles {

/// The middle one of positive floats, as nth_element finds it: their bits are in the order of their
/// values. Counted by their upper half first, then those of the right one by their lower half.
class Median {
 public:
  explicit Median(const std::string& folder) : file_(folder), upper_(kHalf, 0) {}

  void write(std::uint64_t first, const float* values, std::size_t count) const {
    file_.write(first * sizeof(float), values, count * sizeof(float));
  }
  float of(std::uint64_t count) {
    each(count, [&](std::uint32_t bits) { ++upper_[bits >> 16U]; });
    std::uint64_t left = count / 2;
    const std::uint32_t high = digit(upper_, left);
    std::vector<std::uint64_t> lower(kHalf, 0);
    each(count, [&](std::uint32_t bits) {
      if (bits >> 16U == high) ++lower[bits & 0xffffU];
    });
    const std::uint32_t bits = high << 16U | digit(lower, left);
    float value = 0.0F;
    std::copy_n(reinterpret_cast<const unsigned char*>(&bits), sizeof value,
                reinterpret_cast<unsigned char*>(&value));
    return value;
  }

 private:
  static constexpr std::size_t kHalf = 65536;
  static constexpr std::size_t kRead = 65536;

  template <typename Take>
  void each(std::uint64_t count, const Take& take) const {
    std::vector<std::uint32_t> block(kRead);
    for (std::uint64_t begin = 0; begin < count; begin += kRead) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(kRead, count - begin));
      file_.read(begin * sizeof(float), block.data(), size * sizeof(float));
      std::for_each_n(block.begin(), size, take);
    }
  }
  // The digit whose values hold number `left`, which becomes its number among them.
  static std::uint32_t digit(const std::vector<std::uint64_t>& counts, std::uint64_t& left) {
    std::uint32_t digit = 0;
    for (; left >= counts[digit]; ++digit) left -= counts[digit];
    return digit;
  }

  ScratchFile file_;
  std::vector<std::uint64_t> upper_;
};

}  // namespace equicloud::tiles
