// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/outlier/metrics.h>
#include <equicloud/outlier/model.h>
#include <train/validate.h>

#include <algorithm>
#include <numeric>

namespace equicloud::train {
namespace {

struct Pool {
  std::vector<float> scores;
  std::vector<std::uint8_t> truth;
};

Quality quality_of(const std::vector<float>& scores, const std::vector<std::uint8_t>& truth) {
  return {outlier::average_precision(scores, truth), outlier::auroc(scores, truth),
          outlier::best_f1(scores, truth).f1};
}

CellResult judge(const LabelledCloud& cloud, const outlier::OutlierScorer& scorer,
                 const Executor& executor, Pool& pool) {
  const outlier::Scores scores = scorer.score(PointsView(cloud.xyz), executor);
  const float threshold = scorer.model().info().default_threshold;
  CellResult result;
  result.ours = quality_of(scores.probability, cloud.outlier);
  result.f1 = outlier::confusion(scores.probability, cloud.outlier, threshold).f1();
  result.calibration_error = outlier::calibration_error(scores.probability, cloud.outlier);
  const auto distances =
      neighbor_distances(cloud.xyz, {kFilterNeighbors.begin(), kFilterNeighbors.end()});
  for (std::size_t k = 0; k < distances.size(); ++k) {
    result.sor[k] = quality_of(distances[k].mean, cloud.outlier);
    result.ror[k] = quality_of(distances[k].last, cloud.outlier);
  }
  pool.scores.insert(pool.scores.end(), scores.probability.begin(), scores.probability.end());
  pool.truth.insert(pool.truth.end(), cloud.outlier.begin(), cloud.outlier.end());
  return result;
}

double share_removed(const LabelledCloud& cloud, const outlier::OutlierScorer& scorer,
                     const Executor& executor) {
  const outlier::Scores scores = scorer.score(PointsView(cloud.xyz), executor);
  const std::vector<bool> gone = outlier::removed(scores, scorer.model().info().default_threshold);
  return static_cast<double>(std::count(gone.begin(), gone.end(), true)) /
         static_cast<double>(gone.size());
}

/// Mean of value(element) over the elements.
template <typename Range, typename Value>
double mean_of(const Range& range, const Value& value) {
  double sum = 0.0;
  for (const auto& element : range) sum += value(element);
  return sum / static_cast<double>(range.size());
}

}  // namespace

double CellResult::best_sor() const {
  double best = 0.0;
  for (const Quality& quality : sor) best = std::max(best, quality.average_precision);
  return best;
}

double ShapeResult::mean_average_precision() const {
  return mean_of(cells, [](const CellResult& c) { return c.ours.average_precision; });
}

double Validation::mean_average_precision() const {
  return mean_of(shapes, [](const ShapeResult& s) { return s.mean_average_precision(); });
}

double Validation::mean(std::size_t cell,
                        const std::function<double(const CellResult&)>& value) const {
  return mean_of(shapes, [&](const ShapeResult& s) { return value(s.cells[cell]); });
}

double Validation::mean(const std::function<double(const CellResult&)>& value) const {
  return mean_of(shapes, [&](const ShapeResult& s) { return mean_of(s.cells, value); });
}

double Validation::clean_removed_mean() const {
  return mean_of(shapes, [](const ShapeResult& s) { return s.clean_removed; });
}

double Validation::clean_removed_worst() const {
  double worst = 0.0;
  for (const ShapeResult& s : shapes) worst = std::max(worst, s.clean_removed);
  return worst;
}

Validation validate(const std::vector<CleanCloud>& shapes, const Benchmark& benchmark,
                    const outlier::OutlierScorer& scorer, std::size_t clean_points,
                    const Executor& executor, const std::function<void(const ShapeResult&)>& done) {
  Validation validation;
  validation.benchmark = benchmark;
  Pool pool;
  for (const CleanCloud& shape : shapes) {
    // Cells side by side on the executor, each with a pool of its own: the order of the sums is
    // fixed.
    ShapeResult result;
    result.shape = shape.name;
    std::vector<Pool> pools(benchmark.cells());
    result.cells.resize(benchmark.cells());
    executor.run(benchmark.cells(), [&](std::size_t cell) {
      const LabelledCloud cloud = validation_case(shape, benchmark, cell, clean_points);
      result.cells[cell] = judge(cloud, scorer, serial_executor(), pools[cell]);
    });
    result.clean_removed = share_removed(
        validation_case(shape, {}, Benchmark().cells(), clean_points), scorer, executor);
    for (const Pool& part : pools) {
      pool.scores.insert(pool.scores.end(), part.scores.begin(), part.scores.end());
      pool.truth.insert(pool.truth.end(), part.truth.begin(), part.truth.end());
    }
    validation.shapes.push_back(result);
    if (done) done(result);
  }
  validation.calibration_error = outlier::calibration_error(pool.scores, pool.truth);
  return validation;
}

}  // namespace equicloud::train
