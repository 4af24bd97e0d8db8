// SPDX-License-Identifier: BSD-3-Clause
// The spherical branch of the classifier: two correlations with filters (Cohen, Geiger, Koehler &
// Welling 2018, "Spherical CNNs", ICLR), numbers that no rotation changes, and a head.
//
//   F_o = psi_o * x + bias_o        on SO(3), bandwidth 8, from the 28 signals x on the sphere
//   H_o = F_o + F_o^2 / 2           on SO(3), cut to bandwidth 4: a polynomial, hence exact on a
//   grid G_o = Psi_o * H + bias_o        on SO(3), bandwidth 4 v   = invariants of H, F, G (below)
//   embedding = relu(A v + a), logits = B embedding + b
//
// Invariants, in this order, with C1 filters psi and C2 filters Psi:
//   C1         the mean of H_o over SO(3)
//   C1 x 8     log(1e-3 + (2l+1) |F_o^l|^2), [o][l]
//   C2 x 4     log(1e-3 + (2l+1) |G_o^l|^2), [o][l]
//   C2, C2     the means of relu(G_o) and of relu(G_o)^2 over gauss_legendre(8, 16)
// A rotation of the shape changes the first three by rounding alone; relu is no polynomial, and its
// means change by what a grid of 2048 rotations cannot see (tests/classify measures it).
//
// Tensors (filters in real form, so3/real_representation.h): spherical.s2.filter [C1, 28, 64],
// spherical.s2.bias [C1], spherical.so3.filter [C2, C1, 84], spherical.so3.bias [C2],
// spherical.head.{0,1}.{weight,bias}.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/nn/weights_file.h>

#include <cstddef>
#include <memory>

namespace equicloud::classify {

struct SphericalLayers;  // spherical_layers.h

/// What the network says of one shape; views into a workspace, valid until its next use.
struct SphericalOutput {
  Span<const float> logits;      ///< one a class
  Span<const float> embedding;   ///< >= 0
  Span<const float> invariants;  ///< v
};

/// Immutable; forward() from any number of threads, each with a workspace of its own.
class SphericalNetwork {
 public:
  /// Memory of a call, made by workspace(); half a megabyte, worth keeping.
  class Workspace {
   public:
    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    ~Workspace();

   private:
    friend class SphericalNetwork;
    struct State;
    explicit Workspace(std::unique_ptr<State> state) noexcept;
    std::unique_ptr<State> state_;
  };

  /// All sizes are read from the tensors. Throws FormatError where one is missing or does not fit.
  explicit SphericalNetwork(const nn::WeightsFile& file);
  SphericalNetwork(SphericalNetwork&&) noexcept;
  SphericalNetwork& operator=(SphericalNetwork&&) noexcept;
  ~SphericalNetwork();

  std::size_t classes() const noexcept;
  std::size_t embedding_size() const noexcept;
  Workspace workspace() const;

  /// @param features  of one shape, kSphericalChannels x kSphericalSize (spherical_features.h);
  /// throws InvalidArgument for another size
  /// The same bits in every call. On one thread; no memory but the workspace's, and a closure of 32
  /// B for each step of a transform. Cost: 60 million operations, 2 ms on one core of 2020.
  SphericalOutput forward(Span<const float> features, Workspace& workspace) const;

 private:
  std::unique_ptr<const SphericalLayers> layers_;
};

}  // namespace equicloud::classify
