// SPDX-License-Identifier: BSD-3-Clause
// The network of sphere_architecture.h from a model file, by core's layers
// (equicloud/so3/layers.h). Law: its logits are those of the trainer's network, to 1e-5.
#pragma once

#include <equicloud/nn/dense.h>
#include <equicloud/so3/layers.h>
#include <train/sphere_architecture.h>
#include <train/sphere_digits.h>

#include <memory>
#include <vector>

namespace equicloud::train {

/// Immutable; calls from any number of threads.
class SphereNetwork {
 public:
  /// Throws FormatError where a tensor is missing or of another shape.
  explicit SphereNetwork(const nn::WeightsFile& file);

  const SphereArchitecture& architecture() const noexcept { return a_; }

  /// @returns [digit][class]. The same bits for any number of threads. Throws InvalidArgument for
  /// pictures of other channels or another bandwidth. Cost: about 15 ms a digit on one core.
  std::vector<float> logits(const SphereBatch& batch,
                            const Executor& executor = serial_executor()) const;

 private:
  struct Scratch;
  Scratch scratch() const;
  void one(const std::complex<float>* half, float* logits, Scratch& scratch) const;

  SphereArchitecture a_;
  so3::S2Convolution lift_;
  std::vector<so3::SO3Convolution> next_;  // levels 1 and 2
  std::vector<so3::SO3ReLU> relu_;
  nn::Mlp head_;
};

/// The share of a batch whose largest logit is that of its label.
double accuracy(const std::vector<float>& logits, const SphereBatch& batch);

}  // namespace equicloud::train
