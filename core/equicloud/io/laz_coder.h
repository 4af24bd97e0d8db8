// SPDX-License-Identifier: BSD-3-Clause
// Inside io: LAZ's arithmetic coder in both directions, with one face: each function takes the
// value to write and returns the value there is. The decoder ignores what it is given, so one text
// says for both how points become symbols. Sources: laz_models.h.
#pragma once

#include <equicloud/io/laz_models.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::io::laz {

/// Reads symbols from bytes that outlive it.
class Decoder {
 public:
  static constexpr bool kWrites = false;

  /// @param name  the file, for messages
  Decoder(const unsigned char* begin, const unsigned char* end, const std::string& name);

  unsigned bit(BitModel& model, unsigned ignored = 0);
  unsigned symbol(SymbolModel& model, unsigned ignored = 0);
  /// A number of `count` bits, 1 to 32, all values alike.
  std::uint32_t bits(unsigned count, std::uint32_t ignored = 0);
  /// Throws FormatError: the bytes are no points.
  [[noreturn]] void fail() const;

 private:
  std::uint32_t some_bits(unsigned count);
  void refill();

  const unsigned char* next_;
  const unsigned char* end_;
  const std::string* name_;
  std::uint32_t value_ = 0;
  std::uint32_t length_ = 0xFFFFFFFFU;
  unsigned missing_ = 0;  // bytes asked for behind the end
};

/// Writes symbols.
class Encoder {
 public:
  static constexpr bool kWrites = true;

  unsigned bit(BitModel& model, unsigned value);
  unsigned symbol(SymbolModel& model, unsigned value);
  std::uint32_t bits(unsigned count, std::uint32_t value);
  [[noreturn]] void fail() const;

  /// The bytes; the encoder is then spent.
  std::vector<unsigned char> finish();

 private:
  void add(std::uint32_t amount);
  void put_out();

  std::vector<unsigned char> bytes_;
  std::uint32_t base_ = 0;
  std::uint32_t length_ = 0xFFFFFFFFU;
};

}  // namespace equicloud::io::laz
