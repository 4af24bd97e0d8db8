// SPDX-License-Identifier: BSD-3-Clause
// Characters and the parts of a space of functions that they name. Laws: <pi, pi> of the functions
// on X is the dimension of their commutant; projections of different irreducible characters are
// orthogonal, add up to the identity and commute with the group (Serre 1977, "Linear
// Representations of Finite Groups", 2.2-2.6).
#pragma once

#include <equicloud/group/g_space.h>

#include <complex>
#include <vector>

namespace equicloud::group {

/// One value an element: the trace of what the element does.
using Character = std::vector<std::complex<double>>;

/// 1 everywhere.
Character trivial_character(const FiniteGroup& g);
/// Of functions on X: the number of points that u leaves where they are.
Character permutation_character(const GSpace& x);
/// The permutation character less the trivial one: on the letters of S_n, n >= 2, the standard
/// representation, of dimension n - 1 and irreducible.
Character standard_character(const GSpace& x);

/// <a, b> = 1/|G| sum_u a(u) conj(b(u)): how often an irreducible b is in a.
std::complex<double> inner(const Character& a, const Character& b);

/// P = chi(e)/|G| sum_u conj(chi(u)) L_u, |X| x |X| row-major: onto the part of the functions on X
/// that carries the irreducible character chi. Throws InvalidArgument unless chi has one value an
/// element. Cost: O(|G| |X|).
std::vector<std::complex<double>> isotypic_projection(const GSpace& x, const Character& chi);

}  // namespace equicloud::group
