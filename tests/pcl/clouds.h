// SPDX-License-Identifier: BSD-3-Clause
// Clouds as PCL holds them, made by code, every byte that is not a coordinate random, so that a
// lost or shifted byte shows.
#pragma once

#include <equicloud/base/random.h>
#include <pcl/PCLPointCloud2.h>
#include <pcl/conversions.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace equicloud::plugin_tests {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

struct Look {
  std::uint32_t width = 32;
  std::uint32_t height = 24;
  bool with_nan = false;
  bool organized = true;
};

template <typename PointT>
PointT random_bytes(Random& random) {
  PointT point;
  unsigned char bytes[sizeof(PointT)];
  for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(random.bits());
  std::memcpy(static_cast<void*>(&point), bytes, sizeof bytes);
  point.data[3] = 1.0F;
  return point;
}

/// A wavy surface seen by a pinhole camera (a true depth image, as PCL's search over organised
/// clouds wants it); every 40th point floats in front of it; with_nan: every 7th pixel sees
/// nothing.
template <typename PointT>
typename pcl::PointCloud<PointT>::Ptr depth_image(const Look& look = {}) {
  typename pcl::PointCloud<PointT>::Ptr cloud(new pcl::PointCloud<PointT>);
  Random random(11);
  for (std::uint32_t v = 0; v < look.height; ++v)
    for (std::uint32_t u = 0; u < look.width; ++u) {
      const std::uint32_t i = v * look.width + u;
      const double wave = 0.05 * std::sin(0.4 * u) + 0.05 * std::cos(0.3 * v);
      const double depth = i % 40 == 39 ? random.uniform(0.5, 1.2) : 2.0 + wave;
      PointT point = random_bytes<PointT>(random);
      point.x = static_cast<float>((u - 0.5 * look.width) * depth / 40.0);
      point.y = static_cast<float>((v - 0.5 * look.height) * depth / 40.0);
      point.z = static_cast<float>(depth);
      if (look.with_nan && i % 7 == 3) point.x = point.y = point.z = kNaN;
      cloud->push_back(point);
    }
  if (look.organized) {
    cloud->width = look.width;
    cloud->height = look.height;
  }
  cloud->is_dense = !look.with_nan;
  cloud->header.frame_id = "camera";
  cloud->header.stamp = 12345;
  cloud->header.seq = 6;
  cloud->sensor_origin_ = Eigen::Vector4f(1, 2, 3, 0);
  cloud->sensor_orientation_ = Eigen::Quaternionf(0.5F, 0.5F, -0.5F, 0.5F);
  return cloud;
}

/// Packed x y z as a PCL cloud.
inline pcl::PointCloud<pcl::PointXYZ>::Ptr cloud_of(const std::vector<float>& xyz) {
  pcl::PointCloud<pcl::PointXYZ>::Ptr cloud(new pcl::PointCloud<pcl::PointXYZ>);
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
    cloud->push_back(pcl::PointXYZ(xyz[i], xyz[i + 1], xyz[i + 2]));
  return cloud;
}

template <typename PointT>
bool same_bytes(const PointT& a, const PointT& b) {
  return std::memcmp(static_cast<const void*>(&a), static_cast<const void*>(&b), sizeof(PointT)) ==
         0;
}

/// Equal to the last bit; NaN equals NaN.
inline bool same_scores(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

/// Every second index, in descending order.
inline pcl::IndicesPtr half_of(std::size_t points) {
  pcl::IndicesPtr indices(new pcl::Indices);
  for (std::size_t i = points; i > 1; i -= 2) indices->push_back(static_cast<pcl::index_t>(i - 1));
  return indices;
}

}  // namespace equicloud::plugin_tests
