// SPDX-License-Identifier: BSD-3-Clause
// The nearest neighbours of all points of a cloud by nanoflann: what a filter of one's own costs at
// least.
#pragma once

#include <vector>

namespace equicloud::bench {

/// Builds the tree and asks for the `neighbors` nearest others of each point, in order, on one
/// thread. @param xyz  packed x y z
/// @returns the sum of the distances to the last of them
double sum_of_last_distances(const std::vector<float>& xyz, int neighbors);

}  // namespace equicloud::bench
