// SPDX-License-Identifier: BSD-3-Clause
// A three-term recurrence run for many arguments at once: orthogonal polynomials, Wigner d.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// p_{i+1} = (a x - b) p_i - c p_{i-1}.
struct ThreeTerm {
  double a, b, c;
};

/// Row i of `rows` holds p_i(x_j) for j < count: row 0 is `first`, and p_{-1} = 0.
/// @param steps  `step_count` of them, leading to rows 1 .. step_count
/// @param rows   step_count + 1 rows, row i at rows + i * stride; T float or double
/// Computed in double and rounded once, whatever T. A column's bits depend on its own x and first.
template <typename T>
void three_term(std::size_t count, const double* x, const double* first, const ThreeTerm* steps,
                std::size_t step_count, T* rows, std::size_t stride) noexcept;

/// The same by two plain loops: what tests hold three_term() to.
template <typename T>
void three_term_reference(std::size_t count, const double* x, const double* first,
                          const ThreeTerm* steps, std::size_t step_count, T* rows,
                          std::size_t stride) noexcept;

}  // namespace equicloud::kernels
