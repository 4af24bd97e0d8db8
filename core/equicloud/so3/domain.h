// SPDX-License-Identifier: BSD-3-Clause
// Coefficients on the sphere and on SO(3) seen alike: a block of degree l has 2l+1 rows, and one
// column on the sphere, 2l+1 on SO(3).
#pragma once

#include <equicloud/so3/index.h>
#include <equicloud/sphere/index.h>

#include <cstddef>

namespace equicloud::so3 {

/// Where functions live.
enum class Domain {
  sphere,     ///< b^2 coefficients, all orders (sphere/index.h: full_index)
  rotations,  ///< b (4 b^2 - 1) / 3 coefficients (so3/index.h)
};

constexpr std::size_t order_count(int l) noexcept { return static_cast<std::size_t>(2 * l + 1); }

constexpr std::size_t columns_of(Domain domain, int l) noexcept {
  return domain == Domain::sphere ? 1 : order_count(l);
}
/// Coefficients of degrees below l: where block l begins, and a function's size at l = b.
constexpr std::size_t coefficients_below(Domain domain, int l) noexcept {
  return domain == Domain::sphere ? sphere::full_size(l) : coefficient_count(l);
}

}  // namespace equicloud::so3
