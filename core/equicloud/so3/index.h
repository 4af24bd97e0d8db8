// SPDX-License-Identifier: BSD-3-Clause
// Where the coefficient fhat^l_mn of a function on SO(3) lies: blocks in order of l, each
// (2l+1) x (2l+1), row-major, rows m = -l .. l, columns n = -l .. l. Bandwidth b means l < b.
#pragma once

#include <cstddef>

namespace equicloud::so3 {

/// Number of coefficients below bandwidth b: sum over l < b of (2l+1)^2 = b (4 b^2 - 1) / 3. The
/// same number is where block l = b begins.
constexpr std::size_t coefficient_count(int b) noexcept {
  const auto n = static_cast<std::size_t>(b);
  return b <= 0 ? 0 : n * (4 * n * n - 1) / 3;
}
/// Where the block of degree l begins.
constexpr std::size_t block_offset(int l) noexcept { return coefficient_count(l); }

/// Index of fhat^l_mn, |m|, |n| <= l.
constexpr std::size_t coefficient_index(int l, int m, int n) noexcept {
  return block_offset(l) + static_cast<std::size_t>(m + l) * static_cast<std::size_t>(2 * l + 1) +
         static_cast<std::size_t>(n + l);
}

}  // namespace equicloud::so3
