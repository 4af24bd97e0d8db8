// SPDX-License-Identifier: BSD-3-Clause
// Power sums p_k = sum_i x_i^k: n of them hold everything about a set of n numbers, because its
// members come back from them (Newton & Girard). This is the phi of the universality proof (Zaheer
// et al. 2017, "Deep Sets", appendix A), phi(x) = (x, x^2, ..., x^n), and its inverse.
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace equicloud::sets {

/// p_1 .. p_degree of the numbers x. T is float, double or std::complex<double>. Cost: O(n degree).
template <typename T>
std::vector<T> power_sums(const std::vector<T>& x, std::size_t degree);

/// Gradient of a loss by x, given its gradient by p_1 .. p_k: sum_k g_k k x_i^(k-1). T is float or
/// double.
template <typename T>
std::vector<T> power_sums_backward(const std::vector<T>& x, const std::vector<T>& gradient);

/// Elementary symmetric functions e_1 .. e_n from p_1 .. p_n: k e_k = sum_{i=1..k} (-1)^(i-1)
/// e_{k-i} p_i, e_0 = 1. Cost: O(n^2).
std::vector<std::complex<double>> newton_girard(const std::vector<std::complex<double>>& p);

/// The n numbers whose power sums are p_1 .. p_n, sorted by real, then imaginary part: the roots of
/// z^n - e_1 z^(n-1) + e_2 z^(n-2) - ..., found together (Aberth 1973, Math. Comp. 27).
/// Well posed while members are apart: 1e-8 for n <= 10 members of [-1, 1] at distances above 0.1.
/// A member that occurs m times comes back to about 1e-16^(1/m) only; scale and centre data first.
std::vector<std::complex<double>> members_from_power_sums(
    const std::vector<std::complex<double>>& p);

}  // namespace equicloud::sets
