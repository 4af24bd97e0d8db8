// SPDX-License-Identifier: BSD-3-Clause
// The k nearest among at most a few thousand points by looking at all of them: at this size SIMD
// over everything beats a tree, and nothing is built or allocated.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/classify/columns.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::classify {

/// Memory is kept from call to call. Not for two threads at once.
class NearestSearch {
 public:
  /// Takes the points; @param xyz  n x 3, finite, |x| <= 1e18
  void assign(const std::vector<float>& xyz);

  /// The ids.size() nearest of the first `sources` points to point `self`, itself never among them,
  /// nearest first, ties by the lower index. Squared distances in float, (dx^2 + dy^2) + dz^2, each
  /// operation rounded: the same list on every SIMD target.
  /// @param sources    ids.size() < sources <= n (not checked)
  /// @param distances  out, as many as ids: square roots of the squared ones
  /// Cost: O(sources), less than 0.5 ns each, where one call's distances resemble the one's before.
  void find(std::size_t sources, std::uint32_t self, Span<std::uint32_t> ids,
            Span<float> distances);

 private:
  // Fills near_ and squared_ with at least k points beside `self`; returns how many.
  std::size_t candidates(std::size_t sources, std::uint32_t self, std::size_t k);

  Columns columns_;
  std::vector<std::uint32_t> near_;  // indices within the bound
  std::vector<float> squared_;       // and their squared distances
  std::vector<std::uint64_t> keys_;  // (squared distance, index) as one number
  float last_ = 0.0F;                // squared distance of the last call's last neighbour
};

}  // namespace equicloud::classify
