// SPDX-License-Identifier: BSD-3-Clause
// The branch of the classifier that sees a shape as a set of points: three levels of Deep Sets over
// neighbourhoods (Zaheer et al. 2017, "Deep Sets"; the hierarchy of Qi et al. 2017, "PointNet++"),
// one equivariant layer over the last level's centres, an invariant pooling, dense layers. All it
// sees are invariant numbers (set_features.h), so its logits are as invariant as those are.
//
// With source features F (Ns x Cin; at first the point numbers), rows = points, a level is
//   P      = F B^T                                        set.l<i>.source.weight [H1, Cin]
//   h1     = relu(pairs A^T + a + P[neighbor])            set.l<i>.pair.weight [H1, 12], .bias
//   h2     = relu(h1 W^T + w)                             set.l<i>.edge.weight [H2, H1], .bias
//   F'     = relu([max_j h2 ; F_own] U^T + u)             set.l<i>.out.weight [Cout, H2 + Cin],
//   .bias
// then X' = relu(X A^T + 1 (max X) B^T + b)               set.mix.own.weight, .bias,
// set.mix.max.weight
//      t  = relu(X' T^T + t0)                             set.token.weight, .bias
//      logits = head([max t ; mean t])                    set.head.0, .1 (relu), .2
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/classify/set_features.h>
#include <equicloud/nn/dense.h>
#include <equicloud/nn/weights_file.h>
#include <equicloud/sets/deep_sets.h>

#include <array>
#include <cstddef>
#include <vector>

namespace equicloud::classify {

/// What the network says of one shape; views into a workspace, valid until its next use.
struct SetOutput {
  Span<const float> logits;     ///< one a class
  Span<const float> embedding;  ///< the output of head.1, >= 0
};

/// Immutable after construction; forward() may be called from many threads at once.
class SetNetwork {
 public:
  /// Memory that forward() works in; it grows to the largest shape and is then used again. Not for
  /// two threads at once.
  class Workspace {
    friend class SetNetwork;
    std::array<std::vector<float>, 2> features_;  // of the points of a level and of the next
    std::vector<float> source_;                   // P
    std::vector<float> first_, second_;           // h1, h2 of a block of centres
    std::vector<float> joined_;                   // [max h2 ; F_own]
    std::vector<float> tokens_, pooled_, scratch_;
  };

  /// Widths come from the shapes of the tensors. Throws FormatError if one is missing or does not
  /// fit what comes before it.
  explicit SetNetwork(const nn::WeightsFile& file);

  std::size_t classes() const noexcept;
  std::size_t embedding_size() const noexcept;
  /// Of a shape of so many points, pairs and centres as `features` has.
  std::size_t multiply_adds(const SetFeatures& features) const noexcept;

  /// @param features  of a shape, at least one centre in each level
  /// The same bits on every call. Cost: multiply_adds(), on the calling thread; no allocation in
  /// memory that has seen a shape as large.
  SetOutput forward(const SetFeatures& features, Workspace& workspace) const;

 private:
  struct Level {
    nn::Dense source;  // with the bias of the pairs, so that the sum has it once
    nn::Dense pair, edge, out;
  };
  // Row r of F begins at values + r * stride.
  struct Rows {
    const float* values;
    std::size_t stride;
  };
  static Level load_level(const nn::WeightsFile& file, int number);
  void check_widths() const;
  static Rows run_level(const Level& level, const SetFeatures::Level& sets, Rows features,
                        std::size_t sources, Workspace& workspace, std::vector<float>& result);

  std::array<Level, 3> levels_;
  sets::EquivariantLayer mix_;
  nn::Dense token_;
  std::array<nn::Dense, 3> head_;
};

}  // namespace equicloud::classify
