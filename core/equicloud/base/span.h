// SPDX-License-Identifier: BSD-3-Clause
// A view of contiguous elements: pointer and length, owning nothing (std::span is C++20).
#pragma once

#include <cstddef>
#include <type_traits>
#include <vector>

namespace equicloud {

/// `Span<const T>` reads, `Span<T>` writes. The viewed memory must outlive the span.
template <typename T>
class Span {
 public:
  constexpr Span() noexcept = default;
  constexpr Span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}
  Span(std::vector<std::remove_const_t<T>>& v) noexcept : Span(v.data(), v.size()) {}
  template <typename U = T, typename = std::enable_if_t<std::is_const_v<U>>>
  Span(const std::vector<std::remove_const_t<T>>& v) noexcept : Span(v.data(), v.size()) {}
  template <typename U = T, typename = std::enable_if_t<std::is_const_v<U>>>
  Span(const Span<std::remove_const_t<T>>& s) noexcept : Span(s.data(), s.size()) {}

  constexpr T* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr T* begin() const noexcept { return data_; }
  constexpr T* end() const noexcept { return data_ + size_; }
  constexpr T& operator[](std::size_t i) const noexcept { return data_[i]; }
  /// Elements [first, first + count); the range must lie inside (not checked).
  constexpr Span subspan(std::size_t first, std::size_t count) const noexcept {
    return {data_ + first, count};
  }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace equicloud
