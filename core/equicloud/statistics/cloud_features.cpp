// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/points/canonical_order.h>
#include <equicloud/points/local_frame.h>
#include <equicloud/statistics/cloud_features.h>
#include <equicloud/statistics/neighborhood.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace equicloud::statistics {
namespace {

constexpr double kLeastWeight = 0.05;
constexpr std::size_t kSpan = 256;  // sampled points a task
constexpr std::array<std::size_t, 4> kScales = {8, 16, 32, 64};
constexpr std::size_t kScaleCount = kScales.size();
constexpr std::array<double, 5> kQuantiles = {0.1, 0.3, 0.5, 0.7, 0.9};
// Columns of `sample` that are lengths of their own and so wait for the unit: h6, residuals.
constexpr std::size_t kLogH6 = 0, kPlane8 = 4, kQuadric16 = 8, kQuadric32 = 9, kQuadric64 = 10;
constexpr std::size_t kOwn32 = 15, kOwn64 = 16, kFirstProbability = 17;
constexpr std::array<std::size_t, 6> kQuantileColumns = {kLogH6,     kPlane8,    kQuadric16,
                                                         kQuadric32, kQuadric64, kOwn32};
constexpr std::size_t kMedianQuadric32 = 3 * kQuantiles.size() + 2;
constexpr std::size_t kMeanProbability = kQuantileColumns.size() * kQuantiles.size();
constexpr double kLargestSize = 16000.0;  // beyond it a cloud is as well known as it gets
constexpr double kThinnest = 1e-6;        // l1 / l2 of a line; the closed form errs by 1e-8

std::array<double, 3> difference(const float* a, const float* b) {
  return {double(a[0]) - b[0], double(a[1]) - b[1], double(a[2]) - b[2]};
}

double norm(const std::array<double, 3>& d) {
  return std::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
}

/// Mean and covariance of all points, about the first one.
Moments moments_of(PointsView points) {
  Moments moments;
  for (std::size_t i = 0; i < points.size; ++i) {
    const std::array<double, 3> d = difference(points[i], points[0]);
    std::size_t entry = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      moments.mean[a] += d[a];
      for (std::size_t b = a; b < 3; ++b) moments.second[entry++] += d[a] * d[b];
    }
  }
  const auto n = static_cast<double>(points.size);
  for (double& m : moments.mean) m /= n;
  for (double& m : moments.second) m /= n;
  return moments;
}

/// Rows of at most `limit` points, ascending.
std::vector<std::size_t> choose_rows(PointsView points, const Moments& moments, std::size_t limit) {
  std::vector<std::size_t> rows(points.size);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (points.size <= limit) return rows;
  std::vector<double> distance(points.size);
  for (std::size_t i = 0; i < points.size; ++i) {
    std::array<double, 3> d = difference(points[i], points[0]);
    for (std::size_t a = 0; a < 3; ++a) d[a] -= moments.mean[a];
    distance[i] = norm(d);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return distance[a] < distance[b]; });
  std::vector<std::size_t> chosen(limit);
  for (std::size_t i = 0; i < limit; ++i) chosen[i] = rows[(2 * i + 1) * points.size / (2 * limit)];
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

/// One probability a row; copies share theirs.
std::vector<double> by_row(const CanonicalCloud& cloud, const std::vector<float>& probabilities) {
  std::vector<double> of_row(cloud.size(), 0.0);
  for (std::size_t i = 0; i < probabilities.size(); ++i)
    if (cloud.row_of_input[i] >= 0)
      of_row[static_cast<std::size_t>(cloud.row_of_input[i])] = double(probabilities[i]);
  return of_row;
}

double weight_of(double probability) { return std::max(1.0 - probability, kLeastWeight); }

/// The least value that, with all below it, holds `share` of the weight.
double quantile(const std::vector<std::pair<double, double>>& sorted, double total, double share) {
  double sum = 0.0;
  for (const auto& [value, weight] : sorted) {
    sum += weight;
    if (sum >= share * total) return value;
  }
  return sorted.back().first;
}

class Measurement {
 public:
  Measurement(const CanonicalCloud& cloud, const std::vector<double>& probabilities)
      : points_(Span<const float>(cloud.xyz)), probabilities_(probabilities), join_(points_) {}

  /// The features of a row, lengths still in the units of `points`. @param out  kSampleFeatures
  void measure(std::size_t row, double* out) const {
    std::array<std::uint32_t, kNeighbors> neighbors{};
    std::array<float, kNeighbors> distances{};
    join_.nearest(row, row + 1, static_cast<int>(kNeighbors), {neighbors.data(), kNeighbors},
                  {distances.data(), kNeighbors});
    std::array<std::array<double, 3>, kNeighbors> offsets{};
    std::array<double, kNeighbors> weights{};
    std::array<double, kNeighbors + 1> of_nearest{};  // running sums of probabilities
    for (std::size_t j = 0; j < kNeighbors; ++j) {
      offsets[j] = difference(points_[neighbors[j]], points_[row]);
      weights[j] = weight_of(probabilities_[neighbors[j]]);
      of_nearest[j + 1] = of_nearest[j] + probabilities_[neighbors[j]];
    }
    const double own = weight_of(probabilities_[row]);
    std::array<Fit, kScaleCount> fits;
    for (std::size_t t = 0; t < kScaleCount; ++t)
      fits[t] = fit({offsets.data(), weights.data(), kScales[t], own});
    write_lengths(distances, fits, out);
    out[kFirstProbability] = probabilities_[row];
    out[kFirstProbability + 1] = of_nearest[16] / 16.0;
    out[kFirstProbability + 2] = of_nearest[kNeighbors] / static_cast<double>(kNeighbors);
  }

 private:
  static void write_lengths(const std::array<float, kNeighbors>& distances,
                            const std::array<Fit, kScaleCount>& fits, double* out) {
    const double h6 = std::accumulate(distances.begin(), distances.begin() + 6, 0.0) / 6.0;
    out[kLogH6] = h6;
    for (std::size_t t = 1; t < kScaleCount; ++t)
      out[t] = std::log(double(distances[kScales[t] - 1]) / h6);
    for (std::size_t t = 0; t < kScaleCount; ++t) out[kPlane8 + t] = fits[t].plane;
    for (std::size_t t = 1; t < kScaleCount; ++t) out[kQuadric16 + t - 1] = fits[t].quadric;
    std::size_t column = kQuadric64 + 1;
    for (const std::size_t t : {std::size_t{1}, std::size_t{3}}) {
      const LocalFrame& frame = fits[t].frame;
      out[column++] = frame.l2 > 0.0 ? frame.l1 / frame.l2 : 0.0;
      out[column++] = frame.trace() > 0.0 ? frame.l0 / frame.trace() : 0.0;
    }
    out[kOwn32] = fits[2].own_residual;
    out[kOwn64] = fits[3].own_residual;
  }

  PointsView points_;
  const std::vector<double>& probabilities_;
  knn::SelfJoin join_;
};

using Column = std::vector<std::pair<double, double>>;  // value, weight; ascending

Column sorted_column(const std::vector<double>& table, std::size_t column,
                     const std::vector<float>& weights) {
  Column values(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    values[i] = {table[i * kSampleFeatures + column], double(weights[i])};
  std::sort(values.begin(), values.end());
  return values;
}

/// Lengths in `unit`, under the logarithm.
void to_logarithms(std::vector<double>& table, double unit) {
  for (std::size_t at = 0; at < table.size(); at += kSampleFeatures) {
    table[at + kLogH6] = std::log(table[at + kLogH6] / unit);
    for (std::size_t c = kPlane8; c <= kQuadric64; ++c)
      table[at + c] = std::log(table[at + c] / unit + kSmallestResidual);
    for (const std::size_t c : {kOwn32, kOwn64})
      table[at + c] = std::log(table[at + c] / unit + kSmallestResidual);
  }
}

void add_quantiles(const std::vector<double>& table, CloudFeatures& features) {
  const double total = std::accumulate(features.weights.begin(), features.weights.end(), 0.0);
  for (const std::size_t column : kQuantileColumns) {
    const Column sorted = sorted_column(table, column, features.weights);
    for (const double share : kQuantiles)
      features.cloud.push_back(static_cast<float>(quantile(sorted, total, share)));
  }
}

void add_probabilities(const std::vector<double>& probabilities, CloudFeatures& features) {
  constexpr double kSmallest = 1e-3;  // what the logit can tell apart
  double mean = 0.0, sure = 0.0, any = 0.0;
  for (const double p : probabilities) {
    mean += p;
    sure += std::pow(p, 4);
    any += 1.0 - std::pow(1.0 - p, 4);
  }
  const auto n = static_cast<double>(probabilities.size());
  mean /= n;
  const double bounded = std::clamp(mean, kSmallest, 1.0 - kSmallest);
  const double size = std::log(std::min(n, kLargestSize));
  for (const double value : {mean, sure / n, any / n, std::log(bounded / (1.0 - bounded)), size})
    features.cloud.push_back(static_cast<float>(value));
}

Status status_of(const CanonicalCloud& cloud, const Moments& moments) {
  if (cloud.size() == 0) return Status::no_finite_point;
  if (cloud.size() < kNeighbors + 1) return Status::too_few_points;
  const LocalFrame frame = local_frame(moments);
  return frame.l1 <= kThinnest * frame.l2 ? Status::on_a_line : Status::estimated;
}

}  // namespace

std::string reason_of(Status status, std::size_t distinct_points) {
  switch (status) {
    case Status::no_finite_point:
      return "no finite point";
    case Status::too_few_points:
      return "too few points: " + std::to_string(distinct_points) + " distinct, at least " +
             std::to_string(kNeighbors + 1) + " are needed";
    case Status::on_a_line:
      return "all points lie on one line: there is no surface";
    case Status::estimated:
      break;
  }
  return "";
}

double CloudFeatures::plug_in_log_noise() const noexcept { return double(cloud[kMedianQuadric32]); }

double CloudFeatures::plug_in_fraction() const noexcept { return double(cloud[kMeanProbability]); }

CloudFeatures compute_features(PointsView points, const std::vector<float>& probabilities,
                               const Executor& executor, std::size_t limit) {
  if (probabilities.size() != points.size)
    throw InvalidArgument("compute_features: " + std::to_string(probabilities.size()) +
                          " probabilities for " + std::to_string(points.size) + " points");
  if (limit < 1) throw InvalidArgument("compute_features: the limit must be at least 1");
  const CanonicalCloud cloud = canonical_order(points, executor);
  const PointsView rows{Span<const float>(cloud.xyz)};
  const Moments moments = cloud.size() > 0 ? moments_of(rows) : Moments{};
  CloudFeatures features;
  features.status = status_of(cloud, moments);
  features.finite_points = cloud.finite_points;
  features.distinct_points = cloud.size();
  if (features.status != Status::estimated) return features;

  const std::vector<double> of_row = by_row(cloud, probabilities);
  const std::vector<std::size_t> chosen = choose_rows(rows, moments, limit);
  std::vector<double> table(chosen.size() * kSampleFeatures);
  const Measurement measurement(cloud, of_row);
  for_spans(executor, chosen.size(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i)
      measurement.measure(chosen[i], &table[i * kSampleFeatures]);
  });
  for (const std::size_t row : chosen)
    features.weights.push_back(static_cast<float>(weight_of(of_row[row])));
  const Column h6 = sorted_column(table, kLogH6, features.weights);
  const double total = std::accumulate(features.weights.begin(), features.weights.end(), 0.0);
  const double unit = quantile(h6, total, 0.5);
  to_logarithms(table, unit);
  add_quantiles(table, features);
  add_probabilities(of_row, features);
  features.unit = unit / cloud.scale;
  features.sample.assign(table.begin(), table.end());
  return features;
}

}  // namespace equicloud::statistics
