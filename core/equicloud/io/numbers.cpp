// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/numbers.h>
#include <fast_float/fast_float.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace equicloud::io {
namespace {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "records are little-endian in memory");

/// Calls work(T{}) with the C++ type of a scalar.
template <typename Work>
auto with_type(Scalar type, Work&& work) {
  switch (type) {
    case Scalar::i8:
      return work(std::int8_t{});
    case Scalar::u8:
      return work(std::uint8_t{});
    case Scalar::i16:
      return work(std::int16_t{});
    case Scalar::u16:
      return work(std::uint16_t{});
    case Scalar::i32:
      return work(std::int32_t{});
    case Scalar::u32:
      return work(std::uint32_t{});
    case Scalar::i64:
      return work(std::int64_t{});
    case Scalar::u64:
      return work(std::uint64_t{});
    case Scalar::f32:
      return work(float{});
    case Scalar::f64:
      break;
  }
  return work(double{});
}

template <typename T>
bool parse_float(std::string_view token, T& value) noexcept {
  const char* end = token.data() + token.size();
  const auto result = fast_float::from_chars(token.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return false;
  if (!std::isinf(value)) return true;
  // An overflow is no infinity; only the word is. ("-inf", "infinity": i follows the sign.)
  const char first = token[token.front() == '-' ? 1 : 0];
  return first == 'i' || first == 'I';
}

/// number as T, if T holds exactly that whole number.
template <typename T>
bool whole(double number, T& value) noexcept {
  constexpr double low = static_cast<double>(std::numeric_limits<T>::min());
  // 2^bits: exact, while max() itself would round up for 64 bits.
  const double high = std::ldexp(1.0, std::numeric_limits<T>::digits);
  if (!(number >= low && number < high) || number != std::floor(number)) return false;
  value = static_cast<T>(number);
  return true;
}

template <typename T>
bool parse_as(std::string_view token, T& value) noexcept {
  if constexpr (std::is_floating_point_v<T>) {
    return parse_float(token, value);
  } else {
    const char* end = token.data() + token.size();
    const auto result = std::from_chars(token.data(), end, value);
    if (result.ec == std::errc() && result.ptr == end) return true;
    double number = 0;
    return parse_float(token, number) && whole(number, value);
  }
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool Tokens::next(std::string_view& token) noexcept {
  if (ended_) return false;
  if (strict_) {
    const std::size_t end = rest_.find(separator_);
    token = trimmed(rest_.substr(0, end));
    ended_ = end == std::string_view::npos;
    if (!ended_) rest_.remove_prefix(end + 1);
    return true;
  }
  std::size_t begin = 0;
  while (begin < rest_.size() && is_blank(rest_[begin])) ++begin;
  std::size_t end = begin;
  while (end < rest_.size() && !is_blank(rest_[end])) ++end;
  token = rest_.substr(begin, end - begin);
  rest_.remove_prefix(end);
  ended_ = token.empty();
  return !ended_;
}

bool parse(std::string_view token, Scalar type, unsigned char* value) noexcept {
  if (token.size() > 1 && token[0] == '+' && token[1] != '-') token.remove_prefix(1);
  if (token.empty()) return false;
  return with_type(type, [&](auto number) {
    if (!parse_as(token, number)) return false;
    std::memcpy(value, &number, sizeof number);
    return true;
  });
}

bool parse_count(std::string_view token, std::uint64_t& value) noexcept {
  const char* end = token.data() + token.size();
  const auto result = std::from_chars(token.data(), end, value);
  return !token.empty() && result.ec == std::errc() && result.ptr == end;
}

void append_text(const unsigned char* value, Scalar type, std::string& text) {
  with_type(type, [&](auto number) {
    std::memcpy(&number, value, sizeof number);
    if constexpr (std::is_floating_point_v<decltype(number)>) {
      if (std::isnan(number)) {  // to_chars would print "-nan", which not every reader takes
        text += "nan";
        return;
      }
    }
    char digits[64];
    const auto result = std::to_chars(digits, digits + sizeof digits, number);
    text.append(digits, result.ptr);
  });
}

double load(const unsigned char* value, Scalar type) noexcept {
  return with_type(type, [&](auto number) {
    std::memcpy(&number, value, sizeof number);
    return static_cast<double>(number);
  });
}

bool store(double number, Scalar type, unsigned char* value) noexcept {
  return with_type(type, [&](auto typed) {
    if constexpr (std::is_floating_point_v<decltype(typed)>) {
      if (sizeof typed < sizeof number && std::isfinite(number) &&
          std::abs(number) > static_cast<double>(std::numeric_limits<float>::max()))
        return false;
      typed = static_cast<decltype(typed)>(number);
    } else if (!whole(number, typed)) {
      return false;
    }
    std::memcpy(value, &typed, sizeof typed);
    return true;
  });
}

void swap_bytes(unsigned char* values, std::size_t size, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) std::reverse(values + i * size, values + (i + 1) * size);
}

}  // namespace equicloud::io
