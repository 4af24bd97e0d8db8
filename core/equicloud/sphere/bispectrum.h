// SPDX-License-Identifier: BSD-3-Clause
// The bispectrum: invariants of third order that, unlike the power spectrum, see how the degrees of
// a signal are turned against each other.
//   B(l1, l2, l) = sum_{m1 + m2 = m} <l1 m1 l2 m2 | l m> c_{l1 m1} c_{l2 m2} conj(c_lm)
// with c in group normalisation. Invariant under rotation; of a real signal it is real where
// l1 + l2 + l is even and imaginary where odd (which is what changes sign under reflection).
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/sphere/index.h>

#include <complex>
#include <vector>

namespace equicloud::sphere {

/// A triple of degrees that couple: l1 <= l2, l2 - l1 <= l <= l1 + l2.
struct DegreeTriple {
  int l1, l2, l;
};

/// The triples below bandwidth b in the order of the bispectrum: l1, then l2, then l ascending.
/// About b^3 / 4 of them. Throws InvalidArgument for b < 1.
std::vector<DegreeTriple> bispectrum_triples(int b);

/// One value a triple of bispectrum_triples(b).
/// @param coefficients  full_size(b), group normalisation
/// Throws InvalidArgument for another size. Cost: O(b^5); sums in double.
template <typename T>
std::vector<std::complex<double>> bispectrum(int b, Span<const std::complex<T>> coefficients);

}  // namespace equicloud::sphere
