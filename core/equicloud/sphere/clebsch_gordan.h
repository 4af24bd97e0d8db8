// SPDX-License-Identifier: BSD-3-Clause
// Clebsch-Gordan coefficients <l1 m1 l2 m2 | l m>: how a product of two harmonics splits into
// degrees. Real, with the Condon-Shortley signs (<l1 l1 l2 l-l1 | l l> > 0).
#pragma once

#include <vector>

namespace equicloud::sphere {

/// All coefficients of one (l1, l2, l, m), m = m1 + m2: values[i] belongs to m1 = first + i.
struct ClebschGordan {
  int first = 0;               ///< max(-l1, m - l2)
  std::vector<double> values;  ///< up to m1 = min(l1, m + l2); sum of squares 1
};

/// The eigenvector of J^2 to l(l+1) among the products with that m: tridiagonal, solved from both
/// ends towards the middle, where both recurrences are stable (Luscombe & Luban 1998).
/// Throws InvalidArgument unless |l1 - l2| <= l <= l1 + l2 and |m| <= l. Cost: O(l1).
ClebschGordan clebsch_gordan(int l1, int l2, int l, int m);

}  // namespace equicloud::sphere
