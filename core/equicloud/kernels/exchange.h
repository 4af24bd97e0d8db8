// SPDX-License-Identifier: BSD-3-Clause
// Between the products of a few orders, [order][degree][channel], and coefficient vectors of real
// signals, [channel][degree][order] with degree l at l(l+1)/2: a transposition of complex numbers
// (pairs of reals here) that scales each degree.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// Orders m = first .. first + orders - 1, degrees l = first .. degrees - 1, of them l >= m. Steps
/// count reals.
struct Exchange {
  std::size_t first;
  std::size_t orders;
  std::size_t degrees;
  std::size_t channels;
  std::size_t
      order_step;  ///< of the products; degree l of an order begins at (l - first) degree_step
  std::size_t degree_step;   ///< channels lie side by side
  std::size_t channel_step;  ///< of the coefficients
};

/// coefficients(c, l, m) = scale[l] products(m, l, c).
template <typename T>
void store_degrees(const Exchange& shape, const T* scale, const T* products,
                   T* coefficients) noexcept;

/// products(m, l, c) = scale[l] coefficients(c, l, m); the imaginary part at m = 0 becomes 0.
template <typename T>
void load_degrees(const Exchange& shape, const T* scale, const T* coefficients,
                  T* products) noexcept;

}  // namespace equicloud::kernels
