// SPDX-License-Identifier: BSD-3-Clause
// Connected components of the graph that joins points at most a radius apart, exactly, without
// listing its edges: points of one cell of side radius / sqrt(3) are together, and only cells
// within two steps of each other are compared (Gunawan 2013, thesis, for DBSCAN in the plane).
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <cstdint>
#include <vector>

namespace equicloud::clusters {

/// @param points  finite, distinct, in canonical order (order matters for speed, and numbers the
///                result), magnitudes below 2^101
/// @param radius  >= 0, finite; squared distances in double are compared with its square
/// @returns       for each point the number of its component; components are numbered from 0 in
///                the order of their first points
/// Cost: O(n log n) for the worst order of cells, for any density; dense cells are compared by
/// halving, O(m log m) for m points.
std::vector<std::uint32_t> components(PointsView points, double radius, const Executor& executor);

}  // namespace equicloud::clusters
