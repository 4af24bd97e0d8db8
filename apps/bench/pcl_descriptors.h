// SPDX-License-Identifier: BSD-3-Clause
// PCL's descriptors of whole clouds, behind functions without PCL's types. Both may be called from
// many threads.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::bench {

/// Bins of VFH that do not look at the viewpoint (the first ones), and all of them.
constexpr std::size_t kVfhShapeBins = 180, kVfhBins = 308;
constexpr std::size_t kEsfBins = 640;

/// The viewpoint feature histogram (Rusu, Bradski, Thibaux & Hsu 2010), at its best here: normals
/// from 16 neighbours, all turned outward; distances scaled by the farthest point, their 45 bins
/// filled; the eye at a fixed place, 3 units from 0.
/// @param xyz  packed x y z, about 0, radius 1
std::vector<float> vfh(const std::vector<float>& xyz);

/// The ensemble of shape functions (Wohlkinger & Vincze 2011): distances, areas and angles of
/// random points. PCL draws them from rand() seeded by the clock, so each call gives a little else.
std::vector<float> esf(const std::vector<float>& xyz);

}  // namespace equicloud::bench
