// SPDX-License-Identifier: BSD-3-Clause
// What a trained classifier still needs before its numbers mean something: temperatures (Guo et al.
// 2017, "On calibration of modern neural networks"), the threshold below which a shape is unknown,
// and the mean embedding of each class.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <train/shape_trainer.h>

#include <vector>

namespace equicloud::train {

/// The temperature T > 0 that makes softmax(logits / T) most likely, by golden section on log T.
/// Classes: all columns, the last one junk. @param label  [n] int64
double temperature_of(const torch::Tensor& logits, const torch::Tensor& label);

/// [n]: 1 - probability of the last class.
torch::Tensor known_scores(const torch::Tensor& logits, double temperature);

/// The value that `kept` (0.95) of the scores reach.
double threshold_keeping(const torch::Tensor& scores, double kept = 0.95);

/// Embeddings [n, 256] with each half, then the whole, of length 1.
torch::Tensor unit_embeddings(const torch::Tensor& embedding);

/// Completes a model: each branch's logits divided by its own temperature, so that their sum weighs
/// them as sure as they are; the temperature of the sum, the threshold of "unknown", class means.
/// @param validation, label  clean validation shapes; @param training, training_label  for the
/// means
void calibrate(nn::WeightsFile& file, const ShapeOutputs& validation, const torch::Tensor& label,
               const ShapeOutputs& training, const torch::Tensor& training_label);

/// Share of rows whose largest of the known classes is the label.
double accuracy(const torch::Tensor& logits, const torch::Tensor& label);
/// The mean over classes of the share of their rows that is right; classes without rows left out.
double mean_class_accuracy(const torch::Tensor& logits, const torch::Tensor& label);

}  // namespace equicloud::train
