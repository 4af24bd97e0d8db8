// SPDX-License-Identifier: BSD-3-Clause
// Turning a function by its coefficients: (L_R f)(x) = f(R^-1 x) has, in group normalisation,
//   (L_R f)^hat^l = conj(D^l(R)) fhat^l,
// on the sphere (fhat^l a column) as on SO(3) (fhat^l a matrix; there L_R is the left translation).
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/base/span.h>
#include <equicloud/so3/domain.h>
#include <equicloud/so3/rotation.h>

#include <complex>
#include <vector>

namespace equicloud::so3 {

/// One rotation, for any number of functions. Immutable. T: float or double.
template <typename T>
class CoefficientRotation {
 public:
  using Complex = std::complex<T>;

  /// @param bandwidth  >= 1. Throws InvalidArgument. Cost: O(b^3).
  CoefficientRotation(int bandwidth, const EulerAngles& R);

  /// @param fhat     coefficients of functions on `domain`, one function after the other
  /// @param rotated  as many; must not overlap fhat. Throws InvalidArgument where sizes do not fit.
  /// Cost a function: 16/3 b^3 operations on the sphere, 4 b^4 on SO(3).
  void apply(Domain domain, Span<const Complex> fhat, Span<Complex> rotated) const;

 private:
  int bandwidth_;
  AlignedVector<T> d_;          // d^l(beta), as so3/index.h says
  std::vector<Complex> alpha_;  // e^{-i m alpha}, m = -(b-1) .. b-1
  std::vector<Complex> gamma_;  // e^{-i n gamma}
};

}  // namespace equicloud::so3
