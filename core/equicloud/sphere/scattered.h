// SPDX-License-Identifier: BSD-3-Clause
// Synthesis and analysis where there is no grid: at directions anywhere on the sphere. Exact up to
// rounding, O(points b^2). The two are adjoint: with c = synthesis_at's coefficients,
//   sum_i w_i conj(s_i) f_i = sum_l (2l+1) sum_m conj(c_lm) g_lm,  s = synthesis_at(c),
//   g = analysis_at(f, w).   On a grid's points with its sample weights they are its transform.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/sphere/index.h>

#include <complex>

namespace equicloud::sphere {

/// values[i] = f(x_i), f = sum (2l+1) c_lm Z_lm (group) or sum a_lm Y_lm (orthonormal).
/// @param coefficients  full_size(b), complex signal
/// @param xyz           packed directions, 3 a point; their length does not matter
/// Sums in double for either T (float, double). Throws InvalidArgument for b < 1, sizes that do not
/// fit, a direction that is zero or not finite.
template <typename T>
void synthesis_at(int b, Span<const std::complex<T>> coefficients, Span<const T> xyz,
                  Span<std::complex<T>> values, Normalisation normalisation = Normalisation::group,
                  const Executor& executor = serial_executor());
/// The same for a real signal. @param coefficients  half_size(b)
template <typename T>
void synthesis_at(int b, Span<const std::complex<T>> coefficients, Span<const T> xyz,
                  Span<T> values, Normalisation normalisation = Normalisation::group,
                  const Executor& executor = serial_executor());

/// coefficients: c_lm = sum_i weights[i] values[i] conj(Z_lm(x_i)), times sqrt(4 pi (2l+1)) for
/// orthonormal ones: the transform of the measure sum_i w_i f_i delta(x_i).
/// @param weights  one a point, or empty: each 1 / points
/// Others and throws: as above. The same bits for any number of threads.
template <typename T>
void analysis_at(int b, Span<const std::complex<T>> values, Span<const T> weights,
                 Span<const T> xyz, Span<std::complex<T>> coefficients,
                 Normalisation normalisation = Normalisation::group,
                 const Executor& executor = serial_executor());
template <typename T>
void analysis_at(int b, Span<const T> values, Span<const T> weights, Span<const T> xyz,
                 Span<std::complex<T>> coefficients,
                 Normalisation normalisation = Normalisation::group,
                 const Executor& executor = serial_executor());

}  // namespace equicloud::sphere
