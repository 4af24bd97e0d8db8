// SPDX-License-Identifier: BSD-3-Clause
// What a search for neighbours asks of a block of points at once (distances.h has the rest): which
// boxes are near the whole block, and how far its points must look at most. As there, every
// operation is rounded to float and none is fused.
#pragma once

#include <equicloud/kernels/distances.h>

#include <cstddef>
#include <cstdint>

namespace equicloud::kernels {

/// Finds, in groups of kBlockPoints boxes, those that come within sqrt(bound) of one box.
/// @param low, high  corners of all boxes; pad with boxes infinitely far
/// @param groups     numbers of the groups that are looked at: boxes group * kBlockPoints + ...
/// @param box        low x y z, high x y z
/// @param bound      finite
/// @param boxes      out: their numbers; room for group_count * kBlockPoints + 1
/// @returns how many there are
std::size_t boxes_near_box(PointColumns low, PointColumns high, const std::uint32_t* groups,
                           std::size_t group_count, const float* box, float bound,
                           std::uint32_t* boxes) noexcept;

/// A squared radius around q that holds at least k of the points: not far above the least one.
/// @param points  count a multiple of kBlockPoints, k of them finite at least; pads are infinite
/// @param known   such a radius that is known, of the points or of more; infinite if none is
/// @param squared room for points.count numbers
float radius_of(PointColumns points, const float* q, std::size_t k, float known,
                float* squared) noexcept;

/// A squared radius that holds at least k of the keys (distances.h): not far above the least one.
/// @param count  k at least
float radius_of_keys(const std::int64_t* keys, std::size_t count, std::size_t k) noexcept;

/// The same by plain loops: what tests hold them to. This radius is the least one.
std::size_t boxes_near_box_reference(PointColumns low, PointColumns high,
                                     const std::uint32_t* groups, std::size_t group_count,
                                     const float* box, float bound, std::uint32_t* boxes) noexcept;
float least_radius_reference(PointColumns points, const float* q, std::size_t k);

}  // namespace equicloud::kernels
