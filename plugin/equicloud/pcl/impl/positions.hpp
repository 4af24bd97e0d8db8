// SPDX-License-Identifier: BSD-3-Clause
// Inside the plugin: a typed cloud as the mathematics takes it.
#pragma once

#include <equicloud/points/points_view.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>
#include <pcl/type_traits.h>

#include <cstddef>
#include <type_traits>

namespace equicloud {

/// The positions of a cloud where they lie.
template <typename PointT>
PointsView positionsOf(const pcl::PointCloud<PointT>& cloud) {
  static_assert(std::is_same<decltype(PointT::x), float>::value &&
                    std::is_same<decltype(PointT::y), float>::value &&
                    std::is_same<decltype(PointT::z), float>::value,
                "equicloud: x, y and z of the point type must be floats");
  constexpr std::size_t x = pcl::traits::offset<PointT, pcl::fields::x>::value;
  static_assert(pcl::traits::offset<PointT, pcl::fields::y>::value == x + sizeof(float) &&
                    pcl::traits::offset<PointT, pcl::fields::z>::value == x + 2 * sizeof(float) &&
                    x % sizeof(float) == 0 && sizeof(PointT) % sizeof(float) == 0,
                "equicloud: x, y and z of the point type must be adjacent, in this order");
  if (cloud.empty()) return {};
  const auto* first = reinterpret_cast<const float*>(cloud.points.data());
  return {first + x / sizeof(float), cloud.size(), sizeof(PointT) / sizeof(float)};
}

}  // namespace equicloud
