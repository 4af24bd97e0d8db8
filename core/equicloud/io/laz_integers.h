// SPDX-License-Identifier: BSD-3-Clause
// Inside io: how LAZ codes a whole number by its difference from a predicted one: first how many
// bits the difference takes, then the bits, the high ones by a model. Source: laz_models.h.
#pragma once

#include <equicloud/io/laz_models.h>

#include <cstdint>

namespace equicloud::io::laz {

class Integers {
 public:
  /// @param bits  8, 16 or 32: numbers of that many bits, differences around the corner
  Integers(unsigned bits, unsigned contexts)
      : bits_(bits), sizes_(contexts, bits + 1), high_(bits + 1, 1U << kHighBits) {
    for (unsigned k = 1; k < kHighBits && k <= bits; ++k) small_.emplace_back(1, 1U << k);
  }

  /// The number that is there (`number` if the coder writes).
  template <typename Coder>
  std::int32_t code(Coder& coder, std::int32_t predicted, std::int32_t number, unsigned context) {
    const std::int32_t difference =
        code_difference(coder, folded(unsign(number) - unsign(predicted)), sizes_[context]);
    const std::uint32_t sum = unsign(predicted) + unsign(difference);
    return static_cast<std::int32_t>(bits_ < 32 ? sum & ((1U << bits_) - 1U) : sum);
  }

  /// Bits that the last difference took, 0 to `bits`.
  unsigned last_size() const noexcept { return last_size_; }

 private:
  static constexpr unsigned kHighBits = 8;  // the bits below these have no model

  static std::uint32_t unsign(std::int32_t number) noexcept {
    return static_cast<std::uint32_t>(number);
  }

  /// The difference nearest zero among those that are alike modulo 2^bits.
  std::int32_t folded(std::uint32_t difference) const noexcept {
    if (bits_ == 32) return static_cast<std::int32_t>(difference);
    const std::uint32_t half = 1U << (bits_ - 1);
    return static_cast<std::int32_t>((difference + half) & (2 * half - 1)) -
           static_cast<std::int32_t>(half);
  }

  /// The least k with -(2^k) < difference <= 2^k.
  static unsigned size_of_difference(std::int32_t difference) noexcept {
    std::uint32_t rest = difference <= 0 ? 0U - unsign(difference) : unsign(difference) - 1U;
    unsigned size = 0;
    for (; rest > 0; rest >>= 1U) ++size;
    return size;
  }

  SymbolModel& model(unsigned size) { return size < kHighBits ? small_[size - 1][0] : high_[size]; }

  template <typename Coder>
  std::int32_t code_difference(Coder& coder, std::int32_t difference, SymbolModel& sizes) {
    const unsigned size = last_size_ = coder.symbol(sizes, size_of_difference(difference));
    if (size == 0) return static_cast<std::int32_t>(coder.bit(zero_or_one_, unsign(difference)));
    if (size == 32) return INT32_MIN;
    // Negative differences come first, then those above 2^(size - 1).
    const std::uint32_t shift = (1U << size) - 1U;
    std::uint32_t rest = difference < 0 ? unsign(difference) + shift : unsign(difference) - 1U;
    if (size <= kHighBits) {
      rest = coder.symbol(model(size), rest);
    } else {
      const unsigned low_bits = size - kHighBits;
      const std::uint32_t low = rest & ((1U << low_bits) - 1U);
      const std::uint32_t high = coder.symbol(model(size), rest >> low_bits);
      rest = high << low_bits | coder.bits(low_bits, low);
    }
    const bool positive = rest >= 1U << (size - 1);
    return static_cast<std::int32_t>(positive ? rest + 1U : rest - shift);
  }

  unsigned bits_;
  unsigned last_size_ = 0;
  SymbolModels sizes_;
  BitModel zero_or_one_;
  std::vector<SymbolModels> small_;
  SymbolModels high_;
};

}  // namespace equicloud::io::laz
