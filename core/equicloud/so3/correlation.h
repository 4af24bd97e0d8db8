// SPDX-License-Identifier: BSD-3-Clause
// Correlation with banks of filters: how well psi, turned by R, fits f, for every R at once.
//
//   on the sphere  [psi * f](R) = int sum_k conj(psi_k(R^-1 x)) f_k(x) dx / 4 pi
//   on SO(3)       [psi * f](R) = int sum_k conj(psi_k(R^-1 Q)) f_k(Q) dQ
//
// Both are functions on SO(3), and in coefficients (group normalisation) both are, literally,
//   (psi * f)^hat^l = sum_k fhat_k^l (psihat_k^l)^dagger:
// of two columns on the sphere, of two matrices on SO(3). One matrix product for each degree serves
// all channels. Equivariance: turning f by Q turns the result by Q.
//
//   const so3::Correlation<float> layer({bandwidth, 3, 8, so3::Domain::sphere}, filters);
//   layer.apply(fhat, result);  // then SO3Transform::inverse(result, values)
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/so3/domain.h>

#include <complex>
#include <cstddef>
#include <vector>

namespace equicloud::so3 {

struct CorrelationShape {
  int bandwidth = 0;
  int inputs = 1;                  ///< channels of a signal, summed over
  int outputs = 1;                 ///< filters, each with a function for every input channel
  Domain domain = Domain::sphere;  ///< of signals and filters; the result is on SO(3)
};

/// A bank of filters. Immutable; apply() from any number of threads. T: float or double.
template <typename T>
class Correlation {
 public:
  using Complex = std::complex<T>;

  /// @param filters  psihat as [output][input][coefficients]. Throws InvalidArgument where a number
  /// is below 1 or the size does not fit. Keeps twice the size of `filters`.
  Correlation(const CorrelationShape& shape, Span<const Complex> filters);

  const CorrelationShape& shape() const noexcept { return shape_; }

  /// @param signals  fhat as [batch][input][coefficients]
  /// @param result   [batch][output][b (4 b^2 - 1) / 3]; must not overlap signals
  /// Throws InvalidArgument where sizes do not fit. Same bits for any batch and number of threads.
  /// Cost: 8 (2l+1)^2 operations for each degree, input, output and, on SO(3), order.
  void apply(Span<const Complex> signals, Span<Complex> result,
             const Executor& executor = serial_executor()) const;

  /// The same on one thread, allocating nothing. @param scratch  scratch_size() numbers
  void apply(Span<const Complex> signals, Span<Complex> result, Span<T> scratch) const;
  std::size_t scratch_size() const noexcept;

 private:
  std::size_t batch_of(Span<const Complex> signals, Span<Complex> result) const;
  std::size_t result_size() const noexcept;
  std::size_t signal_size() const noexcept;
  std::size_t depth(int l) const noexcept;
  std::size_t width(int l) const noexcept;
  void apply_degree(int l, const Complex* signal, Complex* result, T* scratch) const noexcept;

  CorrelationShape shape_;
  std::vector<std::size_t> first_;  // of each degree in factors_
  AlignedVector<T> factors_;        // of each degree: depth(l) x width(l) real numbers
};

}  // namespace equicloud::so3
