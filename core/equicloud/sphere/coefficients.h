// SPDX-License-Identifier: BSD-3-Clause
// Between the forms of a coefficient vector (index.h): half and full, group and orthonormal.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/sphere/index.h>

#include <complex>
#include <vector>

namespace equicloud::sphere {

/// sqrt(4 pi (2l+1)): a_lm of the orthonormal form over c_lm of the group form.
double orthonormal_over_group(int l);

/// All orders of a real signal from those with m >= 0: f_{l,-m} = (-1)^m conj f_lm.
/// @param half  half_size(b) numbers, else InvalidArgument   @returns full_size(b) numbers
template <typename T>
std::vector<std::complex<T>> full_from_half(int b, Span<const std::complex<T>> half);

/// Rescales a full or half vector in place from one normalisation to the other.
template <typename T>
void renormalise(int b, Span<std::complex<T>> coefficients, Normalisation from, Normalisation to);

}  // namespace equicloud::sphere
