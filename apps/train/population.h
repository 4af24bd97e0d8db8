// SPDX-License-Identifier: BSD-3-Clause
// The four population statistics of the Deep Sets paper (Zaheer et al. 2017, section 4.1.1, after
// Poczos et al. 2012): from a set of N draws of a Gaussian to its entropy or mutual information.
//   rotation     N(0, R(a) S R(a)^T) in the plane, a uniform in [0, pi): entropy of the first
//                coordinate
//   correlation  N(0, [[S, a S], [a S, S]]) in 32 dimensions, a uniform in (-0.95, 0.95): mutual
//                information of the first 16 coordinates and the others
//   rank 1       N(0, I + a v v^T) in 32 dimensions, a uniform in (0, 1): the same
//   random       N(0, S) in 32 dimensions, S random for each set: the same
// S, and v, are drawn once (except for random), all in nats. (The paper lets the correlation reach
// 1, where the mutual information has no bound.)
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace equicloud::train {

enum class Population { rotation, correlation, rank_one, random };
constexpr int kPopulations = 4;
const char* name_of(Population population) noexcept;

class PopulationTask {
 public:
  /// Draws what all sets share from torch's generator.
  explicit PopulationTask(Population population);

  struct Sets {
    torch::Tensor points;  ///< [B, N, dimensions()] float
    torch::Tensor truth;   ///< [B] float, nats
  };
  /// B populations, N draws from each, from torch's generator.
  Sets draw(std::int64_t sets, std::int64_t points) const;
  std::int64_t dimensions() const noexcept { return dimensions_; }
  /// What truth and estimators are of: entropy of a coordinate, or mutual information.
  bool is_entropy() const noexcept { return population_ == Population::rotation; }

 private:
  torch::Tensor covariances(std::int64_t sets) const;

  Population population_;
  std::int64_t dimensions_;
  torch::Tensor shared_;
};

/// Entropy of the first coordinate, or mutual information of the halves, of Gaussians with these
/// covariances. @param covariances  [B, d, d]; @returns [B]
torch::Tensor exact_statistic(const torch::Tensor& covariances, bool entropy);

/// The formula of the Gaussian at the sample covariance: the estimator of one who knows the family.
/// @param points  [B, N, d], N > d; @returns [B]
torch::Tensor plug_in_estimate(const torch::Tensor& points, bool entropy);

/// The estimator of one who knows nothing: of an entropy Kozachenko & Leonenko's (1987), of a
/// mutual information Kraskov, Stoegbauer & Grassberger's first (2004, Phys. Rev. E 69:066138),
/// maximum norm. @param points  [B, N, d], N > k; @returns [B]. Cost: O(B N^2 d).
torch::Tensor nearest_neighbor_estimate(const torch::Tensor& points, bool entropy,
                                        std::int64_t k = 3);

/// A Deep Sets network: phi(x) = [relu layers of x; products (A x) (B x)], mean over the set,
/// rho of that and log N.
class PopulationNetworkImpl : public torch::nn::Module {
 public:
  /// @param task  inputs and outputs are standardised as a few of its sets are
  explicit PopulationNetworkImpl(const PopulationTask& task);
  torch::Tensor forward(const torch::Tensor& points);

 private:
  torch::Tensor input_scale_, output_mean_, output_scale_;
  torch::nn::Linear phi0_{nullptr}, phi1_{nullptr}, left_{nullptr}, right_{nullptr};
  torch::nn::Sequential rho_{nullptr};
};
TORCH_MODULE(PopulationNetwork);

struct PopulationTraining {
  std::int64_t steps = 600, sets = 32;
  std::int64_t fewest = 64, most = 2048;  ///< points of a set, drawn log-uniformly
  double learning_rate = 2e-3;
};

/// Adam on the squared error, fresh sets at every step, learning rate half a cosine to 0.
void train(PopulationNetwork& network, const PopulationTask& task,
           const PopulationTraining& settings);

}  // namespace equicloud::train
