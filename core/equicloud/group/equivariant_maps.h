// SPDX-License-Identifier: BSD-3-Clause
// All linear maps W from functions on X to functions on Y with W L_u = L_u W for every u: solved
// for as a null space, exactly, and beside it the convolutions, so that the theorem of Kondor &
// Trivedi (2018, theorem 1) can be watched: both span the same space, one dimension a double coset
// H\G/K.
#pragma once

#include <equicloud/group/g_space.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::group {

/// Row-major; entry (y, x) takes the value at x to y.
struct IntegerMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::int64_t> entries;  ///< rows x columns
};

/// A basis of the equivariant maps X -> Y: the null space of W(u y, u x) - W(y, x) = 0 over the
/// generators u. equivariant_maps(x, x) is the commutant. Throws InvalidArgument if the spaces
/// belong to different groups. Cost: O(|X| |Y| log) for the constraints, O(|X| |Y|) each map.
std::vector<IntegerMatrix> equivariant_maps(const GSpace& x, const GSpace& y);

/// The convolutions X = G/H -> Y = G/K with the indicator of a double coset as the filter, one for
/// each, as matrices of group::convolve(). Both spaces must be homogeneous (checked).
/// Cost: O(|H\G/K| |X| |G|^2).
std::vector<IntegerMatrix> convolution_maps(const GSpace& x, const GSpace& y);

/// Dimension of what the matrices span, exactly. Throws InvalidArgument where shapes differ.
std::size_t span_dimension(const std::vector<IntegerMatrix>& maps);

}  // namespace equicloud::group
