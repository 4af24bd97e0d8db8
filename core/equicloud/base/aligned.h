// SPDX-License-Identifier: BSD-3-Clause
// Arrays that begin at a cache line: what plans ask of the memory they transform, and what keeps a
// SIMD load from straddling two lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace equicloud {

/// Bytes of a cache line; also the widest vector of any SIMD target.
constexpr std::size_t kAlignment = 64;

/// std::allocator at multiples of kAlignment.
template <typename T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() noexcept = default;
  template <typename U>
  AlignedAllocator(const AlignedAllocator<U>&) noexcept {}

  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{kAlignment}));
  }
  void deallocate(T* p, std::size_t) noexcept {
    ::operator delete (p, std::align_val_t{kAlignment});
  }
  template <typename U>
  bool operator==(const AlignedAllocator<U>&) const noexcept {
    return true;
  }
  template <typename U>
  bool operator!=(const AlignedAllocator<U>&) const noexcept {
    return false;
  }
};

template <typename T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

inline bool is_aligned(const void* p) noexcept {
  return reinterpret_cast<std::uintptr_t>(p) % kAlignment == 0;
}

/// n rounded up so that n elements of T fill whole cache lines.
template <typename T>
constexpr std::size_t whole_lines(std::size_t n) noexcept {
  constexpr std::size_t per_line = kAlignment / sizeof(T);
  return (n + per_line - 1) / per_line * per_line;
}

}  // namespace equicloud
