// SPDX-License-Identifier: BSD-3-Clause
// The network of sphere_architecture.h in libtorch, for its gradients. Plain tensor operations
// only, so that one source serves old and new versions, on a CPU or a GPU. Law: the same weights
// give the same logits as SphereNetwork (core's layers), to 1e-5.
//
// A batch of functions on SO(3) is a complex tensor [m, n, l, batch, channel] of the orders
// m = 0 .. b-1 (the functions are real) and n = 0 .. b-1, -(b-1) .. -1, zero where l < |m|, |n|.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <torch/torch.h>
#include <train/sphere_architecture.h>
#include <train/sphere_digits.h>

#include <memory>
#include <vector>

namespace equicloud::train {

/// [digits, channels, b, b]: c_lm at [.., l, m], zero where m > l.
torch::Tensor coefficient_tensor(const SphereBatch& batch);

/// Between coefficients and samples on an SO(3) grid, separately: for each pair (m, n) a product
/// with Wigner's d, then Fourier transforms along gamma and alpha.
class SampledReluImpl : public torch::nn::Module {
 public:
  /// ReLU on gauss_legendre(grid) of functions of bandwidth `in`, back to bandwidth `out` <= in.
  SampledReluImpl(int in, int grid, int out);
  /// @param spectrum  [in, 2 in - 1, in, batch, channel]   @param bias  [channel], added first
  /// @returns samples [batch, channel, beta, gamma, alpha] after ReLU
  torch::Tensor samples(const torch::Tensor& spectrum, const torch::Tensor& bias) const;
  /// [out, 2 out - 1, out, batch, channel] of samples.
  torch::Tensor analysis(const torch::Tensor& samples) const;
  /// The mean over SO(3) of samples: [batch, channel].
  torch::Tensor integrate(const torch::Tensor& samples) const;

 private:
  std::int64_t in_, columns_, out_;
  torch::Tensor synthesis_, analysis_;  // d, [pairs, beta, l] and [pairs, l, beta]
  torch::Tensor weights_;               // of beta, sum 1
};
TORCH_MODULE(SampledRelu);

/// Mean and variance of a layer's functions over batch and SO(3), as running averages, and the
/// trained deviation and mean that take their place.
class FunctionNormImpl : public torch::nn::Module {
 public:
  explicit FunctionNormImpl(int channels);
  struct Affine {
    torch::Tensor scale, bias;  ///< [channel]
  };
  /// @param mean, square  of the functions, [channel]; used, and kept track of, while training
  Affine operator()(const torch::Tensor& mean, const torch::Tensor& square);
  Affine folded() const;

 private:
  torch::Tensor deviation_, offset_, running_mean_, running_variance_;
};
TORCH_MODULE(FunctionNorm);

class SphereTorchNetImpl : public torch::nn::Module {
 public:
  /// Randomly initialised from torch's generator.
  explicit SphereTorchNetImpl(const SphereArchitecture& architecture);

  /// @param coefficients  [digits, inputs, b, b] complex   @returns logits [digits, classes]
  torch::Tensor forward(const torch::Tensor& coefficients);

  /// Functions on SO(3) before ReLU, and what is added to each of them first.
  struct Functions {
    torch::Tensor spectrum, bias;
  };
  /// The first layer alone, normalised.
  Functions lifted(const torch::Tensor& coefficients);

  /// Trained numbers.
  std::int64_t parameter_count() const;
  /// The model with its normalisation folded in (as in evaluation mode).
  nn::WeightsFile to_file() const;

 private:
  Functions so3_correlation(std::size_t level, const torch::Tensor& spectrum);

  SphereArchitecture a_;
  torch::Tensor s2_basis_, s2_kernel_;
  std::vector<torch::Tensor> so3_basis_, so3_kernel_, so3_mix_;
  std::vector<SampledRelu> relu_;
  std::vector<FunctionNorm> norm_;
  torch::nn::BatchNorm1d invariants_{nullptr};
  torch::nn::Dropout dropout_{nullptr};
  torch::nn::Linear hidden_{nullptr}, answer_{nullptr};
};
TORCH_MODULE(SphereTorchNet);

}  // namespace equicloud::train
