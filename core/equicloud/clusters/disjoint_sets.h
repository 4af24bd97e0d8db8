// SPDX-License-Identifier: BSD-3-Clause
// Disjoint sets that many threads join at once without locks. The partition that results depends on
// the joins only, not on their order, and each set's name is its smallest member.
// Source: Anderson & Woll 1991 (wait-free union-find), path halving.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace equicloud::clusters {

class DisjointSets {
 public:
  /// n sets of one member each, 0 .. n - 1.
  explicit DisjointSets(std::size_t n) : parent_(n) {
    for (std::size_t i = 0; i < n; ++i)
      parent_[i].store(static_cast<std::uint32_t>(i), std::memory_order_relaxed);
  }

  /// The smallest member of x's set, once nobody joins any more; while others join, some member.
  std::uint32_t find(std::uint32_t x) noexcept {
    while (true) {
      std::uint32_t parent = parent_[x].load(std::memory_order_relaxed);
      if (parent == x) return x;
      const std::uint32_t grand = parent_[parent].load(std::memory_order_relaxed);
      if (grand != parent)
        parent_[x].compare_exchange_weak(parent, grand, std::memory_order_relaxed);
      x = grand;
    }
  }

  /// Joins the sets of a and b. A parent is always smaller than its child, so no ring can form.
  void unite(std::uint32_t a, std::uint32_t b) noexcept {
    while (true) {
      a = find(a);
      b = find(b);
      if (a == b) return;
      if (a < b) std::swap(a, b);
      std::uint32_t root = a;
      if (parent_[a].compare_exchange_strong(root, b, std::memory_order_relaxed)) return;
    }
  }

 private:
  std::vector<std::atomic<std::uint32_t>> parent_;
};

}  // namespace equicloud::clusters
