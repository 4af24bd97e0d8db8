// SPDX-License-Identifier: BSD-3-Clause
// Power sums of several variables: the moments M_abc = sum_i x_i^a y_i^b z_i^c of a set of points.
// Every permutation-invariant polynomial of the points is a polynomial in them (Weyl 1946, "The
// Classical Groups", II.3), and those of degree <= n tell any two sets of n points apart.
#pragma once

#include <equicloud/base/span.h>

#include <array>
#include <cstddef>
#include <vector>

namespace equicloud::sets {

/// (a, b, c) with a + b + c <= degree: by a + b + c, then a falling, then b falling. There are
/// (degree + 1)(degree + 2)(degree + 3) / 6.
std::vector<std::array<std::size_t, 3>> moment_exponents(std::size_t degree);

/// M_abc in the order of moment_exponents(); the first is the number of points. T is float or
/// double.
/// @param xyz  n x 3, packed (checked); n may be 0
/// Cost: O(n degree^3).
template <typename T>
std::vector<T> moments(Span<const T> xyz, std::size_t degree);

/// Gradient of a loss by the coordinates, n x 3, given its gradient by the moments (checked).
template <typename T>
std::vector<T> moments_backward(Span<const T> xyz, std::size_t degree, Span<const T> gradient);

}  // namespace equicloud::sets
