// SPDX-License-Identifier: BSD-3-Clause
// Between the forms of a coefficient vector (index.h): half, full and real; group and orthonormal.
//   real form: f = sum a_lm S_lm (harmonics.h), the same for group coefficients with their (2l+1);
//   a real vector at full_index(l, m). With m > 0:  r_lm = sqrt2 (-1)^m Re f_lm,
//   r_l,-m = -sqrt2 (-1)^m Im f_lm, r_l0 = f_l0: unitary, so that powers are sums of squares.
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

/// The real form of a real signal; normalisation stays what it was.
/// @param half  half_size(b) numbers, else InvalidArgument   @returns full_size(b) numbers
template <typename T>
std::vector<T> real_from_half(int b, Span<const std::complex<T>> half);

/// The inverse. @param real  full_size(b) numbers, else InvalidArgument
template <typename T>
std::vector<std::complex<T>> half_from_real(int b, Span<const T> real);

/// All orders of any number of real signals from their real forms, one after the other.
/// @param real, full  full_size(b) numbers each a signal; throws InvalidArgument for other sizes
template <typename T>
void full_from_real(int b, Span<const T> real, Span<std::complex<T>> full);

/// Rescales a full or half vector in place from one normalisation to the other.
template <typename T>
void renormalise(int b, Span<std::complex<T>> coefficients, Normalisation from, Normalisation to);

}  // namespace equicloud::sphere
