// SPDX-License-Identifier: BSD-3-Clause
// Small clouds made by code, the awkward ones among them, and what groups do to clouds.
#pragma once

#include <equicloud/base/random.h>

#include <Eigen/Geometry>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace equicloud::laws {

using Cloud = std::vector<float>;  // packed x y z

inline void add_point(Cloud& cloud, double x, double y, double z) {
  cloud.insert(cloud.end(), {static_cast<float>(x), static_cast<float>(y), static_cast<float>(z)});
}

/// side^3 points with spacing 1: equal distances everywhere.
inline Cloud lattice(int side) {
  Cloud cloud;
  for (int x = 0; x < side; ++x)
    for (int y = 0; y < side; ++y)
      for (int z = 0; z < side; ++z) add_point(cloud, x, y, z);
  return cloud;
}

inline Cloud line(int n) {
  Cloud cloud;
  for (int i = 0; i < n; ++i) add_point(cloud, 0.1 * i, 0.2 * i, -0.3 * i);
  return cloud;
}

inline Cloud flat_plane(int n, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  for (int i = 0; i < n; ++i) add_point(cloud, random.uniform(), random.uniform(), 0.0);
  return cloud;
}

/// A noisy wavy sheet, a dense blob above it and scattered outliers: 10 % of the points off the
/// sheet.
inline Cloud sheet_with_outliers(int n, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  for (int i = 0; i < n; ++i) {
    const double x = random.uniform(0.0, 10.0);
    const double y = random.uniform(0.0, 10.0);
    const double z = std::sin(x) + 0.02 * random.normal();
    if (i % 20 == 0)
      add_point(cloud, x, y, random.uniform(-4.0, 6.0));
    else if (i % 20 == 1)
      add_point(cloud, 5.0 + 0.2 * random.normal(), 5.0 + 0.2 * random.normal(),
                4.0 + 0.2 * random.normal());
    else
      add_point(cloud, x, y, z);
  }
  return cloud;
}

/// Strongly uneven density: range-dependent rings as a spinning sensor sees the ground.
inline Cloud rings(int beams, int columns, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  for (int b = 0; b < beams; ++b)
    for (int c = 0; c < columns; ++c) {
      const double range = 2.0 * std::pow(1.15, b) + 0.01 * random.normal();
      const double azimuth = 2.0 * 3.141592653589793 * c / columns;
      add_point(cloud, range * std::cos(azimuth), range * std::sin(azimuth),
                0.02 * random.normal());
    }
  return cloud;
}

/// Longest side of the bounding box's diagonal: an upper bound of the diameter within a factor
/// of 1.
inline double diameter(const Cloud& cloud) {
  Eigen::AlignedBox3f box;
  for (std::size_t i = 0; i < cloud.size(); i += 3)
    box.extend(Eigen::Vector3f(cloud[i], cloud[i + 1], cloud[i + 2]));
  return box.isEmpty() ? 0.0 : static_cast<double>(box.diagonal().norm());
}

/// Uniformly random rotation and a shift of up to `most` in a random direction.
inline Eigen::Isometry3d random_motion(Random& random, double most) {
  const Eigen::Quaterniond q(random.normal(), random.normal(), random.normal(), random.normal());
  const Eigen::Vector3d direction(random.normal(), random.normal(), random.normal());
  return Eigen::Translation3d(direction.normalized() * random.uniform(0.0, most)) * q.normalized();
}

/// The motion applied in double, rounded to float once.
inline Cloud moved(const Cloud& cloud, const Eigen::Isometry3d& motion) {
  Cloud result;
  for (std::size_t i = 0; i < cloud.size(); i += 3) {
    const Eigen::Vector3d p = motion * Eigen::Vector3d(cloud[i], cloud[i + 1], cloud[i + 2]);
    add_point(result, p.x(), p.y(), p.z());
  }
  return result;
}

/// A uniformly random permutation (Fisher-Yates): entry i is where new point i comes from.
inline std::vector<std::size_t> random_permutation(std::size_t n, Random& random) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

inline Cloud permuted(const Cloud& cloud, const std::vector<std::size_t>& order) {
  Cloud result;
  for (const std::size_t i : order)
    result.insert(result.end(), {cloud[3 * i], cloud[3 * i + 1], cloud[3 * i + 2]});
  return result;
}

/// n standard normal values.
inline std::vector<float> normals(std::size_t n, Random& random) {
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(random.normal());
  return values;
}

}  // namespace equicloud::laws
