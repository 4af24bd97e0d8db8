// SPDX-License-Identifier: BSD-3-Clause
// Learning what to refuse, after the classes: the small network of equicloud/classify/refusal.h on
// the embeddings that a trained classifier gives to damaged shapes and to junk.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/classify/classifier.h>
#include <equicloud/nn/weights_file.h>
#include <torch/torch.h>
#include <train/junk.h>
#include <train/shape_set.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace equicloud::train {

struct RefusalSettings {
  std::size_t examples = 24000;  ///< half of them junk, all kinds equally often
  std::int64_t steps = 6000;
  std::int64_t batch = 256;
  std::int64_t hidden = 64;
  double learning_rate = 2e-3;  ///< at first; a cosine to 0
  double decay = 1e-3;          ///< of the weights (AdamW)
  std::uint64_t seed = 1;
};

/// Embeddings of clouds, damaged as the classifier's own training damages them.
struct RefusalExamples {
  static constexpr std::int64_t kObject = -1;
  torch::Tensor embedding;  ///< [n, width] float
  torch::Tensor kind;       ///< [n] int64: a Junk, or kObject
};
/// @param rows  of `shapes` to take objects and pieces of junk from. Clouds that the networks are
/// not asked about (too few points are left) are replaced. The same for any number of threads.
/// Cost: 10 ms an example.
RefusalExamples refusal_examples(const classify::ShapeClassifier& classifier,
                                 const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                                 const RefusalSettings& settings, const Executor& executor);

/// logits [n] = b + w . relu(A e + a).
struct RefusalNetwork {
  torch::Tensor a_weight, a_bias, b_weight, b_bias;
  torch::Tensor forward(const torch::Tensor& embedding) const;
};
/// Binary cross-entropy on examples drawn so that objects and junk are met equally often.
/// Deterministic for a seed and one thread.
RefusalNetwork trained_refusal(const RefusalExamples& examples, const RefusalSettings& settings);

/// The score that 95 % of the clean validation shapes reach, each turned at random.
double refusal_threshold(const RefusalNetwork& network, const torch::Tensor& validation);

/// What becomes of each kind of junk when it is left out of training: the share that passes at
/// the threshold of that training, by kind.
std::array<double, kJunkKinds> accepted_when_left_out(const RefusalExamples& examples,
                                                      const torch::Tensor& validation,
                                                      const RefusalSettings& settings);

/// Puts network, rule, threshold and the command that repeats the training into a model file.
void add_refusal(nn::WeightsFile& file, const RefusalNetwork& network, double threshold,
                 const RefusalSettings& settings);

/// All of the above for a model file whose classes are trained: makes examples, trains, adds.
/// @param leave_one_out  prints accepted_when_left_out() to standard output, too
struct RefusalRun {
  const ShapeSet& shapes;
  const Split& split;
  RefusalSettings settings;
  bool leave_one_out = false;
};
void learn_refusal(nn::WeightsFile& file, const RefusalRun& run, const Executor& executor);

}  // namespace equicloud::train
