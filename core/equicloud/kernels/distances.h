// SPDX-License-Identifier: BSD-3-Clause
// One point against many: squared distances, and at once what is asked of them. Every operation of
// (dx^2 + dy^2) + dz^2 is rounded to float and none is fused, so that each target finds the same
// points, ties and all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace equicloud::kernels {

/// Points with their coordinates apart, `count` numbers each.
struct PointColumns {
  const float* x;
  const float* y;
  const float* z;
  std::size_t count;
};

/// One step of farthest-point sampling: squared[i] = min(squared[i], |p_i - q|^2).
/// @param q        x, y, z
/// @param squared  count numbers; those that are negative stay and are not found
/// @returns the index of the largest of them, the lowest one of equals; 0 where all are negative
std::size_t lower_distances(PointColumns points, const float* q, float* squared) noexcept;

/// What within() may write past its last find.
constexpr std::size_t kFindsPadding = 16;

/// Finds the points with |p_i - q|^2 <= bound, in ascending order.
/// @param indices, squared  room for count + kFindsPadding each: their indices and squared
/// distances, then anything
/// @returns how many there are
std::size_t within(PointColumns points, const float* q, float bound, std::uint32_t* indices,
                   float* squared) noexcept;

/// The same by plain loops: what tests hold the two to.
std::size_t lower_distances_reference(PointColumns points, const float* q, float* squared) noexcept;
std::size_t within_reference(PointColumns points, const float* q, float bound,
                             std::uint32_t* indices, float* squared) noexcept;

}  // namespace equicloud::kernels
