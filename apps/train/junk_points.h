// SPDX-License-Identifier: BSD-3-Clause
// Inside the junk: what its kinds are written in.
#pragma once

#include <simulate/vec3.h>
#include <train/density.h>
#include <train/shape_damage.h>

#include <cstddef>

namespace equicloud::train {

inline void append(Cloud& cloud, simulate::Vec3 p) {
  append(cloud, Point{static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
}

inline simulate::Vec3 random_unit(Random& random) {
  const std::array<double, 3> d = random_direction(random);
  return {d[0], d[1], d[2]};
}

/// Three independent standard normal numbers.
inline simulate::Vec3 random_normal(Random& random) {
  const double x = random.normal(), y = random.normal();
  return {x, y, random.normal()};
}

/// Uniform in [-1, 1)^3.
inline simulate::Vec3 random_in_cube(Random& random) {
  const double x = random.uniform(-1.0, 1.0), y = random.uniform(-1.0, 1.0);
  return {x, y, random.uniform(-1.0, 1.0)};
}

/// `count` of the points at random; where there are fewer, the rest are copies moved by a
/// thousandth of the radius. The cloud holds one point at least.
inline Cloud exactly(const Cloud& cloud, std::size_t count, Random& random) {
  Cloud result = random_subset(cloud, count, random);
  const double blur = 1e-3 * size_of(cloud).largest;
  while (result.size() < 3 * count) {
    const Point p = point_of(cloud, random.below(cloud.size() / 3));
    append(result, along(p, random_direction(random), blur));
  }
  return result;
}

}  // namespace equicloud::train
