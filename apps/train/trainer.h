// SPDX-License-Identifier: BSD-3-Clause
// Training of the outlier scorer: one corrupted cloud a step, Adam with warm-up and a cosine,
// unweighted cross-entropy (so that the score is a probability), noise on the standardised inputs,
// averaged weights. Everything random in step i depends on the seed and i alone: a run resumed from
// a checkpoint takes the same steps on the CPU, bit for bit, as one that never stopped.
#pragma once

#include <train/curve.h>
#include <train/examples.h>
#include <train/network.h>

#include <functional>
#include <memory>
#include <string>

namespace equicloud::train {

struct TrainerSettings {
  std::string layers = outlier::default_layers();
  std::int64_t steps = 0;  ///< length of the cosine; > 0
  std::uint64_t seed = 1;
  double learning_rate = 4e-3;  ///< after the warm-up
  double noise = 0.03;          ///< standard deviation, on the standardised inputs
  double ema = 0.999;           ///< decay of the averaged weights, a step
  torch::Device device = torch::kCPU;
};

class Trainer {
 public:
  /// A fresh run. Throws InvalidArgument, FormatError (layer list).
  Trainer(const TrainerSettings& settings, const Standardisation& standardisation);
  /// Goes on where the checkpoint stopped. Throws IoError, FormatError (not a checkpoint, or of
  /// another seed, layer list or number of steps than the settings).
  Trainer(const TrainerSettings& settings, const std::string& checkpoint);

  /// One step; @returns the loss, nats a point.
  double step(const Example& example);
  std::int64_t steps_done() const { return step_; }
  /// At `step`: linear over the first 1 % (at most 200 steps), then half a cosine to 1 % of the
  /// peak.
  double learning_rate(std::int64_t step) const;

  /// The averaged weights.
  Network& averaged() { return averaged_; }
  /// Probabilities of the averaged network.
  std::vector<float> probabilities(const outlier::Features& features);

  /// Whole or not at all. @param curve  kept in it, for the table of a resumed run
  void save_checkpoint(const std::string& path, const std::vector<CurveRow>& curve) const;
  /// The rows that the checkpoint held.
  const std::vector<CurveRow>& resumed_curve() const { return resumed_curve_; }

 private:
  void average_weights();
  void load_checkpoint(const std::string& path);

  TrainerSettings settings_;
  Network network_, averaged_;
  std::unique_ptr<torch::optim::Adam> optimizer_;
  std::int64_t step_ = 0;
  std::vector<CurveRow> resumed_curve_;
};

}  // namespace equicloud::train
