// SPDX-License-Identifier: BSD-3-Clause
// The scorer's network in libtorch, built from the same layer list as the library's
// (equicloud/outlier/architecture.h says what each layer does and how its tensors are called).
// Law: same weights, same features, same probabilities as equicloud::outlier::Network up to 1e-5.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <equicloud/outlier/architecture.h>
#include <equicloud/outlier/features.h>
#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

namespace equicloud::train {

/// Features of one cloud of n points as tensors.
struct Batch {
  torch::Tensor point;      ///< [n, 23] float
  torch::Tensor set;        ///< [n * 15, 9] float
  torch::Tensor weights;    ///< [n, 15] float: w
  torch::Tensor shares;     ///< [n, 15] float: w / S, S = 1/2 + sum w
  torch::Tensor own_share;  ///< [n, 1] float: 1/2 / S
  torch::Tensor neighbors;  ///< [n, 15] int64
};

/// Copies the features; the batch owns its memory.
Batch make_batch(const outlier::Features& features, torch::Device device = torch::kCPU);

/// Means and scales of the inputs over a few clouds, then frozen; clip in units of the deviation.
struct Standardisation {
  std::vector<float> point_mean, point_scale;  ///< 23 each
  std::vector<float> set_mean, set_scale;      ///< 9 each
  float clip = 8.0F;
};

/// Mean and 1 / deviation of every channel over all points of the clouds (at least one).
Standardisation standardisation_of(const std::vector<outlier::Features>& clouds);

class NetworkImpl : public torch::nn::Module {
 public:
  /// Randomly initialised from torch's generator. Throws FormatError on a wrong layer list.
  NetworkImpl(const std::string& layers, const Standardisation& standardisation);

  /// The inputs as the first layer takes them: standardised, clipped.
  Batch standardised(const Batch& batch) const;
  /// @param batch  standardised; @returns logits [n]
  torch::Tensor forward(const Batch& batch);

  /// The trained tensors with the names of the file, in a fixed order.
  const std::vector<std::pair<std::string, torch::Tensor>>& named_weights() const {
    return weights_;
  }
  /// Tensors of the file: weights and standardisation; metadata: layers and clip.
  nn::WeightsFile to_file() const;
  /// Takes over the trained tensors of another network of the same layer list, or a file's. Throws
  /// FormatError if a tensor is missing or of another shape.
  void load(const nn::WeightsFile& file);

 private:
  void add_weights(const std::string& name, std::vector<std::int64_t> shape, int inputs);
  void add_layer(const outlier::LayerSpec& spec);
  torch::Tensor get(const std::string& name) const;
  torch::Tensor set_pool(const outlier::LayerSpec& spec, const torch::Tensor& x,
                         const Batch& batch) const;
  torch::Tensor affine(const outlier::LayerSpec& spec, const torch::Tensor& product,
                       const torch::Tensor& context) const;

  std::string layers_text_;
  std::vector<outlier::LayerSpec> layers_;
  Standardisation standardisation_;
  torch::Tensor point_mean_, point_scale_, set_mean_, set_scale_;
  std::vector<std::pair<std::string, torch::Tensor>> weights_;
};
TORCH_MODULE(Network);

/// The network of a weights file (to_file() undone). Throws FormatError.
Network network_from_file(const nn::WeightsFile& file);

}  // namespace equicloud::train
