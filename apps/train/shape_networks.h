// SPDX-License-Identifier: BSD-3-Clause
// The classifier's two networks in libtorch, for training: the same mathematics as
// equicloud/classify/set_network.h and spherical_network.h, with batch normalisation in place of
// what the library finds folded into its weights (shape_export.h folds it).
// Law: exported weights, same features, same logits as the library up to 1e-5 relative.
#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <vector>

namespace equicloud::train {

/// Features of B shapes; N points, and at level i M_i centres with k_i neighbours each.
struct ShapeBatch {
  struct Level {
    torch::Tensor pairs;      ///< [B, M, k, 12] float
    torch::Tensor neighbors;  ///< [B, M, k] int64, rows of the sources
  };
  torch::Tensor point;  ///< [B, N, 10] float
  std::array<Level, 3> level;
  torch::Tensor spherical;  ///< [B, 28, 64] float: real group coefficients
  torch::Tensor label;      ///< [B] int64
};

/// 1 / deviation of each input number, taken once over some training shapes.
struct ShapeScales {
  torch::Tensor point;                 ///< [10]
  std::array<torch::Tensor, 3> pairs;  ///< [12]
  torch::Tensor spherical;  ///< [28, 8]: 1 / RMS of each channel and degree, 0 where all is 0
};
ShapeScales scales_of(const ShapeBatch& shapes);

/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta over the rows of x [rows, channels].
class NormImpl : public torch::nn::Module {
 public:
  static constexpr double kEpsilon = 1e-5;
  explicit NormImpl(std::int64_t channels);
  torch::Tensor forward(const torch::Tensor& x);

  torch::Tensor gamma, beta, mean, variance;
};
TORCH_MODULE(Norm);

struct SetNetworkSizes {
  struct Level {
    std::int64_t pair, edge, out;
  };
  std::array<Level, 3> level{{{32, 64, 64}, {64, 128, 128}, {128, 256, 256}}};
  std::int64_t token = 384, hidden = 224, embedding = 128;
};

/// The set branch: three levels of phi and max over neighbour sets, a Deep Sets equivariant layer
/// over the last centres, max and mean, rho.
class SetNetworkImpl : public torch::nn::Module {
 public:
  SetNetworkImpl(const SetNetworkSizes& sizes, std::int64_t classes, const ShapeScales& scales);
  struct Output {
    torch::Tensor logits, embedding;  ///< [B, classes], [B, 128]
  };
  Output forward(const ShapeBatch& batch);

  struct Level {
    torch::Tensor pair, source, edge, out;  ///< weights as exported, before folding
    Norm pair_norm{nullptr}, edge_norm{nullptr}, out_norm{nullptr};
  };
  std::array<Level, 3> level;
  torch::Tensor mix_own, mix_max, token, head0, head1;
  Norm mix_norm{nullptr}, token_norm{nullptr}, norm0{nullptr}, norm1{nullptr};
  torch::nn::Linear last{nullptr};
  torch::Tensor point_scale;
  std::array<torch::Tensor, 3> pair_scale;

 private:
  torch::Tensor forward_level(std::size_t i, const torch::Tensor& source,
                              const ShapeBatch::Level& level);
  torch::Tensor weight(const std::string& name, std::int64_t out, std::int64_t in);
};
TORCH_MODULE(SetNetwork);

/// Constants of the spherical branch: samples of the real Wigner matrices on its two grids.
struct SphericalTables {
  torch::Tensor synthesis;     ///< [680, 2916]: (2l+1) Delta^l_mn at the samples of the fine grid
  torch::Tensor analysis;      ///< [2916, 84]: weight times Delta^l_mn
  torch::Tensor pool;          ///< [84, 2048]: (2l+1) Delta^l_mn at the samples of the pooling grid
  torch::Tensor pool_weights;  ///< [2048], sum 1
};
SphericalTables spherical_tables();

/// The spherical branch: S2 correlation, x + x^2/2 on an exact grid, SO(3) correlation, invariants.
class SphericalNetworkImpl : public torch::nn::Module {
 public:
  SphericalNetworkImpl(std::int64_t c1, std::int64_t c2, std::int64_t classes,
                       const ShapeScales& scales);
  SetNetworkImpl::Output forward(const ShapeBatch& batch);

  torch::Tensor s2_filter, so3_filter;  ///< [C1, 28, 64], [C2, C1, 84]
  Norm norm1{nullptr}, norm2{nullptr};  ///< of a signal: mean and variance by Plancherel
  Norm input_norm{nullptr};             ///< of the invariants, before the head
  torch::nn::Linear head0{nullptr}, last{nullptr};
  torch::Tensor input_scale;  ///< [28, 8]

 private:
  torch::Tensor normalised(Norm& norm, const torch::Tensor& f, int bandwidth);
  SphericalTables tables_;
};
TORCH_MODULE(SphericalNetwork);

/// [.., b (4b^2-1)/3] -> [.., b]: (2l+1) sum over m, n of f^2, the energy of each degree.
torch::Tensor energy_per_degree(const torch::Tensor& f, int bandwidth);

}  // namespace equicloud::train
