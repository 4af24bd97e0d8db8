// SPDX-License-Identifier: BSD-3-Clause
// The p-norm of a set of numbers, between sum (p = 1) and maximum (p -> infinity), smooth on the
// way: max |x_i| <= ||x||_p <= n^(1/p) max |x_i|. A maximum that has a gradient for every member.
#pragma once

#include <equicloud/base/span.h>

#include <vector>

namespace equicloud::sets {

/// (sum_i |x_i|^p)^(1/p), without overflow for any p; 0 for no numbers. T is float or double.
/// @param p  >= 1 and finite (checked)
template <typename T>
T p_norm(Span<const T> x, T p);

/// Its gradient: sign(x_i) (|x_i| / ||x||_p)^(p-1); 0 where all x are 0.
template <typename T>
std::vector<T> p_norm_gradient(Span<const T> x, T p);

}  // namespace equicloud::sets
