// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/outlier/metrics.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace equicloud::outlier {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double ratio(double numerator, double denominator) noexcept {
  return denominator > 0.0 ? numerator / denominator : kUndefined;
}

// All points of one score.
struct Group {
  float score;
  std::size_t size;
  std::size_t outliers;
};

// Distinct scores from high to low, with totals.
struct Ranking {
  std::vector<Group> groups;
  std::size_t points = 0;
  std::size_t outliers = 0;

  // The threshold that flags groups [0, count): the next score below, which is not flagged.
  float threshold_below(std::size_t count) const {
    return count < groups.size() ? groups[count].score : 0.0F;
  }
};

void check_lengths(Span<const float> scores, Span<const std::uint8_t> truth) {
  if (scores.size() != truth.size())
    throw InvalidArgument("metrics: " + std::to_string(scores.size()) + " scores but " +
                          std::to_string(truth.size()) + " truth values; expected one each");
}

// @param is_outlier  index of a score -> its truth
Ranking rank(Span<const float> scores, const std::function<bool(std::size_t)>& is_outlier) {
  struct Entry {
    float score;
    bool outlier;
  };
  std::vector<Entry> entries;
  entries.reserve(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (!std::isnan(scores[i])) entries.push_back({scores[i], is_outlier(i)});
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.score > b.score; });
  Ranking ranking;
  for (const Entry& entry : entries) {
    if (ranking.groups.empty() || ranking.groups.back().score != entry.score)
      ranking.groups.push_back({entry.score, 0, 0});
    ++ranking.groups.back().size;
    ranking.groups.back().outliers += entry.outlier ? 1 : 0;
    ranking.outliers += entry.outlier ? 1 : 0;
  }
  ranking.points = entries.size();
  return ranking;
}

Ranking rank(Span<const float> scores, Span<const std::uint8_t> truth) {
  check_lengths(scores, truth);
  return rank(scores, [&](std::size_t i) { return truth[i] != 0; });
}

Ranking rank(Span<const float> scores) {
  return rank(scores, [](std::size_t) { return false; });
}

double average_precision(const Ranking& ranking) {
  double sum = 0.0;
  std::size_t flagged = 0;
  std::size_t found = 0;
  for (const Group& group : ranking.groups) {
    flagged += group.size;
    found += group.outliers;
    sum += static_cast<double>(group.outliers) * static_cast<double>(found) /
           static_cast<double>(flagged);
  }
  return ratio(sum, static_cast<double>(ranking.outliers));
}

double auroc(const Ranking& ranking) {
  double won = 0.0;  // pairs (outlier, inlier) with the outlier above
  double above = 0.0;
  for (const Group& group : ranking.groups) {
    const auto outliers = static_cast<double>(group.outliers);
    const double inliers = static_cast<double>(group.size) - outliers;
    won += inliers * (above + 0.5 * outliers);
    above += outliers;
  }
  return ratio(won, above * (static_cast<double>(ranking.points) - above));
}

Cut best_f1(const Ranking& ranking) {
  Cut best{1.0F, ranking.outliers > 0 ? 0.0 : kUndefined};
  std::size_t flagged = 0;
  std::size_t found = 0;
  // No threshold in [0, 1] flags a score of 0.
  for (std::size_t g = 0; g < ranking.groups.size() && ranking.groups[g].score > 0.0F; ++g) {
    flagged += ranking.groups[g].size;
    found += ranking.groups[g].outliers;
    const double f1 =
        2.0 * static_cast<double>(found) / static_cast<double>(flagged + ranking.outliers);
    if (f1 > best.f1) best = {ranking.threshold_below(g + 1), f1};
  }
  return best;
}

double calibration_error(const Ranking& ranking, int bins) {
  struct Bin {
    double scores = 0.0;
    double outliers = 0.0;
  };
  std::vector<Bin> sums(static_cast<std::size_t>(bins));
  for (const Group& group : ranking.groups) {
    const int bin =
        std::clamp(static_cast<int>(group.score * static_cast<float>(bins)), 0, bins - 1);
    Bin& sum = sums[static_cast<std::size_t>(bin)];
    sum.scores += static_cast<double>(group.score) * static_cast<double>(group.size);
    sum.outliers += static_cast<double>(group.outliers);
  }
  double gap = 0.0;
  for (const Bin& sum : sums) gap += std::abs(sum.scores - sum.outliers);
  return ratio(gap, static_cast<double>(ranking.points));
}

Confusion confusion(const Ranking& ranking, float threshold) {
  Confusion counts;
  for (const Group& group : ranking.groups) {
    const bool flagged = group.score > threshold;
    (flagged ? counts.true_positives : counts.false_negatives) += group.outliers;
    (flagged ? counts.false_positives : counts.true_negatives) += group.size - group.outliers;
  }
  return counts;
}

// prod (1 - p), by logarithms so that a long product of factors near 1 loses nothing.
double probability_of_no_outlier(const Ranking& ranking) {
  double log_sum = 0.0;
  for (const Group& group : ranking.groups)
    log_sum += static_cast<double>(group.size) * std::log1p(-static_cast<double>(group.score));
  return std::exp(log_sum);
}

}  // namespace

double Confusion::precision() const noexcept {
  return ratio(static_cast<double>(true_positives),
               static_cast<double>(true_positives + false_positives));
}

double Confusion::recall() const noexcept {
  return ratio(static_cast<double>(true_positives),
               static_cast<double>(true_positives + false_negatives));
}

double Confusion::f1() const noexcept {
  return ratio(2.0 * static_cast<double>(true_positives),
               static_cast<double>(2 * true_positives + false_positives + false_negatives));
}

double average_precision(Span<const float> scores, Span<const std::uint8_t> truth) {
  return average_precision(rank(scores, truth));
}

double auroc(Span<const float> scores, Span<const std::uint8_t> truth) {
  return auroc(rank(scores, truth));
}

Cut best_f1(Span<const float> scores, Span<const std::uint8_t> truth) {
  return best_f1(rank(scores, truth));
}

double calibration_error(Span<const float> scores, Span<const std::uint8_t> truth, int bins) {
  if (bins < 1)
    throw InvalidArgument("calibration_error: bins is " + std::to_string(bins) +
                          "; expected at least 1");
  return calibration_error(rank(scores, truth), bins);
}

Confusion confusion(Span<const float> scores, Span<const std::uint8_t> truth, float threshold) {
  return confusion(rank(scores, truth), threshold);
}

Evaluation evaluate(Span<const float> scores, Span<const std::uint8_t> truth, float threshold) {
  const Ranking ranking = rank(scores, truth);
  return {average_precision(ranking), auroc(ranking), calibration_error(ranking, kCalibrationBins),
          best_f1(ranking), confusion(ranking, threshold)};
}

Cut auto_threshold(Span<const float> probabilities) {
  const Ranking ranking = rank(probabilities);
  double expected_outliers = 0.0;
  for (const Group& group : ranking.groups)
    expected_outliers += static_cast<double>(group.score) * static_cast<double>(group.size);
  const float highest = ranking.groups.empty() ? 1.0F : ranking.groups.front().score;
  Cut best{highest, probability_of_no_outlier(ranking)};
  double flagged = 0.0;
  double expected_found = 0.0;
  for (std::size_t g = 0; g < ranking.groups.size() && ranking.groups[g].score > 0.0F; ++g) {
    flagged += static_cast<double>(ranking.groups[g].size);
    expected_found +=
        static_cast<double>(ranking.groups[g].score) * static_cast<double>(ranking.groups[g].size);
    const double f1 = ratio(2.0 * expected_found, flagged + expected_outliers);
    if (f1 > best.f1) best = {ranking.threshold_below(g + 1), f1};
  }
  return best;
}

float fraction_threshold(Span<const float> scores, double fraction) {
  if (!(fraction >= 0.0 && fraction < 1.0))
    throw InvalidArgument("fraction is " + std::to_string(fraction) +
                          "; expected 0 <= fraction < 1");
  const Ranking ranking = rank(scores);
  // The slack repairs products such as 0.29 * 100 = 28.999999999999996.
  constexpr double kSlack = 1.0 + 1e-12;
  const double allowed = fraction * static_cast<double>(ranking.points) * kSlack;
  double flagged = 0.0;
  std::size_t count = 0;
  while (count + 1 < ranking.groups.size()) {
    flagged += static_cast<double>(ranking.groups[count].size);
    if (flagged > allowed) break;
    ++count;
  }
  return ranking.groups.empty() ? 1.0F : ranking.threshold_below(count);
}

}  // namespace equicloud::outlier
