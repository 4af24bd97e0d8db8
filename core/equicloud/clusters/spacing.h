// SPDX-License-Identifier: BSD-3-Clause
// How far apart the points of a cloud typically are: the one length that options left at 0 are
// derived from, so that a table scanned in millimetres and a street in metres need no numbers.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/canonical_order.h>

namespace equicloud::clusters {

/// The median, over the distinct finite positions, of the distance to the 8th nearest other one
/// (the farthest if there are fewer than 9), in the caller's unit; 0 for fewer than two positions.
/// About 1.6 grid steps on an evenly sampled surface; on a spinning LiDAR's frame it spans the
/// rings as well as the points of a ring. Above 65536 positions the median is taken over that many,
/// in blocks at even steps of the canonical order: a motion then moves it by a fraction of a per
/// cent, below that by rounding only. Cost: O(n log n) for the tree, O(log n) a position asked.
double typical_spacing(const CanonicalCloud& cloud, const Executor& executor = serial_executor());

/// The same of points in any order.
double typical_spacing(PointsView points, const Executor& executor = serial_executor());

/// What options at 0 become, in spacings.
constexpr double kToleranceSpacings = 4.0;  ///< of clusters
constexpr double kThicknessSpacings = 2.0;  ///< of the ground
constexpr double kCellSpacings = 16.0;      ///< side of a terrain's cells

}  // namespace equicloud::clusters
