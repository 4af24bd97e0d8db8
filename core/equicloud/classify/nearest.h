// SPDX-License-Identifier: BSD-3-Clause
// The k nearest among at most a few thousand points: blocks of 16 points near each other, and SIMD
// over the blocks that come near enough. At this size that beats a tree of nodes, and nothing is
// allocated from shape to shape.
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
  /// Takes the first `sources` points of xyz. Cost: O(sources log sources).
  /// @param xyz  n x 3, n >= sources, finite, |x| <= 1e18
  void assign(const std::vector<float>& xyz, std::size_t sources);

  /// The sources block by block: an order in which each is near the one before, so that a search
  /// for all of them guesses well how far to look.
  Span<const std::uint32_t> order() const noexcept { return {order_.data(), sources_}; }

  /// The ids.size() sources nearest to source `self`, itself never among them, nearest first, ties
  /// by the lower index. Squared distances in float, (dx^2 + dy^2) + dz^2, each operation rounded:
  /// the same list on every SIMD target.
  /// @param p          coordinates of source `self`, which is < sources
  /// @param ids        fewer than sources (not checked)
  /// @param distances  out, as many as ids: square roots of the squared ones
  void find(const float* p, std::uint32_t self, Span<std::uint32_t> ids, Span<float> distances);

 private:
  void split(const float* xyz, std::size_t begin, std::size_t end);
  // Fills keys_ with more than k points; returns how many.
  std::size_t candidates(const float* p, std::size_t k);

  std::size_t sources_ = 0;
  std::vector<std::uint32_t> order_;   // padded to whole blocks, as points_ are
  Columns points_;                     // in that order
  Columns low_, high_;                 // boxes of the blocks
  std::vector<std::uint32_t> blocks_;  // that come near enough
  std::vector<std::int64_t> keys_;     // points within the bound
  std::vector<std::int64_t> ranks_;    // among those
  float last_ = 0.0F;                  // squared distance of the last call's last neighbour
};

}  // namespace equicloud::classify
