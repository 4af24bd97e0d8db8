// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/statistics_network.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace equicloud::train {
namespace {

using statistics::kCloudFeatures;
using statistics::kFractionUnit;
using statistics::kParameters;
using statistics::kSampleFeatures;
using torch::Tensor;

constexpr std::int64_t kPhi = 48, kRho = 64;
constexpr double kClip = 6.0;
constexpr double kNarrowest = -7.0, kWidest = 3.0;  // logarithms of widths, while training

std::int64_t size(std::size_t n) { return static_cast<std::int64_t>(n); }

std::array<double, kParameters> target_of(const StatisticsExample& example) {
  const statistics::CloudFeatures& features = example.features;
  const StatisticsTruth& truth = example.truth;
  return {std::log(truth.noise / features.unit) - features.plug_in_log_noise(),
          std::log(truth.spacing / features.unit),
          (truth.fraction - features.plug_in_fraction()) / kFractionUnit};
}

void set_standard(const Tensor& rows, Tensor& mean, Tensor& scale) {
  mean = rows.mean(0);
  scale = 1.0 / (rows.std(0, /*unbiased=*/false) + 1e-3);
}

}  // namespace

StatisticsBatch StatisticsBatch::rows(const Tensor& chosen) const {
  return {sample.index_select(0, chosen), weights.index_select(0, chosen),
          cloud.index_select(0, chosen), target.index_select(0, chosen),
          family.index_select(0, chosen)};
}

StatisticsBatch StatisticsBatch::points(const torch::Tensor& chosen) const {
  return {sample.index_select(1, chosen), weights.index_select(1, chosen), cloud, target, family};
}

StatisticsBatch make_batch(const std::vector<StatisticsExample>& examples, std::size_t sampled) {
  const std::int64_t n = size(examples.size()), m = size(sampled);
  StatisticsBatch batch{torch::empty({n, m, size(kSampleFeatures)}), torch::empty({n, m}),
                        torch::empty({n, size(kCloudFeatures)}),
                        torch::empty({n, size(kParameters)}), torch::empty({n}, torch::kInt64)};
  float* sample = batch.sample.data_ptr<float>();
  float* weights = batch.weights.data_ptr<float>();
  float* cloud = batch.cloud.data_ptr<float>();
  float* target = batch.target.data_ptr<float>();
  std::int64_t* family = batch.family.data_ptr<std::int64_t>();
  for (std::size_t e = 0; e < examples.size(); ++e) {
    const statistics::CloudFeatures& features = examples[e].features;
    for (std::size_t i = 0; i < sampled; ++i) {
      const std::size_t row = i * features.sampled() / sampled;
      sample = std::copy_n(&features.sample[row * kSampleFeatures], kSampleFeatures, sample);
      *weights++ = features.weights[row];
    }
    cloud = std::copy(features.cloud.begin(), features.cloud.end(), cloud);
    for (const double value : target_of(examples[e])) *target++ = static_cast<float>(value);
    *family++ = size(examples[e].family);
  }
  return batch;
}

StatisticsNetworkImpl::StatisticsNetworkImpl(const StatisticsBatch& batch) {
  set_standard(batch.sample.reshape({-1, size(kSampleFeatures)}), sample_mean_, sample_scale_);
  set_standard(batch.cloud, cloud_mean_, cloud_scale_);
  const auto add = [this](std::vector<torch::nn::Linear>& stack, const char* name, std::int64_t in,
                          std::int64_t out) {
    stack.push_back(
        register_module(name + std::to_string(stack.size()), torch::nn::Linear(in, out)));
  };
  add(phi_, "phi", size(kSampleFeatures), kPhi);
  add(phi_, "phi", kPhi, kPhi);
  add(rho_, "rho", 2 * kPhi + size(kCloudFeatures), kRho);
  add(rho_, "rho", kRho, kRho);
  add(rho_, "rho", kRho, 2 * size(kParameters));
}

Tensor StatisticsNetworkImpl::standardised(const Tensor& x, const Tensor& mean,
                                           const Tensor& scale) const {
  return ((x - mean) * scale).clamp(-kClip, kClip);
}

Tensor StatisticsNetworkImpl::forward(const StatisticsBatch& batch) {
  Tensor a = standardised(batch.sample, sample_mean_, sample_scale_);
  for (torch::nn::Linear& layer : phi_) a = torch::relu(layer->forward(a));
  const Tensor w = batch.weights.unsqueeze(2);
  const Tensor cloud = standardised(batch.cloud, cloud_mean_, cloud_scale_);
  Tensor x = torch::cat({a.mean(1), (a * w).sum(1) / w.sum(1), cloud}, 1);
  for (std::size_t i = 0; i < rho_.size(); ++i) {
    x = rho_[i]->forward(x);
    if (i + 1 < rho_.size()) x = torch::relu(x);
  }
  return x;
}

Tensor StatisticsNetworkImpl::loss(const StatisticsBatch& batch) {
  const Tensor outputs = forward(batch);
  const Tensor logarithm =
      outputs.slice(1, kParameters, 2 * kParameters).clamp(kNarrowest, kWidest);
  const Tensor error = (outputs.slice(1, 0, kParameters) - batch.target).abs();
  return (error * torch::exp(-logarithm) + logarithm).mean();
}

nn::WeightsFile StatisticsNetworkImpl::to_file(
    const std::array<double, kParameters>& interval) const {
  nn::WeightsFile file;
  const auto add = [&file](const std::string& name, const Tensor& tensor) {
    const Tensor plain = tensor.detach().contiguous();
    nn::Tensor& entry = file.tensors[name];
    entry.shape.assign(plain.sizes().begin(), plain.sizes().end());
    entry.values.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
  };
  const auto add_stack = [&add](const std::string& name,
                                const std::vector<torch::nn::Linear>& stack) {
    for (std::size_t i = 0; i < stack.size(); ++i) {
      add(name + "." + std::to_string(i) + ".weight", stack[i]->weight);
      add(name + "." + std::to_string(i) + ".bias", stack[i]->bias);
    }
  };
  add("sample.mean", sample_mean_);
  add("sample.scale", sample_scale_);
  add("cloud.mean", cloud_mean_);
  add("cloud.scale", cloud_scale_);
  add_stack("phi", phi_);
  add_stack("rho", rho_);
  file.tensors["interval"] = {{kParameters}, {interval.begin(), interval.end()}};
  file.metadata["clip"] = std::to_string(kClip);
  return file;
}

bool train(StatisticsNetwork& network, const StatisticsBatch& batch,
           const StatisticsTraining& settings,
           const std::function<bool(std::int64_t, double)>& report) {
  torch::optim::AdamW optimizer(
      network->parameters(),
      torch::optim::AdamWOptions(settings.learning_rate).weight_decay(settings.weight_decay));
  const std::int64_t n = batch.cloud.size(0), m = batch.sample.size(1);
  const std::int64_t steps = (n + settings.batch - 1) / settings.batch;
  bool going_on = true;
  for (std::int64_t epoch = 0; going_on && epoch < settings.epochs; ++epoch) {
    const Tensor order = torch::randperm(n, torch::kInt64);
    double sum = 0.0;
    for (std::int64_t step = 0; step < steps; ++step) {
      const double done =
          static_cast<double>(epoch * steps + step) / static_cast<double>(settings.epochs * steps);
      static_cast<torch::optim::AdamWOptions&>(optimizer.param_groups()[0].options())
          .lr(settings.learning_rate * 0.5 * (1.0 + std::cos(M_PI * done)));
      const std::int64_t begin = step * settings.batch;
      const Tensor points = torch::randperm(m, torch::kInt64).slice(0, 0, settings.points);
      const Tensor loss = network->loss(
          batch.rows(order.slice(0, begin, std::min(n, begin + settings.batch))).points(points));
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      sum += loss.item<double>();
    }
    going_on = report(epoch + 1, sum / static_cast<double>(steps));
  }
  return going_on;
}

namespace {

constexpr double kCovered = 0.9;

/// The least of the values that a share of them does not exceed.
double holding(double share, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const double needed = std::ceil(share * static_cast<double>(values.size()) - 1e-9);
  return values[static_cast<std::size_t>(std::max(needed, 1.0)) - 1];
}

/// |error| in widths, [B, 3]: 1 is an error as large as the network expected.
Tensor deviations(StatisticsNetwork& network, const StatisticsBatch& batch) {
  const torch::NoGradGuard no_gradient;
  const Tensor outputs = network->forward(batch);
  const Tensor logarithm = outputs.slice(1, kParameters, 2 * kParameters);
  return (outputs.slice(1, 0, kParameters) - batch.target).abs() * torch::exp(-logarithm);
}

}  // namespace

std::array<double, kParameters> calibrate(const Deviations& deviations) {
  std::map<std::int64_t, std::array<std::vector<double>, kParameters>> families;
  for (std::int64_t i = 0; i < deviations.family.numel(); ++i)
    for (std::size_t p = 0; p < kParameters; ++p)
      families[deviations.family[i].item<std::int64_t>()][p].push_back(
          deviations.widths[i][size(p)].item<double>());
  std::array<double, kParameters> interval{};
  for (std::size_t p = 0; p < kParameters; ++p) {
    std::vector<double> needed;
    for (const auto& [family, errors] : families) needed.push_back(holding(kCovered, errors[p]));
    interval[p] = holding(kCovered, std::move(needed));
  }
  return interval;
}

Deviations deviations_apart(const StatisticsBatch& batch, std::int64_t folds,
                            const StatisticsTraining& settings,
                            const std::function<void(std::int64_t, double)>& report) {
  std::vector<Tensor> widths, families;
  for (std::int64_t fold = 0; fold < folds; ++fold) {
    const Tensor here = batch.family.remainder(folds) == fold;
    const Tensor apart = here.nonzero().flatten();
    if (apart.numel() == 0 || apart.numel() == here.numel()) continue;
    const StatisticsBatch others = batch.rows(here.logical_not().nonzero().flatten());
    StatisticsNetwork network(others);
    train(network, others, settings, [](std::int64_t, double) { return true; });
    const StatisticsBatch judged = batch.rows(apart);
    widths.push_back(deviations(network, judged));
    families.push_back(judged.family);
    const torch::NoGradGuard no_gradient;
    report(fold, network->loss(judged).item<double>());
  }
  if (widths.empty())
    throw InvalidArgument("clouds of at least two families are needed for the intervals");
  return {torch::cat(widths), torch::cat(families)};
}

}  // namespace equicloud::train
