// SPDX-License-Identifier: BSD-3-Clause
// Outliers of known kinds, placed beside a clean cloud. Lengths are in units of the cloud's spacing
// (median over points of the mean distance to the 6 nearest). No place is closer to the cloud than
// its kind's clearance, so that no label contradicts what can be seen; a cloud without room gets a
// larger box, never an endless loop.
#pragma once

#include <train/surface.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::train {

enum class OutlierKind {
  uniform,  ///< anywhere in the box enlarged by a tenth of its diagonal; clearance 1.5 spacings
  far,      ///< 0.7-2 box diagonals from the centre of the box
  near,     ///< 2-15 spacings off a point of the surface, in a random direction; clearance 2
  cluster,  ///< blobs of 8-60 points, sigma 0.7-2 spacings, centre at least 8 off the surface
  mixed,    ///< between two surfaces at a depth edge, as seen from a random place of a sensor
  // What follows no training has seen so far: the scorer is judged by it alone.
  blob,     ///< one ball of 200-2,000 points, a spacing apart; its edge at least 8 off the surface
  sheet,    ///< ghosts of patches of 100-1,000 points, 5-20 spacings off them, as multipath makes
  line,     ///< straight lines of 10-60 points, half a spacing to one apart; middle at least 5 off
  floater,  ///< flat discs of 50-500 points, as dense as the surface; edge at least 8 off
};

constexpr std::size_t kOutlierKinds = 9;
constexpr std::size_t kTrainedKinds = 5;  ///< the first ones, which training draws from
const char* name_of(OutlierKind kind) noexcept;

/// `count` outliers of one kind, packed. Where a kind finds no place (no depth edge, for mixed),
/// the rest is of kind near.
/// @param local_clearance  >= 0: clearance, beside the kind's own, in spacings of the cloud at that
///                         place; keeps outliers out of a sparse region where they could not be
///                         told from it. 0: the kind's own alone.
std::vector<float> make_outliers(const Surface& surface, OutlierKind kind, std::size_t count,
                                 double local_clearance, Random& random);

}  // namespace equicloud::train
