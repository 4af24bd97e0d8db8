// SPDX-License-Identifier: BSD-3-Clause
#include <train/population.h>

#include <cmath>
#include <limits>

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr std::int64_t kHalf = 16;
constexpr double kMostCorrelation = 0.95;
constexpr double kLeastEigenvalue = 0.1;
constexpr std::int64_t kWidth = 64, kHidden = 128;

/// Random covariances A A^T / d + 0.1 I, [sets, d, d].
Tensor random_covariances(std::int64_t sets, std::int64_t d) {
  const Tensor a = torch::randn({sets, d, d}, torch::kFloat64);
  return a.matmul(a.transpose(1, 2)) / static_cast<double>(d) +
         kLeastEigenvalue * torch::eye(d, torch::kFloat64);
}

/// Uniform in [low, high), [sets, 1, 1].
Tensor uniform(std::int64_t sets, double low, double high) {
  return low + (high - low) * torch::rand({sets, 1, 1}, torch::kFloat64);
}

Tensor rotations(const Tensor& angles) {
  const Tensor c = angles.cos(), s = angles.sin();
  return torch::cat({torch::cat({c, -s}, 2), torch::cat({s, c}, 2)}, 1);
}

Tensor log_determinant(const Tensor& matrices) { return std::get<1>(torch::slogdet(matrices)); }

double digamma(std::int64_t number) {
  return torch::digamma(torch::tensor(static_cast<double>(number), torch::kFloat64)).item<double>();
}

/// Maximum norm, [N, N]; of a point to itself infinite.
Tensor distances(const Tensor& x) {
  Tensor d = torch::cdist(x, x, std::numeric_limits<double>::infinity());
  return d.fill_diagonal_(std::numeric_limits<double>::infinity());
}

Tensor entropy_of_one(const Tensor& x, std::int64_t k) {
  const Tensor nearest = std::get<0>(distances(x).kthvalue(k, 1)).to(torch::kFloat64);
  return nearest.log().mean() + std::log(2.0) + digamma(x.size(0)) - digamma(k);
}

Tensor information_of_one(const Tensor& x, std::int64_t k) {
  const std::int64_t half = x.size(1) / 2;
  const Tensor of_x = distances(x.slice(1, 0, half)), of_y = distances(x.slice(1, half));
  const Tensor reach = std::get<0>(torch::maximum(of_x, of_y).kthvalue(k, 1, /*keepdim=*/true));
  const auto within = [&reach](const Tensor& d) {
    return torch::digamma((d < reach).sum(1).to(torch::kFloat64) + 1.0).mean();
  };
  return digamma(k) + digamma(x.size(0)) - within(of_x) - within(of_y);
}

}  // namespace

const char* name_of(Population population) noexcept {
  switch (population) {
    case Population::rotation:
      return "rotation";
    case Population::correlation:
      return "correlation";
    case Population::rank_one:
      return "rank 1";
    case Population::random:
      break;
  }
  return "random";
}

PopulationTask::PopulationTask(Population population)
    : population_(population), dimensions_(population == Population::rotation ? 2 : 2 * kHalf) {
  if (population == Population::rotation) shared_ = random_covariances(1, 2);
  if (population == Population::correlation) shared_ = random_covariances(1, kHalf);
  if (population == Population::rank_one) {
    const Tensor v = torch::randn({1, dimensions_, 1}, torch::kFloat64);
    shared_ = v.matmul(v.transpose(1, 2));
  }
}

Tensor PopulationTask::covariances(std::int64_t sets) const {
  if (population_ == Population::rotation) {
    const Tensor r = rotations(uniform(sets, 0.0, M_PI));
    return r.matmul(shared_).matmul(r.transpose(1, 2));
  }
  if (population_ == Population::correlation) {
    const Tensor s = shared_.expand({sets, kHalf, kHalf});
    const Tensor across = uniform(sets, -kMostCorrelation, kMostCorrelation) * s;
    return torch::cat({torch::cat({s, across}, 2), torch::cat({across, s}, 2)}, 1);
  }
  if (population_ == Population::rank_one)
    return torch::eye(dimensions_, torch::kFloat64) + uniform(sets, 0.0, 1.0) * shared_;
  return random_covariances(sets, dimensions_);
}

PopulationTask::Sets PopulationTask::draw(std::int64_t sets, std::int64_t points) const {
  const Tensor covariance = covariances(sets);
  const Tensor root = torch::linalg_cholesky(covariance).to(torch::kFloat32);
  return {torch::randn({sets, points, dimensions_}).matmul(root.transpose(1, 2)),
          exact_statistic(covariance, is_entropy()).to(torch::kFloat32)};
}

Tensor exact_statistic(const Tensor& covariances, bool entropy) {
  if (entropy) return 0.5 * torch::log(2.0 * M_PI * M_E * covariances.select(1, 0).select(1, 0));
  const std::int64_t half = covariances.size(1) / 2;
  const auto block = [&](std::int64_t begin) {
    return covariances.slice(1, begin, begin + half).slice(2, begin, begin + half);
  };
  return 0.5 *
         (log_determinant(block(0)) + log_determinant(block(half)) - log_determinant(covariances));
}

Tensor plug_in_estimate(const Tensor& points, bool entropy) {
  const Tensor x = points.to(torch::kFloat64);
  const Tensor centred = x - x.mean(1, true);
  const auto n = static_cast<double>(x.size(1) - 1);
  return exact_statistic(centred.transpose(1, 2).matmul(centred) / n, entropy);
}

Tensor nearest_neighbor_estimate(const Tensor& points, bool entropy, std::int64_t k) {
  std::vector<Tensor> estimates;
  for (std::int64_t i = 0; i < points.size(0); ++i)
    estimates.push_back(entropy ? entropy_of_one(points[i].slice(1, 0, 1), k)
                                : information_of_one(points[i], k));
  return torch::stack(estimates);
}

PopulationNetworkImpl::PopulationNetworkImpl(const PopulationTask& task) {
  constexpr std::int64_t kSets = 2000, kPoints = 16;
  const torch::NoGradGuard no_gradient;
  const auto [points, truth] = task.draw(kSets, kPoints);
  const std::int64_t d = task.dimensions();
  input_scale_ = 1.0 / points.reshape({-1, d}).std(0);
  output_mean_ = truth.mean();
  output_scale_ = truth.std();
  phi0_ = register_module("phi0", torch::nn::Linear(d, kWidth));
  phi1_ = register_module("phi1", torch::nn::Linear(kWidth, kWidth));
  left_ = register_module("left", torch::nn::Linear(d, kWidth));
  right_ = register_module("right", torch::nn::Linear(d, kWidth));
  rho_ = register_module(
      "rho", torch::nn::Sequential(torch::nn::Linear(2 * kWidth + 1, kHidden), torch::nn::ReLU(),
                                   torch::nn::Linear(kHidden, kHidden), torch::nn::ReLU(),
                                   torch::nn::Linear(kHidden, 1)));
}

Tensor PopulationNetworkImpl::forward(const Tensor& points) {
  const Tensor x = points * input_scale_;
  const Tensor learned = torch::relu(phi1_->forward(torch::relu(phi0_->forward(x))));
  const Tensor products = left_->forward(x) * right_->forward(x);
  const Tensor size = torch::full({x.size(0), 1}, std::log(static_cast<double>(x.size(1))) / 8.0);
  const Tensor pooled = torch::cat({learned.mean(1), products.mean(1), size}, 1);
  return rho_->forward(pooled).squeeze(1) * output_scale_ + output_mean_;
}

void train(PopulationNetwork& network, const PopulationTask& task,
           const PopulationTraining& settings) {
  torch::optim::Adam optimizer(network->parameters(),
                               torch::optim::AdamOptions(settings.learning_rate));
  for (std::int64_t step = 0; step < settings.steps; ++step) {
    const double done = static_cast<double>(step) / static_cast<double>(settings.steps);
    static_cast<torch::optim::AdamOptions&>(optimizer.param_groups()[0].options())
        .lr(settings.learning_rate * 0.5 * (1.0 + std::cos(M_PI * done)));
    const double range =
        std::log(static_cast<double>(settings.most) / static_cast<double>(settings.fewest));
    const auto points = static_cast<std::int64_t>(
        static_cast<double>(settings.fewest) * std::exp(range * torch::rand({1}).item<double>()));
    const auto [x, truth] = task.draw(settings.sets, points);
    const Tensor loss = torch::mse_loss(network->forward(x), truth);
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
  }
}

}  // namespace equicloud::train
