// SPDX-License-Identifier: BSD-3-Clause
// One point against many: squared distances, and at once what is asked of them. Every operation of
// (dx^2 + dy^2) + dz^2 is rounded to float and none is fused, so that each target finds the same
// points, ties and all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

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

/// Points of one block; blocks lie one behind the other.
constexpr std::size_t kBlockPoints = 16;

/// A squared distance >= 0 and the name of a point as one number >= 0: keys order by distance, ties
/// by name, since floats >= 0 order as their bits do.
inline std::int64_t distance_key(float squared, std::uint32_t name) noexcept {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &squared, sizeof bits);
  return static_cast<std::int64_t>(std::uint64_t{bits} << 32 | name);
}
inline float squared_of_key(std::int64_t key) noexcept {
  const auto bits = static_cast<std::uint32_t>(key >> 32);
  float squared = 0.0F;
  std::memcpy(&squared, &bits, sizeof squared);
  return squared;
}
inline std::uint32_t name_of_key(std::int64_t key) noexcept {
  return static_cast<std::uint32_t>(key);
}

/// Finds the blocks whose bounding boxes come within sqrt(bound) of q: no other block has a point
/// with |p - q|^2 <= bound, in the arithmetic of within().
/// @param low, high  corners of `count` boxes, count a multiple of kBlockPoints (pad with boxes
/// infinitely far)
/// @param blocks     out: their numbers, ascending; room for count + kBlockPoints, what lies beyond
///                   those found may be overwritten
/// @returns how many there are
std::size_t boxes_within(PointColumns low, PointColumns high, const float* q, float bound,
                         std::uint32_t* blocks) noexcept;

/// Finds the points with |p_i - q|^2 <= bound in `block_count` given blocks.
/// @param points  of all blocks; pad the last one with points infinitely far
/// @param names   one a point
/// @param keys    out: distance_key() of what is found, in no order of use; room for
/// block_count * kBlockPoints + 1, what lies beyond those found may be overwritten
/// @returns how many there are
std::size_t within(PointColumns points, const std::uint32_t* names, const std::uint32_t* blocks,
                   std::size_t block_count, const float* q, float bound,
                   std::int64_t* keys) noexcept;

/// Copies the keys of squared distances <= bound, in their order.
/// @param kept  not overlapping; room for count + 1, what lies beyond those kept may be overwritten
/// @returns how many there are
std::size_t keys_within(const std::int64_t* keys, std::size_t count, float bound,
                        std::int64_t* kept) noexcept;

/// The same by plain loops: what tests hold the first three to.
std::size_t lower_distances_reference(PointColumns points, const float* q, float* squared) noexcept;
std::size_t boxes_within_reference(PointColumns low, PointColumns high, const float* q, float bound,
                                   std::uint32_t* blocks) noexcept;
std::size_t within_reference(PointColumns points, const std::uint32_t* names,
                             const std::uint32_t* blocks, std::size_t block_count, const float* q,
                             float bound, std::int64_t* keys) noexcept;

}  // namespace equicloud::kernels
