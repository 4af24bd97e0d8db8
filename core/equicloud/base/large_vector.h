// SPDX-License-Identifier: BSD-3-Clause
// Vectors that hold something for every point of a cloud. Elements begin undefined: pages that are
// touched only to be zeroed, and then overwritten, cost more than many a computation.
#pragma once

#include <equicloud/base/aligned.h>

#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace equicloud {

/// AlignedAllocator, but elements made without a value are default-initialised: numbers hold
/// anything.
template <typename T>
struct LargeAllocator : AlignedAllocator<T> {
  LargeAllocator() noexcept = default;
  template <typename U>
  LargeAllocator(const LargeAllocator<U>&) noexcept {}
  template <typename U>
  struct rebind {
    using other = LargeAllocator<U>;
  };

  template <typename U>
  void construct(U* p) noexcept(std::is_nothrow_default_constructible_v<U>) {
    ::new (static_cast<void*>(p)) U;
  }
  template <typename U, typename... Values>
  void construct(U* p, Values&&... values) {
    ::new (static_cast<void*>(p)) U(std::forward<Values>(values)...);
  }
};

template <typename T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace equicloud
