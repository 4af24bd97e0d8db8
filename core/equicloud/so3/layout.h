// SPDX-License-Identifier: BSD-3-Clause
// How a transform on SO(3) lays out its work: how many functions go through the matrix products
// together, and how large the arrays between the steps are. Internal to the room.
#pragma once

#include <equicloud/so3/orbits.h>
#include <equicloud/so3/transform.h>

#include <cstddef>

namespace equicloud::so3 {

struct Layout {
  int bandwidth;
  bool stored;            ///< the Wigner table
  std::size_t functions;  ///< real ones that share a product; even, so that complex ones fit
  std::size_t rings;      ///< values of beta
  std::size_t side;       ///< values of alpha and of gamma
  std::size_t pairs;      ///< of rings; an odd ring in the middle makes a pair with itself

  std::size_t plane() const noexcept { return side * side; }
  std::size_t rows() const noexcept { return 2 * pairs; }  ///< of an orbit's columns
  std::size_t width() const noexcept { return functions * kOrbitWidth; }
  /// From one orbit's columns to the next, where a row is `row` wide: a cache line or two more than
  /// they take, because orbits at a distance of a power of two would share a few sets of the cache.
  std::size_t orbit_step(std::size_t row) const noexcept { return rows() * row + 2 * kOrbitWidth; }
  /// Columns of all orbits: [orbit][pair][ring of the pair][function][kOrbitWidth].
  std::size_t columns_size() const noexcept { return orbit_count(bandwidth) * orbit_step(width()); }
  /// One orbit's rows by degree.
  std::size_t block_size() const noexcept { return static_cast<std::size_t>(bandwidth) * width(); }
};

template <typename T>
Layout layout_of(const Grid& grid, WignerTable table) noexcept;

}  // namespace equicloud::so3
