// SPDX-License-Identifier: BSD-3-Clause
// Inside the plugin: lists of indices as callers give them, checked before they are followed.
#pragma once

#include <equicloud/base/error.h>
#include <equicloud/points/points_view.h>
#include <pcl/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud {

/// Throws InvalidArgument in the name of `source`, e.g. "setIndices", for an index beyond the
/// cloud.
inline void check_indices(const pcl::Indices& indices, std::size_t points,
                          const std::string& source) {
  for (const pcl::index_t index : indices)
    if (index < 0 || static_cast<std::size_t>(index) >= points)
      throw InvalidArgument(source + " names point " + std::to_string(index) + ", the cloud has " +
                            std::to_string(points) + " points");
}

/// Appends the positions that checked indices name, packed x y z.
inline void gather(PointsView points, const pcl::Indices& indices, std::vector<float>& xyz) {
  for (const pcl::index_t index : indices) {
    const float* p = points[static_cast<std::size_t>(index)];
    xyz.insert(xyz.end(), p, p + 3);
  }
}

}  // namespace equicloud
