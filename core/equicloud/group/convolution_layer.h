// SPDX-License-Identifier: BSD-3-Clause
// A layer of a convolutional network over any finite group: y_o = act(sum_i x_i * k_oi + b_o).
// Laws: moving x moves y, with the same bits; a sum over the group of the last layer is invariant.
#pragma once

#include <equicloud/group/finite_group.h>

#include <cstddef>
#include <vector>

namespace equicloud::group {

enum class Rectifier { none, relu };

/// Immutable after construction; T is float or double.
template <typename T>
class ConvolutionLayer {
 public:
  /// @param filters  [out, in, |G|] row-major; out is the number of biases
  /// @param bias     [out], out >= 1. Throws InvalidArgument if the sizes do not fit.
  ConvolutionLayer(FiniteGroup group, std::size_t in, std::vector<T> filters, std::vector<T> bias,
                   Rectifier rectifier);

  /// @param x  [in, |G|], one function a channel (checked); @returns [out, |G|]
  /// Cost: O(in out |G| s), s the number of group elements where a filter is not 0.
  std::vector<T> forward(const std::vector<T>& x) const;

 private:
  FiniteGroup group_;
  std::size_t in_;
  std::vector<T> filters_;
  std::vector<T> bias_;
  Rectifier rectifier_;
};

}  // namespace equicloud::group
