// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/local_statistics.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/network.h>
#include <equicloud/outlier/scorer.h>

#include <algorithm>
#include <limits>
#include <string>

namespace equicloud::outlier {

struct Workspace::Memory {
  CanonicalOrder order;
  LocalStatistics statistics;
  NetworkMemory network;
  bool used_once = false;  // then scratch is given back before the next stage takes its own
};

Workspace::Workspace() : memory_(std::make_unique<Memory>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

OutlierScorer::OutlierScorer() : OutlierScorer(Model::embedded()) {}

OutlierScorer::OutlierScorer(std::shared_ptr<const Model> model) : model_(std::move(model)) {
  if (!model_)
    throw InvalidArgument(
        "OutlierScorer: no model given; use the default constructor for the embedded one");
}

Scores OutlierScorer::score(PointsView points, const Executor& executor) const {
  Workspace workspace;
  workspace.memory_->used_once = true;
  Scores scores;
  score(points, executor, workspace, scores);
  return scores;
}

void OutlierScorer::score(PointsView points, const Executor& executor, Workspace& workspace,
                          Scores& scores) const {
  auto& [order, statistics, network, used_once] = *workspace.memory_;
  const CanonicalCloud& cloud = order.order(points, executor);
  if (used_once) order.drop_scratch();
  scores.finite_points = cloud.finite_points;
  scores.distinct_points = cloud.size();
  scores.status = points.size == 0                ? Status::empty
                  : cloud.size() < kNeighbors + 1 ? Status::too_few_points
                                                  : Status::scored;
  std::vector<float>& of_row = network.logits;
  if (scores.status == Status::scored) {
    statistics.measure(cloud, executor);
    statistics.exchange_scratch(network.state);
    if (used_once) statistics.drop_scratch();
    const NetworkInput input{
        statistics.size(),
        statistics.point_features(),
        statistics.neighbor_sets(),
        [&s = statistics](std::size_t i, float* out) { s.set_features(i, out); },
        &statistics.seen(),
        {},
        {}};
    model_->network().logits(input, executor, network);
    statistics.exchange_scratch(network.state);
    std::transform(of_row.begin(), of_row.end(), of_row.begin(), probability_of);
  } else {
    of_row.assign(cloud.size(), 0.0F);
  }
  scores.probability.resize(points.size);
  for (std::size_t i = 0; i < points.size; ++i) {
    const std::int64_t row = cloud.row_of_input[i];
    scores.probability[i] =
        row < 0 ? std::numeric_limits<float>::quiet_NaN() : of_row[static_cast<std::size_t>(row)];
  }
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
