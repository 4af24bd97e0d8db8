// SPDX-License-Identifier: BSD-3-Clause
// Inside io: values as text and as bytes. Parsing is exact (fast_float), free of locale, and either
// takes a whole token or refuses it; printing is the shortest text that reads back to the same
// bits.
#pragma once

#include <equicloud/io/header.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace equicloud::io {

/// Blanks, tabs, carriage returns and line ends.
inline bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

/// `text` without blanks at both ends.
std::string_view trimmed(std::string_view text) noexcept;

/// Takes tokens off the front of a line.
class Tokens {
 public:
  /// @param separator  ',' or ';': exactly one between two tokens (blanks around it do not count);
  /// anything else: runs of blanks
  explicit Tokens(std::string_view text, char separator = ' ') noexcept
      : rest_(text), strict_(separator == ',' || separator == ';'), separator_(separator) {}
  /// The next token; false after the last. With a strict separator a token may be empty.
  bool next(std::string_view& token) noexcept;

 private:
  std::string_view rest_;
  bool strict_;
  char separator_;
  bool ended_ = false;
};

/// Parses a token into the `size_of(type)` bytes of a value, little-endian. Integers may be spelt
/// as whole floats ("3.0"). False if it is no number or does not fit the type; "nan" and "inf" fit
/// floats.
bool parse(std::string_view token, Scalar type, unsigned char* value) noexcept;

/// A decimal count without sign, or false.
bool parse_count(std::string_view token, std::uint64_t& value) noexcept;

/// Appends the value as text: shortest round trip for floats ("nan", "inf", "-inf" included).
void append_text(const unsigned char* value, Scalar type, std::string& text);

/// A value as double, and back. store() is false if the double is not exact in an integer type or,
/// for f32, overflows.
double load(const unsigned char* value, Scalar type) noexcept;
bool store(double number, Scalar type, unsigned char* value) noexcept;

/// Reverses the bytes of `count` values of `size` bytes.
void swap_bytes(unsigned char* values, std::size_t size, std::size_t count) noexcept;

}  // namespace equicloud::io
