// SPDX-License-Identifier: BSD-3-Clause
// The symmetries of Wigner d make one function of beta serve eight pairs of orders:
//   d_mn = (-1)^{m-n} d_nm = (-1)^{m-n} d_{-m,-n} = d_{-n,-m},   d_mn(pi - beta) = (-1)^{l+m}
//   d_{m,-n}.
// An orbit is such a set, named by its member 0 <= n <= m. For a real function four of the eight
// are independent; side by side they are the columns of one matrix product with the rows
// d^l_mn(beta_j), l = m .. b - 1:
//
//   column   0: (m, n)   1: (n, m)   2: (m, -n)   3: (n, -m)      each a complex number
//
// Rings come in pairs beta, pi - beta; rows 2p and 2p + 1 of a column belong to pair p. Columns 2
// and 3 hold the other ring of the pair, because their d is the mirrored one.
// Internal to the room.
#pragma once

#include <cstddef>
#include <vector>

namespace equicloud::so3 {

struct Orbit {
  int m, n;
};

/// Real numbers that one real function has in a row of an orbit's columns.
constexpr std::size_t kOrbitWidth = 8;

constexpr std::size_t orbit_count(int bandwidth) noexcept {
  const auto b = static_cast<std::size_t>(bandwidth);
  return b * (b + 1) / 2;
}

/// All orbits below the bandwidth, m in blocks of four: neighbours in this order are neighbours in
/// the rows of a plane and, a cache line at a time, in its columns.
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
