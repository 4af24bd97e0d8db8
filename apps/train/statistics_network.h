// SPDX-License-Identifier: BSD-3-Clause
// The estimator's network in libtorch (equicloud/statistics/model.h says what it computes and how
// its tensors are called), and its training.
// Law: same weights, same features, same outputs as equicloud::statistics::Model up to 1e-5.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <equicloud/statistics/model.h>
#include <torch/torch.h>
#include <train/statistics_examples.h>

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace equicloud::train {

/// B clouds of the same number m of sampled points.
struct StatisticsBatch {
  torch::Tensor sample;   ///< [B, m, 20] float
  torch::Tensor weights;  ///< [B, m] float
  torch::Tensor cloud;    ///< [B, 35] float
  torch::Tensor target;   ///< [B, 3] float: what r0, r1, r2 should be
  torch::Tensor family;   ///< [B] int64: CloudWithTruth::family

  StatisticsBatch rows(const torch::Tensor& chosen) const;
  /// The same clouds with these of their sampled points.
  StatisticsBatch points(const torch::Tensor& chosen) const;
};

/// @param examples  of status estimated, not empty; those with fewer points than `sampled` have
///                  theirs repeated evenly
StatisticsBatch make_batch(const std::vector<StatisticsExample>& examples, std::size_t sampled);

class StatisticsNetworkImpl : public torch::nn::Module {
 public:
  /// Standardises its inputs as those of `batch` are. Weights start at random.
  explicit StatisticsNetworkImpl(const StatisticsBatch& batch);
  /// [B, 6]: r0 .. r5.
  torch::Tensor forward(const StatisticsBatch& batch);
  /// Negative logarithm of a Laplace density of width exp(r), mean over clouds and parameters,
  /// nats.
  torch::Tensor loss(const StatisticsBatch& batch);
  /// Weights, means, scales, clip; without a card. @param interval  half of the 90 % interval in
  /// widths, see calibrate()
  nn::WeightsFile to_file(const std::array<double, statistics::kParameters>& interval) const;

 private:
  torch::Tensor standardised(const torch::Tensor& x, const torch::Tensor& mean,
                             const torch::Tensor& scale) const;

  torch::Tensor sample_mean_, sample_scale_, cloud_mean_, cloud_scale_;
  std::vector<torch::nn::Linear> phi_, rho_;
};
TORCH_MODULE(StatisticsNetwork);

struct StatisticsTraining {
  std::int64_t epochs = 60, batch = 64;
  std::int64_t points = 512;  ///< of a cloud's sample, drawn anew each step
  double learning_rate = 3e-3, weight_decay = 1e-4;
};

/// AdamW, learning rate half a cosine to 0. @param report  epoch, mean loss; @returns false if
/// it said to stop
bool train(StatisticsNetwork& network, const StatisticsBatch& batch,
           const StatisticsTraining& settings,
           const std::function<bool(std::int64_t, double)>& report);

/// Errors of clouds, in widths, and which family each cloud is of: [B, 3] and [B].
struct Deviations {
  torch::Tensor widths, family;
};

/// The number of widths that nine in ten families need for 90 % of their clouds. One number for all
/// clouds together is carried by the many families that are easy; a cloud to come may be of one
/// that is not.
std::array<double, statistics::kParameters> calibrate(const Deviations& deviations);

/// The errors on families never seen: the families are dealt out to `folds` hands, and each hand is
/// judged by a network that learned from the others. A network's own clouds, and clouds of shapes
/// it knows, would promise intervals that are too narrow.
/// @param folds  >= 2
/// @returns rows in another order than the batch's. Cost: `folds` trainings.
/// Throws InvalidArgument if all clouds are of one hand.
Deviations deviations_apart(const StatisticsBatch& batch, std::int64_t folds,
                            const StatisticsTraining& settings,
                            const std::function<void(std::int64_t, double)>& report);

}  // namespace equicloud::train
