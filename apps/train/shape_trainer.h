// SPDX-License-Identifier: BSD-3-Clause
// Training of the shape classifier: batches drawn at random from a pool of the newest blocks of
// examples, AdamW with warm-up and a cosine, cross-entropy with smoothed labels on both branches
// and on their sum, averaged weights. Which examples step i sees depends on the seed and i alone.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <train/curve.h>
#include <train/shape_examples.h>
#include <train/shape_networks.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::train {

struct ShapeTrainerSettings {
  std::int64_t steps = 0;  ///< length of the cosine; > 0
  std::int64_t batch = 128;
  std::int64_t classes = 41;  ///< junk included, the last
  std::uint64_t seed = 1;
  double learning_rate = 2e-3;  ///< after the warm-up
  double decay = 0.05;          ///< of the weights (decoupled; not of biases and normalisations)
  double smoothing = 0.1;       ///< of the labels
  double ema = 0.999;           ///< decay of the averaged weights, a step
  std::int64_t block = 256;     ///< examples of a block of the stream
  std::int64_t pool_blocks = 32;
  double reuse = 3.0;  ///< times that an example is drawn, on average
  torch::Device device = torch::kCPU;
};

/// Logits of both branches and the embedding, of many shapes.
struct ShapeOutputs {
  torch::Tensor set, spherical;  ///< [n, classes]
  torch::Tensor embedding;       ///< [n, 256]: both halves as the networks give them
};

class ShapeTrainer {
 public:
  using Blocks = std::function<ShapeArrays()>;  ///< the next block of the stream

  /// @param scales_from  examples that the scales of the inputs are taken from
  ShapeTrainer(const ShapeTrainerSettings& settings, const ShapeArrays& scales_from);
  /// Goes on where the checkpoint stopped; the pool is filled anew from `first_block()` on. Throws
  /// IoError, FormatError (not a checkpoint, or of other settings).
  ShapeTrainer(const ShapeTrainerSettings& settings, const std::string& checkpoint);

  /// The block that the stream must begin with.
  std::int64_t first_block() const;
  /// One step; takes blocks from the stream as they fall due. @returns the loss, a tensor that
  /// need not be there yet (reading it waits for the device).
  torch::Tensor step(const Blocks& next);
  std::int64_t steps_done() const { return step_; }
  double learning_rate(std::int64_t step) const;

  /// What the averaged weights say.
  ShapeOutputs outputs(const ShapeArrays& shapes);
  /// The averaged weights, folded.
  nn::WeightsFile to_file() const;

  void save_checkpoint(const std::string& path, const std::vector<CurveRow>& curve) const;
  const std::vector<CurveRow>& resumed_curve() const { return resumed_curve_; }

 private:
  std::int64_t blocks_due(std::int64_t step) const;
  void add_block(const ShapeArrays& block);
  ShapeBatch draw() const;
  void average_weights();
  std::string identity() const;
  void load_checkpoint(const std::string& path);

  ShapeTrainerSettings settings_;
  SetNetwork set_{nullptr}, averaged_set_{nullptr};
  SphericalNetwork spherical_{nullptr}, averaged_spherical_{nullptr};
  std::unique_ptr<torch::optim::AdamW> optimizer_;
  ShapeBatch pool_;
  std::int64_t blocks_taken_ = 0, step_ = 0;
  std::vector<CurveRow> resumed_curve_;
};

/// The arrays as tensors on the device (copied).
ShapeBatch to_batch(const ShapeArrays& arrays, torch::Device device);

}  // namespace equicloud::train
