// SPDX-License-Identifier: BSD-3-Clause
// The Legendre step of a transform on one grid, without tables: what kernels/recurrence.h needs for
// every order. O(b^2) numbers. Internal to the room.
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/kernels/recurrence.h>
#include <equicloud/sphere/grid.h>

#include <vector>

namespace equicloud::sphere {

class LegendreRecurrences {
 public:
  explicit LegendreRecurrences(const Grid& grid);
  /// d^l_m0 on the northern rings, the equator's included; i = l - m.
  kernels::Recurrence order(int m) const noexcept;
  std::size_t bytes() const noexcept;

 private:
  struct Order {
    std::vector<double> factor, scale;
    AlignedVector<double> start;
    std::vector<std::size_t> begin;
  };
  std::size_t rings_;
  AlignedVector<double> cosine_;
  std::vector<Order> orders_;
};

}  // namespace equicloud::sphere
