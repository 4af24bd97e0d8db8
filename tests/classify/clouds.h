// SPDX-License-Identifier: BSD-3-Clause
// Clouds of single things, in general position and not.
#pragma once

#include <equicloud/classify/shape.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "laws/clouds.h"

namespace equicloud::classify {

using laws::Cloud;

/// A lopsided cup on a stem, walls 0.01 thick, uneven density: no symmetry, no ties.
inline Cloud goblet(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  while (cloud.size() < 3 * n) {
    const double turn = random.uniform(0.0, 6.283185307179586);
    const double up = random.uniform(0.0, 1.5);
    const double wall = 0.01 * random.normal();
    const double radius = (up < 0.7 ? 0.1 + 0.1 * up : 0.2 + 0.6 * std::sqrt(up - 0.7)) + wall;
    laws::add_point(cloud, radius * std::cos(turn) + 0.2 * up * up, radius * std::sin(turn) * 1.3,
                    up + 0.1 * std::sin(2 * turn));
  }
  return cloud;
}

/// n points in the cube [-1, 1]^3.
inline Cloud cube(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  for (std::size_t i = 0; i < 3 * n; ++i)
    cloud.push_back(static_cast<float>(random.uniform(-1.0, 1.0)));
  return cloud;
}

struct NamedCloud {
  std::string name;
  Cloud cloud;
};

/// All that make a complete Shape: general ones, of 64 points to more than are kept, and those full
/// of ties, copies, non-finite points, strays.
inline std::vector<NamedCloud> awkward_clouds() {
  Cloud copies = goblet(300, 4);
  copies.insert(copies.end(), copies.begin(), copies.begin() + 450);
  Cloud broken = goblet(300, 5);
  for (std::size_t i = 0; i < 90; i += 9) broken[i] = i % 2 == 0 ? NAN : INFINITY;
  Cloud stray = goblet(200, 6);
  laws::add_point(stray, 1e30, 2e29, -3e29);
  Cloud far = goblet(400, 7);
  for (std::size_t i = 0; i < far.size(); ++i) far[i] += 3e4F;
  return {{"goblet of 64", goblet(64, 1)},
          {"goblet of 1024", goblet(1024, 2)},
          {"goblet of 5000", goblet(5000, 3)},
          {"copies", copies},
          {"non-finite points", broken},
          {"a stray", stray},
          {"far away", far},
          {"lattice", laws::lattice(8)},
          {"line", laws::line(200)},
          {"plane", laws::flat_plane(300, 8)},
          {"cube", cube(500, 9)}};
}

}  // namespace equicloud::classify
