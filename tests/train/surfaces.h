// SPDX-License-Identifier: BSD-3-Clause
// Small clean clouds for the tests of this room.
#pragma once

#include <equicloud/base/random.h>
#include <train/surface.h>

#include <vector>

namespace equicloud::train {

/// Uniform on the unit sphere.
inline std::vector<float> sphere(std::size_t points, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> xyz;
  for (std::size_t i = 0; i < points; ++i) append(xyz, along({}, random_direction(random), 1.0));
  return xyz;
}

/// Uniform in a flat square of side 1.
inline std::vector<float> plate(std::size_t points, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> xyz;
  for (std::size_t i = 0; i < points; ++i) {
    append(xyz, {static_cast<float>(random.uniform()), static_cast<float>(random.uniform()), 0.0F});
  }
  return xyz;
}

}  // namespace equicloud::train
