// SPDX-License-Identifier: BSD-3-Clause
// Is it one of the classes at all? A small network on the embedding of a shape, trained after the
// classes on many kinds of clouds that are no object, with both branches held fixed:
//   known = sigmoid(b + w . relu(A e + a)),   e = joined_embedding() (fusion.h)
// Tensors refusal.0.weight [hidden, embedding], refusal.0.bias [hidden], refusal.1.weight [1,
// hidden], refusal.1.bias [1].
//
// A class "unknown" among the others is asked for in the same softmax as forty shapes and learns
// the few kinds of junk that fit into training; e keeps what tells shapes apart, and a network of
// its own can be trained on any number of kinds in minutes.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/nn/dense.h>
#include <equicloud/nn/weights_file.h>

#include <cstddef>

namespace equicloud::classify {

/// Immutable; known() may be called from many threads at once.
class Refusal {
 public:
  /// Throws FormatError if a tensor is missing or does not fit an embedding of this size.
  Refusal(const nn::WeightsFile& file, std::size_t embedding_size);

  /// The probability that the shape is one of the classes, if one in two is.
  /// @param embedding  of both branches; throws InvalidArgument for another size
  /// Cost: hidden x size multiply-adds.
  float known(Span<const float> embedding) const;

 private:
  nn::Mlp network_;
};

}  // namespace equicloud::classify
