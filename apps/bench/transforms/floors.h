// SPDX-License-Identifier: BSD-3-Clause
// The parts of a transform that no design can do without, timed alone. Their sum is the floor F.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace equicloud::bench {

/// `count` DFTs of n points, one after another in memory, FFTW with FFTW_MEASURE, as one plan for
/// `at_once` of them. The data are zeros, so that repeating keeps them small.
template <typename T>
std::function<void()> dft_floor(std::size_t n, std::size_t count, std::size_t at_once, bool forward,
                                bool in_place);

/// The same for `count` planes of side x side points, one plan for each.
template <typename T>
std::function<void()> plane_dft_floor(std::size_t side, std::size_t count, bool forward,
                                      bool in_place);

/// Shapes of one product C[m x n] = A[m x k] B[k x n].
struct Product {
  std::size_t m, k, n;
};

/// All products once, each with operands of its own, by OpenBLAS on one thread.
/// @param transposed  A is stored as [k x m]
template <typename T>
std::function<void()> product_floor(const std::vector<Product>& products, bool transposed);

}  // namespace equicloud::bench
