// SPDX-License-Identifier: BSD-3-Clause
// The twelve numbers of a centre and each of its neighbours. Formulas: PairNumber in
// set_features.h.
#pragma once

#include <equicloud/classify/axes.h>
#include <equicloud/classify/shape.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::classify {

constexpr std::size_t kMaxNeighbors = 32;  ///< of a centre

/// Memory is kept from call to call.
class Pairs {
 public:
  /// Takes a shape and its axes, both of which may go afterwards.
  void assign(const Shape& shape, const Axes& axes);

  /// The numbers of one centre. May be called from many threads.
  /// @param neighbors  k of them, nearest first, k <= kMaxNeighbors
  /// @param out        k x kPairNumbers
  void numbers(std::size_t center, const std::uint32_t* neighbors, std::size_t k,
               float* out) const noexcept;

 private:
  // What a pair has to know of a point, half a cache line.
  struct Point {
    float p[3], radius;
    float axis[3], inverse_radius;  // 0 where there is no ray
  };
  struct Fan;

  void turns(const Fan& fan, const std::uint32_t* neighbors, float* out) const noexcept;

  std::vector<Point> points_;
};

}  // namespace equicloud::classify
