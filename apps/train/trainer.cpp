// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <train/torch_archive.h>
#include <train/trainer.h>

#include <algorithm>
#include <cmath>

namespace equicloud::train {
namespace {

constexpr double kGradientNorm = 1.0;
constexpr double kFinalShare = 0.01;  // of the peak learning rate

/// Torch's generator, set from the seed and a number: nothing else feeds it.
void reseed(std::uint64_t seed, std::uint64_t number) {
  torch::manual_seed(Random(seed).fork(number).bits() >> 1);
}

Network fresh_network(const TrainerSettings& settings, const Standardisation& standardisation) {
  if (settings.steps <= 0) throw InvalidArgument("training needs at least one step");
  reseed(settings.seed, 0);
  Network network(settings.layers, standardisation);
  network->to(settings.device);
  return network;
}

std::unique_ptr<torch::optim::Adam> make_optimizer(Network& network, double learning_rate) {
  return std::make_unique<torch::optim::Adam>(network->parameters(),
                                              torch::optim::AdamOptions(learning_rate));
}

/// What must not change between the parts of a run.
std::string identity(const TrainerSettings& s) {
  return "seed " + std::to_string(s.seed) + ", steps " + std::to_string(s.steps) + ", layers " +
         s.layers;
}

torch::Tensor noisy(const torch::Tensor& x, double sigma) {
  return x + sigma * torch::randn_like(x);
}

}  // namespace

Trainer::Trainer(const TrainerSettings& settings, const Standardisation& standardisation)
    : settings_(settings),
      network_(fresh_network(settings, standardisation)),
      averaged_(fresh_network(settings, standardisation)),
      optimizer_(make_optimizer(network_, settings.learning_rate)) {}

Trainer::Trainer(const TrainerSettings& settings, const std::string& checkpoint)
    : Trainer(settings, Standardisation{std::vector<float>(outlier::kPointFeatures),
                                        std::vector<float>(outlier::kPointFeatures),
                                        std::vector<float>(outlier::kSetFeatures),
                                        std::vector<float>(outlier::kSetFeatures)}) {
  load_checkpoint(checkpoint);
}

double Trainer::learning_rate(std::int64_t step) const {
  const double warm_up =
      static_cast<double>(std::clamp<std::int64_t>(settings_.steps / 100, 1, 200));
  const double t = static_cast<double>(step) / static_cast<double>(settings_.steps);
  const double cosine = 0.5 * (1.0 + std::cos(M_PI * std::min(1.0, t)));
  const double warm = std::min(1.0, static_cast<double>(step + 1) / warm_up);
  return settings_.learning_rate * warm * (kFinalShare + (1.0 - kFinalShare) * cosine);
}

double Trainer::step(const Example& example) {
  reseed(settings_.seed, static_cast<std::uint64_t>(step_) + 1);
  Batch batch = network_->standardised(make_batch(example.features, settings_.device));
  batch.point = noisy(batch.point, settings_.noise);
  batch.set = noisy(batch.set, settings_.noise);
  const torch::Tensor labels =
      torch::tensor(at::ArrayRef<float>(example.labels)).to(settings_.device);
  for (auto& group : optimizer_->param_groups()) {
    static_cast<torch::optim::AdamOptions&>(group.options()).lr(learning_rate(step_));
  }
  optimizer_->zero_grad();
  const torch::Tensor loss =
      torch::binary_cross_entropy_with_logits(network_->forward(batch), labels);
  loss.backward();
  torch::nn::utils::clip_grad_norm_(network_->parameters(), kGradientNorm);
  optimizer_->step();
  ++step_;
  average_weights();
  return loss.item<double>();
}

void Trainer::average_weights() {
  const torch::NoGradGuard no_gradient;
  // A short memory at first: the random start must not linger in the average.
  const double decay = std::min(
      settings_.ema, (1.0 + static_cast<double>(step_)) / (10.0 + static_cast<double>(step_)));
  const std::vector<torch::Tensor> now = network_->parameters();
  std::vector<torch::Tensor> mean = averaged_->parameters();
  for (std::size_t i = 0; i < now.size(); ++i) mean[i].lerp_(now[i], 1.0 - decay);
}

std::vector<float> Trainer::probabilities(const outlier::Features& features) {
  const torch::NoGradGuard no_gradient;
  const Batch batch = averaged_->standardised(make_batch(features, settings_.device));
  const torch::Tensor p = averaged_->forward(batch).sigmoid().to(torch::kCPU).contiguous();
  return {p.data_ptr<float>(), p.data_ptr<float>() + p.numel()};
}

void Trainer::save_checkpoint(const std::string& path, const std::vector<CurveRow>& curve) const {
  save_archive(path, identity(settings_), step_, curve,
               {{"network", network_.ptr().get()}, {"averaged", averaged_.ptr().get()}},
               *optimizer_);
}

void Trainer::load_checkpoint(const std::string& path) {
  step_ = load_archive(path, identity(settings_), settings_.device, resumed_curve_,
                       {{"network", network_.ptr().get()}, {"averaged", averaged_.ptr().get()}},
                       *optimizer_);
}

}  // namespace equicloud::train
