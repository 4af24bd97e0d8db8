// SPDX-License-Identifier: BSD-3-Clause
// f(X) = rho(sum_j phi(x_j)) with phi: X -> C^n and rho: C^n -> C^m. C^n is R^2n to addition, so it
// is the real block read in pairs; phi and rho are any functions, not only holomorphic ones.
#pragma once

#include <equicloud/sets/deep_sets.h>

#include <complex>
#include <vector>

namespace equicloud::sets {

/// Complex channels are real ones in pairs (Re, Im): channel k is outputs 2k and 2k + 1.
class ComplexDeepSets {
 public:
  /// @param phi  to 2n channels; @param rho  from 2n to 2m channels
  /// Throws InvalidArgument if a number is odd or rho does not take what phi gives.
  ComplexDeepSets(nn::Mlp phi, nn::Mlp rho);

  /// @param members  count x phi.in(), packed, count >= 1 (checked); @returns m values
  std::vector<std::complex<float>> forward(Span<const float> members) const;

 private:
  DeepSets real_;
};

}  // namespace equicloud::sets
