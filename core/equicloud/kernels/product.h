// SPDX-License-Identifier: BSD-3-Clause
// C = A B for the many small products of the spherical transforms: one factor is a table that
// serves a whole batch, the other the batch. Which of the two is A decides the vectors: A is read
// element by element, B and C by rows, so the side with contiguous rows of at least a vector is B.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// A matrix read element by element: (i, k) lies at data[i * row + k * column]. A transpose is a
/// swap of the steps; complex numbers seen as two real rows have row = 1, column = 2.
template <typename T>
struct Factor {
  const T* data;
  std::size_t row;
  std::size_t column;
};

/// C[i, j] = sum_k A[i, k] B[k, j], fused, in the order k = 0, 1, ...; with `add`, onto what C
/// holds.
/// @param a  rows x depth   @param b  depth x columns, row k at b + k * b_row, columns contiguous
/// @param c  rows x columns, row i at c + i * c_row; must not overlap a or b
/// Any sizes, 0 included. An entry's bits depend on its own row of A and column of B only. Fastest
/// where columns are a multiple of two vectors (8 doubles, 16 floats on AVX2) and depth * columns
/// fits the first-level cache. Cost: rows * depth * columns multiply-adds. T: float or double.
template <typename T>
void product(std::size_t rows, std::size_t depth, std::size_t columns, Factor<T> a, const T* b,
             std::size_t b_row, T* c, std::size_t c_row, bool add = false) noexcept;

/// The same by three plain loops: what tests hold product() to.
template <typename T>
void product_reference(std::size_t rows, std::size_t depth, std::size_t columns, Factor<T> a,
                       const T* b, std::size_t b_row, T* c, std::size_t c_row,
                       bool add = false) noexcept;

}  // namespace equicloud::kernels
