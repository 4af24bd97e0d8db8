// SPDX-License-Identifier: BSD-3-Clause
// How much of signals lies in each degree: invariant under rotation, one number a degree and pair.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/sphere/index.h>

#include <complex>

namespace equicloud::sphere {

/// spectrum[l] = (2l+1) sum_m |c_lm|^2 (orthonormal: sum_m |a_lm|^2 / 4 pi): the part of degree l
/// in the mean of |f|^2 over the sphere; their sum is that mean (Parseval).
/// @param coefficients  full_size(b), or half_size(b) of a real signal (they differ for b > 1)
/// @param spectrum      b numbers
/// Throws InvalidArgument for sizes that do not fit. Sums in double.
template <typename T>
void power_spectrum(int b, Span<const std::complex<T>> coefficients, Span<T> spectrum,
                    Normalisation normalisation = Normalisation::group);

/// spectra[(l * channels + i) * channels + k] = (2l+1) sum_m c^i_lm conj(c^k_lm): a Hermitian
/// matrix a degree, its trace the power of all channels, real for real signals.
/// @param coefficients  `channels` vectors, one after another, all full or all half
/// @param spectra       b * channels^2 numbers
template <typename T>
void cross_spectra(int b, std::size_t channels, Span<const std::complex<T>> coefficients,
                   Span<std::complex<T>> spectra,
                   Normalisation normalisation = Normalisation::group);

}  // namespace equicloud::sphere
