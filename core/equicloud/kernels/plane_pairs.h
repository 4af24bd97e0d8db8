// SPDX-License-Identifier: BSD-3-Clause
// What a point and its neighbours say of each other's planes, a neighbour a lane.
#pragma once

#include <cstddef>
#include <cstdint>

namespace equicloud::kernels {

/// A point and the plane through its list, as its neighbours see it: a cache line.
struct alignas(64) PlaneRecord {
  float normal[3] = {};           ///< unit
  float level = 0.0F;             ///< normal . (a point of the plane - the point)
  float position[3] = {};         ///< in the unit of all lengths here
  float h = 0.0F;                 ///< mean of the 16 distances
  float log_h8 = 0.0F;            ///< of the mean of the first 8 distances + 0.05 h
  float log_d16 = 0.0F;           ///< of the 16th distance
  float flat = 0.0F, gap = 0.0F;  ///< l0 / T; how well the plane is defined, in [0, 1]
  float d16 = 0.0F, h8 = 0.0F;    ///< as above, without logarithm
  float unused[2] = {};
};

constexpr std::size_t kPairFeatures = 9;
constexpr std::size_t kPairLanes = 16;  ///< members at most

/// The set features of point i (CONVENTIONS.md, "Outlier features"), in order: d / d16_i;
/// log h8_j - log h8_i; g_j log(1 + r / h_j) and g_j log(1 + r / h_i) with r the distance of point
/// i to the plane of j; g_i g_j |n_i . n_j|; log(d + h_i / 10) - log d16_j; flat_j;
/// log(d + h_i / 10) - log s; g_j.
/// @param neighbors  `count` of them, at most kPairLanes; lengths of the records at least 1e-30
/// @param nearest  distances below count as this
/// @param log_spacing  log s
/// @param out  kPairFeatures x kPairLanes; lanes beyond the count hold finite numbers
void plane_pairs(const PlaneRecord* records, std::size_t i, const std::uint32_t* neighbors,
                 std::size_t count, float nearest, float log_spacing, float* out) noexcept;

}  // namespace equicloud::kernels
