// SPDX-License-Identifier: BSD-3-Clause
// Uneven ground under things, up being known: a plane through the low parts, and a field of heights
// above it whose slope is bounded.
#pragma once

#include <equicloud/clusters/height_field.h>
#include <equicloud/clusters/plane.h>

#include <cstdint>
#include <vector>

namespace equicloud::clusters {

struct TerrainSettings {
  double side = 1.0;          ///< of a cell, > 0; grown if there were more than 4 cells a point
  double thickness = 0.1;     ///< roughness of the ground, > 0
  double max_slope = 0.3;     ///< rise over run, against the plane; > 0
  double max_tilt_rad = 0.8;  ///< of the plane against the w axis; < pi / 2
  std::uint64_t seed = 1;     ///< of the search for the plane
};

/// The ground in a frame (u, v, w) with w up: plane(u, v) + field(u, v).
struct Terrain {
  Plane plane;
  HeightField field;  ///< complete

  /// Height of x above the ground, along w.
  double height(const Vec3& x) const noexcept {
    return plane.height(x) / plane.normal[2] - field.at(x[0], x[1]);
  }
};

/// Steps: (1) each cell's low, the 5 % quantile of w; (2) a plane through the lows, find_plane();
/// (3) the lows above that plane, without pits and without cells that stand too high above their
/// surroundings (roofs, crowns): forget_pits(), forget_steep(); (4) each cell left takes the median
/// of its points near the low, then twice the mean of those within the thickness of the surface;
/// cells without ground are filled from around. The field spans the middle 99 % of the points and
/// half as much to either side, no farther than they reach, so that a stray point far out does not
/// stretch the cells; outside, its border goes on.
/// Limits: a thing is told from a hill if it stands higher than max_slope times the way to the
/// nearest ground in sight, plus the thickness; ditches narrower than a cell count as ground, their
/// depth is not followed; where two grounds lie above each other (a bridge) the lower is the
/// ground.
/// @param points  at least one, in an order that depends on the set only, as does the result
/// Cost: O(n) time and memory.
Terrain fit_terrain(Span<const Vec3> points, const TerrainSettings& settings);

}  // namespace equicloud::clusters
