// SPDX-License-Identifier: BSD-3-Clause
// Poolings: functions of a set of vectors that do not depend on the order of its members.
#pragma once

#include <cstddef>

namespace equicloud::sets {

/// Of members a_j with weights w_j in [0, 1], channel by channel, S = own + sum_j w_j:
enum class Pooling {
  mean,   ///< (sum_j w_j a_j) / S
  max,    ///< max_j w_j a_j; continuous in w for a >= 0
  sum,    ///< sum_j w_j a_j
  pnorm,  ///< (sum_j w_j |a_j|^3)^(1/3): between sum and max
};

/// Pools one set.
/// @param members  count x width, row j at members + j * stride; count >= 1
/// @param weights  count values, or nullptr for all 1
/// @param own      what S holds beside the weights (the point's own share), >= 0; S must be > 0 for
/// mean
/// @param out      width values
/// Cost: O(count * width); summed in the order given.
void pool(Pooling pooling, const float* members, std::size_t stride, std::size_t count,
          std::size_t width, const float* weights, float own, float* out) noexcept;

}  // namespace equicloud::sets
