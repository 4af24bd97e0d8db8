// SPDX-License-Identifier: BSD-3-Clause
// The Legendre step of a transform on one grid, as matrix products. Ring j and its mirror image
// have d^l_m0 equal up to (-1)^{l+m}: each order m has an even part (l - m even, which sees the sum
// of the two rings) and an odd part. Internal to the room.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/kernels/product.h>
#include <equicloud/sphere/grid.h>

#include <cstddef>
#include <vector>

namespace equicloud::sphere {

/// d^l_m0 of one parity of one order: degrees l = m + parity + 2i, i < degrees, on the rings north
/// of and on the equator. Read by columns for analysis and by rows for synthesis.
template <typename T>
struct LegendreBlock {
  std::size_t degrees = 0;
  std::size_t first = 0;     ///< rings nearer the pole have |d| below rounding: left out
  const T* table = nullptr;  ///< [ring - first][i]
  std::size_t step = 0;      ///< from ring to ring
};

template <typename T>
class LegendreTables {
 public:
  LegendreTables() = default;
  explicit LegendreTables(const Grid& grid);
  LegendreTables(LegendreTables&&) noexcept = default;  // blocks point into the tables
  LegendreTables& operator=(LegendreTables&&) noexcept = default;

  /// @param parity  0: l - m even, 1: odd
  const LegendreBlock<T>& block(int m, int parity) const noexcept {
    return blocks_[static_cast<std::size_t>(2 * m + parity)];
  }
  std::size_t bytes() const noexcept { return tables_.size() * sizeof(T); }

 private:
  std::vector<LegendreBlock<T>> blocks_;
  AlignedVector<T> tables_;
};

}  // namespace equicloud::sphere
