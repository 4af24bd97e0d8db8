// SPDX-License-Identifier: BSD-3-Clause
#include <train/universality.h>

#include <cmath>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr std::int64_t kHidden = 64;
constexpr std::int64_t kTestSets = 4000;

torch::nn::Sequential stack(std::int64_t in, std::int64_t out) {
  return torch::nn::Sequential(torch::nn::Linear(in, kHidden), torch::nn::ReLU(),
                               torch::nn::Linear(kHidden, kHidden), torch::nn::ReLU(),
                               torch::nn::Linear(kHidden, out));
}

Tensor value_of(SetFunction function, const Tensor& members) {
  if (function == SetFunction::box_volume) return (members.amax(1) - members.amin(1)).prod(1);
  const Tensor x = members.squeeze(2);
  if (function == SetFunction::largest) return x.amax(1);
  const std::int64_t rank = function == SetFunction::median ? (x.size(1) + 1) / 2 : x.size(1) - 1;
  return std::get<0>(x.kthvalue(rank, 1));
}

}  // namespace

const char* name_of(SetFunction function) noexcept {
  switch (function) {
    case SetFunction::largest:
      return "max";
    case SetFunction::median:
      return "median";
    case SetFunction::second_largest:
      return "second largest";
    case SetFunction::box_volume:
      break;
  }
  return "box volume";
}

SetSamples draw_sets(SetFunction function, std::int64_t sets, std::int64_t members) {
  const Tensor x = torch::rand({sets, members, function == SetFunction::box_volume ? 3 : 1});
  return {x, value_of(function, x)};
}

double fit_error(SetFunction function, std::int64_t width, const UniversalitySettings& settings) {
  const SetSamples test = draw_sets(function, kTestSets, settings.members);
  const double mean = test.values.mean().item<double>();
  const double deviation = test.values.std().item<double>();
  torch::nn::Sequential phi = stack(test.members.size(2), width), rho = stack(width, 1);
  // Constant factors, for numbers near 1 all the way: phi and rho could have learnt them.
  const double spread = std::sqrt(12.0), share = 1.0 / static_cast<double>(settings.members);
  const auto error = [&](const SetSamples& sets) {
    const Tensor sum = phi->forward(spread * (sets.members - 0.5)).sum(1) * share;
    return (rho->forward(sum).squeeze(1) - (sets.values - mean) / deviation).square().mean();
  };
  std::vector<Tensor> parameters = phi->parameters();
  for (const Tensor& parameter : rho->parameters()) parameters.push_back(parameter);
  torch::optim::Adam optimizer(parameters, torch::optim::AdamOptions(settings.learning_rate));
  for (std::int64_t step = 0; step < settings.steps; ++step) {
    const double done = static_cast<double>(step) / static_cast<double>(settings.steps);
    static_cast<torch::optim::AdamOptions&>(optimizer.param_groups()[0].options())
        .lr(settings.learning_rate * 0.5 * (1.0 + std::cos(M_PI * done)));
    const Tensor loss = error(draw_sets(function, settings.batch, settings.members));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
  }
  const torch::NoGradGuard no_gradient;
  return error(test).sqrt().item<double>();
}

}  // namespace equicloud::train
