// SPDX-License-Identifier: BSD-3-Clause
// Which points are ground: of a street or a field where up is known, or of the table, floor or
// platform that most points lie on. Laws: permuting the points permutes the result, to the last
// bit; same bits for any number of threads; a motion moves a plane with the cloud up to the
// sampling that finds it (the refined plane settles on the same supporters). A terrain stands on
// cells, so a motion, which shifts them, may change points at the edge of its thickness.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/clusters/plane.h>
#include <equicloud/points/points_view.h>

#include <cstdint>
#include <vector>

namespace equicloud::clusters {

/// What the ground is like.
enum class Surface {
  terrain,        ///< uneven, up known: slopes, kerbs, hills; see fit_terrain()
  plane,          ///< one plane, tilted against up by max_tilt_rad at most
  dominant_plane  ///< the plane with most points, whichever way it lies; up only says which side of
                  ///< it has positive heights
};

struct GroundOptions {
  Surface surface = Surface::terrain;
  Vec3 up{0.0, 0.0, 1.0};  ///< any length but 0
  /// Ground reaches this far from the surface, in the cloud's unit; flatter things are taken for
  /// ground. 0: kThicknessSpacings times typical_spacing(): too much where points are as sparse as
  /// things are tall, as from the air.
  double thickness = 0.0;
  double max_tilt_rad = 0.7853981633974483;  ///< in (0, pi / 2); of the (terrain's) plane
  /// Side of a terrain's cells, in the cloud's unit: wide enough that most cells on open ground
  /// hold some of it, narrow enough to follow its bends. 0: kCellSpacings times typical_spacing().
  double cell = 0.0;
  double max_slope = 0.3;    ///< > 0; steepest terrain against its plane, rise over run
  double min_support = 0.1;  ///< in [0, 1]; share of the distinct points that a plane must hold
  std::uint64_t seed = 1;
};

struct Ground {
  /// False if there is nothing to stand on: fewer than three distinct points or, for a plane, all
  /// of them on a line or too few on any. No point is ground then, and heights are NaN.
  bool found = false;
  std::vector<std::uint8_t> is_ground;  ///< one an input point, 1 or 0; 0 where not finite
  /// One an input point: above a plane the distance, signed, from it; above a terrain the height
  /// along up. NaN where the point is not finite. Ground is |height| <= thickness; a terrain is the
  /// lowest there is, so whatever lies below it counts as ground too.
  std::vector<float> height;
  Plane plane;             ///< in the caller's frame; of a terrain: the plane it stands on
  double thickness = 0.0;  ///< the one used
};

/// Cost: O(n log n) for the canonical order and the spacing, else O(n); below 150 B a point. Throws
/// InvalidArgument for an option outside the range stated, more than 2^32 - 2 points.
Ground find_ground(PointsView points, const GroundOptions& options = {},
                   const Executor& executor = serial_executor());

}  // namespace equicloud::clusters
