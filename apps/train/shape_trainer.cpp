// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <train/shape_export.h>
#include <train/shape_trainer.h>
#include <train/torch_archive.h>

#include <algorithm>
#include <cmath>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr double kBranchLoss = 0.5;  // of each branch alone, beside the loss of their sum
constexpr double kGradientNorm = 5.0;
constexpr std::int64_t kOutputBatch = 64;
constexpr std::int64_t kFirstBlocks = 4;  // in the pool before the first step
constexpr std::int64_t kC1 = 40, kC2 = 48;

template <typename T>
Tensor copied(const std::vector<T>& values, at::IntArrayRef shape, torch::Device device) {
  const auto type = std::is_same_v<T, float>          ? torch::kFloat32
                    : std::is_same_v<T, std::int32_t> ? torch::kInt32
                                                      : torch::kInt64;
  const Tensor view = torch::from_blob(const_cast<T*>(values.data()), shape, type);
  return device.is_cpu() ? view.clone() : view.to(device);
}

/// Calls f on every tensor of two batches, in the same order.
template <typename F>
void for_tensors(ShapeBatch& a, const ShapeBatch& b, const F& f) {
  f(a.point, b.point);
  for (std::size_t i = 0; i < a.level.size(); ++i) {
    f(a.level[i].pairs, b.level[i].pairs);
    f(a.level[i].neighbors, b.level[i].neighbors);
  }
  f(a.spherical, b.spherical);
  f(a.label, b.label);
}

ShapeBatch selected(const ShapeBatch& from, const Tensor& rows) {
  ShapeBatch batch;
  for_tensors(batch, from, [&](Tensor& to, const Tensor& t) { to = t.index_select(0, rows); });
  for (auto& level : batch.level) level.neighbors = level.neighbors.to(torch::kInt64);
  return batch;
}

Tensor cross_entropy(const Tensor& logits, const Tensor& label, double smoothing) {
  const Tensor log_p = torch::log_softmax(logits, 1);
  const Tensor right = log_p.gather(1, label.unsqueeze(1)).squeeze(1);
  return -((1.0 - smoothing) * right + smoothing * log_p.mean(1)).mean();
}

/// Biases and normalisations are not decayed.
std::unique_ptr<torch::optim::AdamW> make_optimizer(const std::vector<Tensor>& parameters,
                                                    const ShapeTrainerSettings& settings) {
  std::vector<Tensor> matrices, vectors;
  for (const Tensor& p : parameters) (p.dim() > 1 ? matrices : vectors).push_back(p);
  const auto options = [&](double decay) {
    return std::make_unique<torch::optim::AdamWOptions>(
        torch::optim::AdamWOptions(settings.learning_rate).weight_decay(decay));
  };
  std::vector<torch::optim::OptimizerParamGroup> groups;
  groups.emplace_back(matrices, options(settings.decay));
  groups.emplace_back(vectors, options(0.0));
  return std::make_unique<torch::optim::AdamW>(groups,
                                               torch::optim::AdamWOptions(settings.learning_rate));
}

void lerp_module(torch::nn::Module& mean, const torch::nn::Module& now, double weight) {
  std::vector<Tensor> to = mean.parameters(), from = now.parameters();
  for (const Tensor& b : mean.buffers()) to.push_back(b);
  for (const Tensor& b : now.buffers()) from.push_back(b);
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i].numel() < (1 << 20)) to[i].lerp_(from[i], weight);  // the rest are constants
  }
}

}  // namespace

ShapeBatch to_batch(const ShapeArrays& a, torch::Device device) {
  const auto n = static_cast<std::int64_t>(a.count);
  ShapeBatch batch;
  batch.point = copied(a.point,
                       {n, static_cast<std::int64_t>(classify::kMaxPoints),
                        static_cast<std::int64_t>(classify::kPointNumbers)},
                       device);
  for (std::size_t i = 0; i < batch.level.size(); ++i) {
    const auto centres = static_cast<std::int64_t>(kLevelCentres[i]);
    const auto k = static_cast<std::int64_t>(kLevelNeighbors[i]);
    batch.level[i].pairs =
        copied(a.level[i].pairs, {n, centres, k, static_cast<std::int64_t>(classify::kPairNumbers)},
               device);
    batch.level[i].neighbors = copied(a.level[i].neighbors, {n, centres, k}, device);
  }
  batch.spherical = copied(a.spherical,
                           {n, static_cast<std::int64_t>(classify::kSphericalChannels),
                            static_cast<std::int64_t>(classify::kSphericalSize)},
                           device);
  batch.label = copied(a.label, {n}, device);
  return batch;
}

ShapeTrainer::ShapeTrainer(const ShapeTrainerSettings& settings, const ShapeArrays& scales_from)
    : settings_(settings) {
  if (settings.steps <= 0) throw InvalidArgument("training needs at least one step");
  torch::manual_seed(Random(settings.seed).fork(0).bits() >> 1);
  const ShapeScales scales = scales_of(to_batch(scales_from, torch::kCPU));
  set_ = SetNetwork(SetNetworkSizes{}, settings.classes, scales);
  averaged_set_ = SetNetwork(SetNetworkSizes{}, settings.classes, scales);
  spherical_ = SphericalNetwork(kC1, kC2, settings.classes, scales);
  averaged_spherical_ = SphericalNetwork(kC1, kC2, settings.classes, scales);
  for (torch::nn::Module* module : std::initializer_list<torch::nn::Module*>{
           set_.get(), averaged_set_.get(), spherical_.get(), averaged_spherical_.ptr().get()}) {
    module->to(settings.device);
  }
  averaged_set_->eval();
  averaged_spherical_->eval();
  std::vector<Tensor> parameters = set_->parameters();
  for (const Tensor& p : spherical_->parameters()) parameters.push_back(p);
  optimizer_ = make_optimizer(parameters, settings);
}

ShapeTrainer::ShapeTrainer(const ShapeTrainerSettings& settings, const std::string& checkpoint)
    : ShapeTrainer(settings, ShapeArrays(1)) {
  load_checkpoint(checkpoint);
  blocks_taken_ = first_block();
}

double ShapeTrainer::learning_rate(std::int64_t step) const {
  const double warm_up =
      static_cast<double>(std::clamp<std::int64_t>(settings_.steps / 50, 1, 500));
  const double t = static_cast<double>(step) / static_cast<double>(settings_.steps);
  const double cosine = 0.5 * (1.0 + std::cos(M_PI * std::min(1.0, t)));
  return settings_.learning_rate * std::min(1.0, static_cast<double>(step + 1) / warm_up) * cosine;
}

std::int64_t ShapeTrainer::blocks_due(std::int64_t step) const {
  const double drawn = static_cast<double>(step * settings_.batch);
  const double spent = static_cast<double>(settings_.block) * settings_.reuse;
  return kFirstBlocks + static_cast<std::int64_t>(drawn / spent);
}

std::int64_t ShapeTrainer::first_block() const {
  return std::max<std::int64_t>(0, blocks_due(step_) - settings_.pool_blocks);
}

void ShapeTrainer::add_block(const ShapeArrays& arrays) {
  const ShapeBatch block = to_batch(arrays, settings_.device);
  if (!pool_.label.defined()) {
    for_tensors(pool_, block, [&](Tensor& to, const Tensor& t) {
      std::vector<std::int64_t> shape = t.sizes().vec();
      shape[0] *= settings_.pool_blocks;
      to = torch::zeros(shape, t.options());
    });
  }
  const std::int64_t slot = blocks_taken_ % settings_.pool_blocks;
  for_tensors(pool_, block, [&](Tensor& to, const Tensor& t) {
    to.slice(0, slot * settings_.block, (slot + 1) * settings_.block).copy_(t);
  });
  ++blocks_taken_;
}

ShapeBatch ShapeTrainer::draw() const {
  const std::int64_t filled = std::min(blocks_taken_, settings_.pool_blocks) * settings_.block;
  Random random = Random(settings_.seed).fork(static_cast<std::uint64_t>(step_) + 1);
  Tensor rows = torch::empty({settings_.batch}, torch::kInt64);
  for (std::int64_t i = 0; i < settings_.batch; ++i) {
    rows.data_ptr<std::int64_t>()[i] =
        static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(filled)));
  }
  return selected(pool_, rows.to(settings_.device));
}

Tensor ShapeTrainer::step(const Blocks& next) {
  while (blocks_taken_ < blocks_due(step_)) add_block(next());
  torch::manual_seed(Random(settings_.seed).fork(static_cast<std::uint64_t>(step_)).bits() >> 1);
  const ShapeBatch batch = draw();
  for (auto& group : optimizer_->param_groups()) {
    static_cast<torch::optim::AdamWOptions&>(group.options()).lr(learning_rate(step_));
  }
  optimizer_->zero_grad();
  const Tensor a = set_->forward(batch).logits, b = spherical_->forward(batch).logits;
  const Tensor fused = cross_entropy(a + b, batch.label, settings_.smoothing);
  const Tensor loss = fused + kBranchLoss * (cross_entropy(a, batch.label, settings_.smoothing) +
                                             cross_entropy(b, batch.label, settings_.smoothing));
  loss.backward();
  torch::nn::utils::clip_grad_norm_(set_->parameters(), kGradientNorm);
  torch::nn::utils::clip_grad_norm_(spherical_->parameters(), kGradientNorm);
  optimizer_->step();
  ++step_;
  average_weights();
  return fused.detach();
}

void ShapeTrainer::average_weights() {
  const torch::NoGradGuard no_gradient;
  // A short memory at first: the random start must not linger in the average.
  const double decay = std::min(
      settings_.ema, (1.0 + static_cast<double>(step_)) / (10.0 + static_cast<double>(step_)));
  lerp_module(*averaged_set_, *set_, 1.0 - decay);
  lerp_module(*averaged_spherical_, *spherical_, 1.0 - decay);
}

ShapeOutputs ShapeTrainer::outputs(const ShapeArrays& shapes) {
  const torch::NoGradGuard no_gradient;
  const ShapeBatch all = to_batch(shapes, settings_.device);
  std::vector<Tensor> set, spherical, embedding;
  for (std::int64_t begin = 0; begin < all.label.size(0); begin += kOutputBatch) {
    const std::int64_t end = std::min(begin + kOutputBatch, all.label.size(0));
    const ShapeBatch batch = selected(all, torch::arange(begin, end, all.label.options()));
    const SetNetworkImpl::Output a = averaged_set_->forward(batch);
    const SetNetworkImpl::Output b = averaged_spherical_->forward(batch);
    set.push_back(a.logits);
    spherical.push_back(b.logits);
    embedding.push_back(torch::cat({a.embedding, b.embedding}, 1));
  }
  const auto joined = [](const std::vector<Tensor>& parts) {
    return torch::cat(parts, 0).to(torch::kCPU);
  };
  return {joined(set), joined(spherical), joined(embedding)};
}

nn::WeightsFile ShapeTrainer::to_file() const {
  return folded(*averaged_set_, *averaged_spherical_);
}

std::string ShapeTrainer::identity() const {
  return "classifier, seed " + std::to_string(settings_.seed) + ", steps " +
         std::to_string(settings_.steps) + ", batch " + std::to_string(settings_.batch);
}

void ShapeTrainer::save_checkpoint(const std::string& path,
                                   const std::vector<CurveRow>& curve) const {
  save_archive(path, identity(), step_, curve,
               {{"set", set_.ptr().get()},
                {"averaged_set", averaged_set_.ptr().get()},
                {"spherical", spherical_.ptr().get()},
                {"averaged_spherical", averaged_spherical_.ptr().get()}},
               *optimizer_);
}

void ShapeTrainer::load_checkpoint(const std::string& path) {
  step_ = load_archive(path, identity(), settings_.device, resumed_curve_,
                       {{"set", set_.ptr().get()},
                        {"averaged_set", averaged_set_.ptr().get()},
                        {"spherical", spherical_.ptr().get()},
                        {"averaged_spherical", averaged_spherical_.ptr().get()}},
                       *optimizer_);
}

}  // namespace equicloud::train
