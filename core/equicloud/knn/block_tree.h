// SPDX-License-Identifier: BSD-3-Clause
// Points in blocks of 16 that lie together, and boxes around them: 16 blocks in a group, 16 groups
// in a group of those, and so on. Points are taken along a space-filling curve, 1024 at a time, and
// each such chunk is halved across its longest side until blocks are left: the curve alone makes
// blocks that jump. Internal to the room.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/kernels/distances.h>
#include <equicloud/points/canonical_order.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <cstdint>
#include <vector>

namespace equicloud::knn {

/// Points of the curve that are put into blocks together.
constexpr std::size_t kChunk = 1024;

/// Coordinates apart, padded with infinities to a multiple of kernels::kBlockPoints.
struct Columns {
  std::array<AlignedVector<float>, 3> axis;

  void resize(std::size_t count);  ///< all infinite
  kernels::PointColumns view(std::size_t begin, std::size_t count) const noexcept;
  kernels::PointColumns view() const noexcept { return view(0, axis[0].size()); }
  void set(std::size_t i, const float* p) noexcept;
};

/// Boxes of one level.
struct Boxes {
  Columns low, high;
  std::size_t count = 0;

  /// Around 16 and 16 of `below` others, which may be points: low = high.
  void around(const Columns& lows, const Columns& highs, std::size_t below);
};

struct BlockTree {
  /// Of other points, in the memory of those before.
  /// @param given  finite. Cost: O(n) where they are in canonical order, else O(n log n).
  void build(PointsView given);

  std::size_t blocks() const noexcept { return levels.front().count; }
  /// Whether each row lies in the chunk of its own number.
  bool in_order() const noexcept { return slot_of_row.empty(); }

  PointsView points;                       ///< as given
  Columns columns;                         ///< by slot, scaled by a power of two
  std::vector<std::uint32_t> rows;         ///< the caller's number of each slot; pads: points.size
  std::vector<std::uint32_t> slot_of_row;  ///< empty if points came in canonical order
  std::vector<Boxes> levels;               ///< of blocks first; the last one has at most 16

 private:
  void sort_along(const Curve& curve);
  void fill_chunks(float scale);
  void box_up();
};

}  // namespace equicloud::knn
