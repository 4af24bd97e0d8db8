// SPDX-License-Identifier: BSD-3-Clause
// Where the coefficient of degree l and order m lies. Bandwidth b: degrees l = 0 .. b - 1,
// |m| <= l. Layout and names: core/CONVENTIONS.md, "Memory".
#pragma once

#include <cstddef>

namespace equicloud::sphere {

/// How coefficients are scaled; synthesis and analysis of a plan agree on one.
enum class Normalisation {
  group,        ///< f = sum (2l+1) c_lm Z_lm: the formulas of core/CONVENTIONS.md
  orthonormal,  ///< f = sum a_lm Y_lm, a_lm = sqrt(4 pi (2l+1)) c_lm: what other programs exchange
};

/// All orders: b^2 numbers.
constexpr std::size_t full_size(int b) noexcept { return static_cast<std::size_t>(b) * b; }
constexpr std::size_t full_index(int l, int m) noexcept {
  return static_cast<std::size_t>(l * l + l + m);
}

/// Orders m >= 0 alone, enough for a real signal: f_{l,-m} = (-1)^m conj f_lm. b(b+1)/2 numbers.
constexpr std::size_t half_size(int b) noexcept {
  return static_cast<std::size_t>(b) * (b + 1) / 2;
}
constexpr std::size_t half_index(int l, int m) noexcept {
  return static_cast<std::size_t>(l * (l + 1) / 2 + m);
}

}  // namespace equicloud::sphere
