// SPDX-License-Identifier: BSD-3-Clause
// What the estimator sees of a cloud: a set of sampled points, each with numbers about its
// neighbourhood, and numbers about the set as a whole. Lengths are in units of one length of the
// cloud, so motions and scalings leave everything as it is, up to rounding; the order of the points
// cannot be seen, nor exact copies.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::statistics {

constexpr std::size_t kNeighbors = 64;       ///< of the largest of four neighbourhoods
constexpr std::size_t kSampleFeatures = 20;  ///< numbers of a sampled point
constexpr std::size_t kCloudFeatures = 35;   ///< numbers of the cloud
constexpr std::size_t kSampleLimit = 20000;  ///< sampled points by default, at most
constexpr double kSmallestResidual = 0.003;  ///< added to residuals, in units

/// What became of the cloud.
enum class Status {
  estimated,        ///< there are numbers
  no_finite_point,  ///< no points, or none that is finite
  too_few_points,   ///< fewer than kNeighbors + 1 distinct finite positions
  on_a_line,        ///< all on one line: there is no surface to have a normal
};

/// A sentence for a person; empty for estimated.
std::string reason_of(Status status, std::size_t distinct_points);

struct CloudFeatures {
  Status status = Status::no_finite_point;
  std::size_t finite_points = 0;
  std::size_t distinct_points = 0;
  /// The unit: weighted median over the sample of the mean distance to the 6 nearest others, in the
  /// cloud's own unit.
  double unit = 0.0;
  /// m x kSampleFeatures, w = 1 - outlier probability, at least 0.05. Of a point, in order:
  /// log h6 / unit; log d_k / h6 of k = 16, 32, 64; log(plane residual / unit + 0.003) of k = 8,
  /// 16, 32, 64; log(quadric residual / unit + 0.003) of k = 16, 32, 64; l1 / l2 and l0 / trace of
  /// k = 16, then of k = 64; log(own residual / unit + 0.003) of k = 32, 64; outlier probability p
  /// of the point; its mean over the nearest 16, 64. Neighbours count with their w.
  std::vector<float> sample;
  std::vector<float> weights;  ///< m: w of the sampled points
  /// kCloudFeatures: quantiles 10, 30, 50, 70, 90 %, weighted by w, of log h6 / unit, log plane
  /// residual (k = 8), log quadric residuals (16, 32, 64), log own residual (32), each as above;
  /// over all distinct points the mean of p, of p^4, of 1 - (1 - p)^4 and the logit of the mean;
  /// log(distinct points, 16,000 for more).
  std::vector<float> cloud;

  std::size_t sampled() const noexcept { return weights.size(); }
  /// The classical estimates that the network corrects.
  double plug_in_log_noise()
      const noexcept;  ///< log of the median quadric residual, k = 32, in units
  double plug_in_fraction() const noexcept;  ///< mean of p
};

/// Measures a cloud. Up to `limit` distinct points all of them are sampled; of more, those at even
/// ranks of the distance from the mean (a motion may then swap near ties; ties in canonical order).
/// @param probabilities  one an input point, as OutlierScorer gives them (size checked; throws
///                       InvalidArgument); copies have the same
/// @param limit          >= 1 (checked)
/// Same bits for any number of threads. Cost: O(n log n), and about 15 us a sampled point.
CloudFeatures compute_features(PointsView points, const std::vector<float>& probabilities,
                               const Executor& executor = serial_executor(),
                               std::size_t limit = kSampleLimit);

}  // namespace equicloud::statistics
