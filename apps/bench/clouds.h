// SPDX-License-Identifier: BSD-3-Clause
// The cloud that is timed: a generated street, driven through by a spinning LiDAR.
#pragma once

#include <cstddef>
#include <vector>

namespace equicloud::bench {

/// x y z packed, metres, in the order of measurement: revolution by revolution, ring by ring. Same
/// size, same cloud. @param points  at most this many; 1 to 10 million
std::vector<float> street_in_scan_order(std::size_t points);

/// The same for a surface: a bumpy ring of extent 3, sampled evenly row by row, one point in a
/// hundred astray. @param points  1 to 10 million
std::vector<float> surface_in_rows(std::size_t points);

/// The same points in random order (fixed seed).
std::vector<float> shuffled(const std::vector<float>& xyz);

}  // namespace equicloud::bench
