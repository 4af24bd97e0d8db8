// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/statistics/cloud_statistics.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::statistics {
namespace {

Interval of_logarithm(double unit, double value, double width) {
  return {unit * std::exp(value), unit * std::exp(value - width), unit * std::exp(value + width)};
}

Interval of_share(double value, double width) {
  const auto bounded = [](double x) { return std::clamp(x, 0.0, 1.0); };
  return {bounded(value), bounded(value - width), bounded(value + width)};
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr Interval kUnknown{kNaN, kNaN, kNaN};

}  // namespace

CloudStatistics::CloudStatistics(std::shared_ptr<const Model> model, outlier::OutlierScorer scorer)
    : model_(std::move(model)), scorer_(std::move(scorer)) {
  if (!model_) throw InvalidArgument("CloudStatistics: no model given");
}

Estimates CloudStatistics::estimate(PointsView points, const Executor& executor) const {
  const outlier::Scores scores = scorer_.score(points, executor);
  const CloudFeatures features = compute_features(points, scores.probability, executor);
  Estimates estimates{features.status,
                      reason_of(features.status, features.distinct_points),
                      features.finite_points,
                      features.distinct_points,
                      kUnknown,
                      kUnknown,
                      kUnknown,
                      false};
  if (features.status != Status::estimated) return estimates;
  const auto [value, width, distance] = model_->run(features, executor);
  estimates.unlike_training = distance > kUsualDistance;
  estimates.noise_sigma = of_logarithm(features.unit, value[0], width[0]);
  estimates.spacing = of_logarithm(features.unit, value[1], width[1]);
  estimates.outlier_fraction = of_share(value[2], width[2]);
  const double least = kLeastNoise * estimates.spacing.value;
  double& low = estimates.noise_sigma.low;
  low = std::sqrt(std::max(low * low - least * least, 0.0));
  return estimates;
}

}  // namespace equicloud::statistics
