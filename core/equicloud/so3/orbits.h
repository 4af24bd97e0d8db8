// SPDX-License-Identifier: BSD-3-Clause
// All orbits of orders (kernels/orbits.h) below a bandwidth. Internal to the room.
#pragma once

#include <equicloud/kernels/orbits.h>

#include <cstddef>
#include <vector>

namespace equicloud::so3 {

using kernels::kOrbitWidth;
using kernels::Orbit;

constexpr std::size_t orbit_count(int bandwidth) noexcept {
  const auto b = static_cast<std::size_t>(bandwidth);
  return b * (b + 1) / 2;
}

/// m in blocks of four: neighbours in this order are neighbours in the rows of a plane and, a cache
/// line at a time, in its columns.
inline std::vector<Orbit> orbits(int bandwidth) {
  constexpr int kBlock = 4;
  std::vector<Orbit> list;
  list.reserve(orbit_count(bandwidth));
  for (int first = 0; first < bandwidth; first += kBlock)
    for (int n = 0; n < first + kBlock; ++n)
      for (int m = first > n ? first : n; m < first + kBlock && m < bandwidth; ++m)
        list.push_back({m, n});
  return list;
}

}  // namespace equicloud::so3
