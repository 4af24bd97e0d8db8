// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/points/motion.h>

#include <algorithm>
#include <cmath>

namespace equicloud {
namespace {

using Vector = std::array<double, 3>;

std::array<Vector, 3> rotation_of(double w, double x, double y, double z) {
  return {{{1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)},
           {2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)},
           {2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)}}};
}

std::array<Vector, 3> random_rotation(Random& random) {
  const double w = random.normal();
  const double x = random.normal();
  const double y = random.normal();
  const double z = random.normal();
  const double length = std::sqrt(w * w + x * x + y * y + z * z);
  return rotation_of(w / length, x / length, y / length, z / length);
}

Vector random_direction(Random& random) {
  const Vector v{random.normal(), random.normal(), random.normal()};
  const double length = std::hypot(v[0], v[1], v[2]);
  return {v[0] / length, v[1] / length, v[2] / length};
}

}  // namespace

Motion random_motion(PointsView points, Random& random) {
  Vector low{HUGE_VAL, HUGE_VAL, HUGE_VAL};
  Vector high{-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  bool any = false;
  for (std::size_t i = 0; i < points.size; ++i) {
    if (!is_finite(points[i])) continue;
    any = true;
    for (std::size_t a = 0; a < 3; ++a) {
      low[a] = std::min(low[a], static_cast<double>(points[i][a]));
      high[a] = std::max(high[a], static_cast<double>(points[i][a]));
    }
  }
  Motion motion;
  motion.rotation = random_rotation(random);
  const Vector direction = random_direction(random);
  const double share = random.uniform();
  if (!any) return motion;
  const double diagonal = std::hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
  for (std::size_t a = 0; a < 3; ++a) {
    motion.centre[a] = 0.5 * (low[a] + high[a]);
    motion.place[a] = share * diagonal * direction[a];
  }
  return motion;
}

std::vector<float> moved(PointsView points, const Motion& motion) {
  std::vector<float> result;
  result.reserve(3 * points.size);
  for (std::size_t i = 0; i < points.size; ++i) {
    const float* p = points[i];
    const Vector d{p[0] - motion.centre[0], p[1] - motion.centre[1], p[2] - motion.centre[2]};
    for (std::size_t a = 0; a < 3; ++a) {
      const Vector& row = motion.rotation[a];
      result.push_back(
          static_cast<float>(row[0] * d[0] + row[1] * d[1] + row[2] * d[2] + motion.place[a]));
    }
  }
  return result;
}

}  // namespace equicloud
