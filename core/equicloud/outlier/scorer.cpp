// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/local_statistics.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/network.h>
#include <equicloud/outlier/scorer.h>

#include <cmath>
#include <limits>
#include <string>

namespace equicloud::outlier {
namespace {

std::vector<float> probabilities(const Network& network, const CanonicalCloud& cloud,
                                 const Executor& executor) {
  const LocalStatistics statistics(cloud, executor);
  const NetworkInput input{statistics.size(), statistics.point_features(),
                           statistics.neighbor_sets(),
                           [&](std::size_t i, float* out) { statistics.set_features(i, out); }};
  std::vector<float> values = network.logits(input, executor);
  for (float& value : values)
    value = static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(value))));
  return values;
}

}  // namespace

OutlierScorer::OutlierScorer() : OutlierScorer(Model::embedded()) {}

OutlierScorer::OutlierScorer(std::shared_ptr<const Model> model) : model_(std::move(model)) {
  if (!model_)
    throw InvalidArgument(
        "OutlierScorer: no model given; use the default constructor for the embedded one");
}

Scores OutlierScorer::score(PointsView points, const Executor& executor) const {
  const CanonicalCloud cloud = canonical_order(points, executor);
  Scores scores;
  scores.finite_points = cloud.finite_points;
  scores.distinct_points = cloud.size();
  scores.probability.resize(points.size);
  scores.status = points.size == 0                ? Status::empty
                  : cloud.size() < kNeighbors + 1 ? Status::too_few_points
                                                  : Status::scored;
  const std::vector<float> of_row = scores.status == Status::scored
                                        ? probabilities(model_->network(), cloud, executor)
                                        : std::vector<float>(cloud.size(), 0.0F);
  for (std::size_t i = 0; i < points.size; ++i) {
    const std::int64_t row = cloud.row_of_input[i];
    scores.probability[i] =
        row < 0 ? std::numeric_limits<float>::quiet_NaN() : of_row[static_cast<std::size_t>(row)];
  }
  return scores;
}

std::vector<bool> removed(const Scores& scores, float threshold) {
  if (!(threshold >= 0.0F && threshold <= 1.0F))
    throw InvalidArgument("threshold is " + std::to_string(threshold) +
                          "; a probability from 0 to 1 is expected");
  std::vector<bool> mask(scores.probability.size());
  // Written so that NaN (not finite) counts as removed.
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = !(scores.probability[i] <= threshold);
  return mask;
}

}  // namespace equicloud::outlier
