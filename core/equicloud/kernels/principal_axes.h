// SPDX-License-Identifier: BSD-3-Clause
// Eigen-decompositions of many symmetric 3 x 3 matrices at once, a matrix a lane.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// Matrices that are taken at a time: pad to a multiple of it, with zeros for instance.
constexpr std::size_t kAxesBlock = 16;

/// Entries of n symmetric matrices, each an array of n.
struct SymmetricColumns {
  const float *xx, *xy, *xz, *yy, *yz, *zz;
};

/// What is found, arrays of n: eigenvalues l0 <= l1 <= l2 and the unit eigenvector of l0, its sign
/// arbitrary; any unit vector where l0 = l1.
struct AxesColumns {
  float *l0, *l1, *l2;
  float *x, *y, *z;
};

/// Cyclic Jacobi rotations (Jacobi 1846; Golub & Van Loan, Matrix Computations, section 8.5) on
/// matrices divided by their traces: errors of the eigenvalues within 1e-6 of the trace, no
/// underflow of squares.
/// @param count  a multiple of kAxesBlock
/// @param matrices  positive semi-definite up to rounding, finite. The zero matrix has l = 0.
/// A matrix's result does not depend on the others. Same bits for the same SIMD target.
void principal_axes(std::size_t count, const SymmetricColumns& matrices,
                    const AxesColumns& axes) noexcept;

}  // namespace equicloud::kernels
