// SPDX-License-Identifier: BSD-3-Clause
// Deep Sets (Zaheer et al. 2017, "Deep Sets", NeurIPS, theorem 2 and lemma 3): an invariant
// function of a set, f(X) = rho(pool_j phi(x_j)), and the linear layers that commute with
// permutations, y = sigma(Lambda x + Gamma pool(x) 1), in one channel sigma(lambda x + gamma (1^T
// x) 1).
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/nn/dense.h>
#include <equicloud/sets/pooling.h>

#include <vector>

namespace equicloud::sets {

/// The invariant block: permuting the members leaves the result as it is (up to the order of a
/// sum).
class DeepSets {
 public:
  /// Throws InvalidArgument if rho does not take what phi gives.
  DeepSets(nn::Mlp phi, Pooling pooling, nn::Mlp rho);

  /// @param members  count x phi.in(), packed, count >= 1 (checked)
  /// @returns        rho.out() values
  std::vector<float> forward(Span<const float> members) const;

 private:
  nn::Mlp phi_;
  Pooling pooling_;
  nn::Mlp rho_;
};

/// One equivariant layer over a whole set: permuting the rows of x permutes the rows of y.
class EquivariantLayer {
 public:
  /// @param lambda  the layer Lambda x + b with its activation; @param gamma  [out, in] row-major
  /// @param pooling of the rows of x, each with weight 1. Throws InvalidArgument if gamma does not
  /// fit.
  EquivariantLayer(nn::Dense lambda, const std::vector<float>& gamma, Pooling pooling);

  int in() const noexcept { return lambda_.in(); }
  int out() const noexcept { return lambda_.out(); }
  std::size_t padded_out() const noexcept { return lambda_.padded_out(); }

  /// @param x  n x in, packed, n >= 1 (checked); @returns n x out, packed
  std::vector<float> forward(Span<const float> x) const;
  /// The same without a check or an allocation.
  /// @param x  rows x in, row stride x_stride; @param y  rows x padded_out(), packed
  /// @param scratch  scratch_size() floats
  void forward(const float* x, std::size_t x_stride, std::size_t rows, Span<float> scratch,
               float* y) const noexcept;
  std::size_t scratch_size() const noexcept;

 private:
  nn::Dense lambda_;
  nn::Dense gamma_;  // with lambda's bias: of the pooled rows it gives the bias of this set
  Pooling pooling_;
};

/// bias + gamma v, padded as the layer's bias: a term that is constant over the set, folded into
/// the bias.
/// @param gamma  [layer.out(), v.size()] row-major, or empty (the bias alone)
std::vector<float> bias_with(const nn::Dense& layer, Span<const float> gamma, Span<const float> v);

}  // namespace equicloud::sets
