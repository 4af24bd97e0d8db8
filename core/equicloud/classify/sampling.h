// SPDX-License-Identifier: BSD-3-Clause
// Farthest-point sampling: a short list of points that covers a shape evenly, whatever its density,
// each prefix of the list doing the same (T. F. Gonzalez 1985, Theor. Comput. Sci. 38:293: within
// a factor of 2 of the best covering radius).
#pragma once

#include <equicloud/classify/columns.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::classify {

constexpr std::size_t kSamplePoints = 512;

/// Memory is kept from call to call. Not for two threads at once.
class FarthestPointOrder {
 public:
  /// All n points in a new order. The first is the one farthest from the origin; then, min(512, n)
  /// in all, each time the one whose distance to those chosen is largest (ties: the lower index);
  /// then the others as they were. Squared distances in float, (dx^2 + dy^2) + dz^2, each operation
  /// rounded: the same order on every SIMD target. Cost: O(512 n).
  /// @param xyz  n x 3, n >= 0, finite, |x| <= 1e18
  /// @returns n old indices, valid until the next call
  const std::vector<std::uint32_t>& order(const std::vector<float>& xyz);

  /// Rewrites xyz in that order.
  void reorder(std::vector<float>& xyz);

 private:
  Columns columns_;
  std::vector<float> squared_;  // to the nearest chosen point; negative once chosen
  std::vector<std::uint32_t> order_;
  std::vector<float> old_;
};

}  // namespace equicloud::classify
