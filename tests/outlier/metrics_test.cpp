// SPDX-License-Identifier: BSD-3-Clause
// Metrics held to hand-computed values and to slow definitions by brute force.
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/outlier/metrics.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace equicloud::outlier {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr double kSumError = 1e-12;  // sums of a few hundred terms of order 1, in double

using Scores = std::vector<float>;
using Truth = std::vector<std::uint8_t>;

struct Sample {
  Scores scores;
  Truth truth;
};

// 300 points, one in five an outlier; scores on a grid of 21 values, so ties abound.
Sample tied_sample(std::uint64_t seed) {
  Random random(seed);
  Sample sample;
  for (int i = 0; i < 300; ++i) {
    const bool outlier = random.below(5) == 0;
    const double score = 0.35 * (outlier ? 1.0 : 0.0) + 0.65 * random.uniform();
    sample.scores.push_back(static_cast<float>(std::round(score * 20.0) / 20.0));
    sample.truth.push_back(outlier ? 1 : 0);
  }
  return sample;
}

double brute_force_auroc(const Sample& s) {
  double won = 0.0;
  double pairs = 0.0;
  for (std::size_t i = 0; i < s.scores.size(); ++i)
    for (std::size_t j = 0; j < s.scores.size(); ++j)
      if (s.truth[i] != 0 && s.truth[j] == 0) {
        won += s.scores[i] > s.scores[j] ? 1.0 : s.scores[i] == s.scores[j] ? 0.5 : 0.0;
        pairs += 1.0;
      }
  return won / pairs;
}

// From the definition: for every distinct score as threshold, recall and precision of "score >= t".
double brute_force_average_precision(const Sample& s) {
  Scores thresholds = s.scores;
  std::sort(thresholds.begin(), thresholds.end(), std::greater<>());
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  const double outliers = std::accumulate(s.truth.begin(), s.truth.end(), 0.0);
  double area = 0.0;
  double recall_before = 0.0;
  for (const float t : thresholds) {
    double flagged = 0.0;
    double found = 0.0;
    for (std::size_t i = 0; i < s.scores.size(); ++i)
      if (s.scores[i] >= t) {
        flagged += 1.0;
        found += s.truth[i];
      }
    area += (found / outliers - recall_before) * found / flagged;
    recall_before = found / outliers;
  }
  return area;
}

template <typename Figure>
double best_over_thresholds(const Scores& scores, const Figure& figure) {
  double best = 0.0;
  for (const float t : scores) best = std::max(best, figure(t));
  return std::max(best, figure(0.0F));
}

TEST(Metrics, AveragePrecisionMatchesHandComputedValues) {
  // scikit-learn's documentation example: average_precision_score([0,0,1,1], [.1,.4,.35,.8]) = 0.83
  const Scores scores = {0.1F, 0.4F, 0.35F, 0.8F};
  EXPECT_NEAR(average_precision(scores, Truth{0, 0, 1, 1}), 0.5 * 1.0 + 0.5 * 2.0 / 3.0, kSumError);
  // One group of ties is one step: precision = share of outliers.
  EXPECT_NEAR(average_precision(Scores(4, 0.5F), Truth{1, 0, 0, 0}), 0.25, kSumError);
  EXPECT_NEAR(average_precision(Scores(4, 0.5F), Truth{0, 0, 0, 1}), 0.25, kSumError);
}

TEST(Metrics, AurocMatchesHandComputedValues) {
  EXPECT_NEAR(auroc(Scores{0.1F, 0.4F, 0.35F, 0.8F}, Truth{0, 0, 1, 1}), 0.75, kSumError);
  EXPECT_NEAR(auroc(Scores(5, 0.3F), Truth{0, 1, 0, 1, 0}), 0.5, kSumError);
}

TEST(Metrics, TiedScoresMatchTheDefinitionsByBruteForce) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Sample s = tied_sample(seed);
    EXPECT_NEAR(auroc(s.scores, s.truth), brute_force_auroc(s), kSumError);
    EXPECT_NEAR(average_precision(s.scores, s.truth), brute_force_average_precision(s), kSumError);
    const auto f1 = [&](float t) { return confusion(s.scores, s.truth, t).f1(); };
    const Cut best = best_f1(s.scores, s.truth);
    EXPECT_NEAR(best.f1, best_over_thresholds(s.scores, f1), kSumError);
    EXPECT_NEAR(f1(best.threshold), best.f1, kSumError);
  }
}

TEST(Metrics, OrderOfThePointsDoesNotMatter) {
  const Sample s = tied_sample(9);
  Sample reversed = s;
  std::reverse(reversed.scores.begin(), reversed.scores.end());
  std::reverse(reversed.truth.begin(), reversed.truth.end());
  const Evaluation a = evaluate(s.scores, s.truth, 0.5F);
  const Evaluation b = evaluate(reversed.scores, reversed.truth, 0.5F);
  EXPECT_EQ(a.average_precision, b.average_precision);
  EXPECT_EQ(a.auroc, b.auroc);
  EXPECT_EQ(a.calibration_error, b.calibration_error);
  EXPECT_EQ(a.best.threshold, b.best.threshold);
  EXPECT_EQ(auto_threshold(s.scores).threshold, auto_threshold(reversed.scores).threshold);
}

TEST(Metrics, ConfusionCountsWhatIsStrictlyAboveTheThreshold) {
  const Confusion c = confusion(Scores{0.9F, 0.5F, 0.6F, 0.1F}, Truth{1, 1, 0, 0}, 0.5F);
  EXPECT_EQ(c.true_positives, 1U);
  EXPECT_EQ(c.false_positives, 1U);
  EXPECT_EQ(c.false_negatives, 1U);
  EXPECT_EQ(c.true_negatives, 1U);
  EXPECT_DOUBLE_EQ(c.precision(), 0.5);
  EXPECT_DOUBLE_EQ(c.recall(), 0.5);
  EXPECT_DOUBLE_EQ(c.f1(), 0.5);
}

TEST(Metrics, CalibrationErrorMatchesHandComputedValues) {
  // Two bins of two: means 0.2 and 0.8, shares 0.5 and 1: (2 * 0.3 + 2 * 0.2) / 4.
  EXPECT_NEAR(calibration_error(Scores{0.1F, 0.3F, 0.7F, 0.9F}, Truth{0, 1, 1, 1}, 2), 0.25, 1e-7);
  EXPECT_NEAR(calibration_error(Scores{1.0F, 0.0F}, Truth{1, 0}), 0.0, kSumError);
  EXPECT_THROW(calibration_error(Scores{0.5F}, Truth{1}, 0), InvalidArgument);
}

TEST(Metrics, PointsWithoutAScoreAreLeftOut) {
  const Scores scores = {0.1F, kNaN, 0.4F, 0.35F, kNaN, 0.8F};
  const Evaluation e = evaluate(scores, Truth{0, 1, 0, 1, 0, 1}, 0.5F);
  EXPECT_NEAR(e.auroc, 0.75, kSumError);
  EXPECT_EQ(e.at_threshold.true_positives + e.at_threshold.false_negatives, 2U);
}

TEST(Metrics, FiguresThatDoNotExistAreNaN) {
  const Evaluation none = evaluate(Scores{0.1F, 0.2F}, Truth{0, 0}, 0.5F);
  EXPECT_TRUE(std::isnan(none.average_precision));
  EXPECT_TRUE(std::isnan(none.auroc));
  EXPECT_TRUE(std::isnan(none.best.f1));
  EXPECT_TRUE(std::isnan(none.at_threshold.precision()));
  EXPECT_TRUE(std::isnan(none.at_threshold.recall()));
  EXPECT_TRUE(std::isnan(none.at_threshold.f1()));
  EXPECT_TRUE(std::isnan(calibration_error(Scores{}, Truth{})));
}

TEST(Metrics, LengthsThatDifferAreRejected) {
  EXPECT_THROW(auroc(Scores{0.1F, 0.2F}, Truth{0}), InvalidArgument);
}

TEST(AutoThreshold, MatchesHandComputedValues) {
  // m = 1: 2 * 0.9 / (1 + 1.4) = 0.75; m = 2: 2 * 1.3 / 3.4 = 0.765; m = 3: 2 * 1.4 / 4.4.
  const Cut cut = auto_threshold(Scores{0.4F, 0.1F, 0.9F});
  EXPECT_FLOAT_EQ(cut.threshold, 0.1F);
  EXPECT_NEAR(cut.f1, 2.6 / 3.4, 1e-7);
}

TEST(AutoThreshold, MaximisesExpectedF1OverAllThresholds) {
  const Scores p = tied_sample(3).scores;
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  const auto expected_f1 = [&](float t) {
    double flagged = 0.0;
    double found = 0.0;
    for (const float value : p)
      if (value > t) {
        flagged += 1.0;
        found += static_cast<double>(value);
      }
    return 2.0 * found / (flagged + total);
  };
  const Cut cut = auto_threshold(p);
  EXPECT_NEAR(cut.f1, best_over_thresholds(p, expected_f1), kSumError);
  EXPECT_NEAR(expected_f1(cut.threshold), cut.f1, kSumError);
}

TEST(AutoThreshold, KeepsEverythingWhereOutliersAreUnlikely) {
  const Scores p = {0.01F, 0.02F, 0.03F};
  const Cut cut = auto_threshold(p);
  EXPECT_FLOAT_EQ(cut.threshold, 0.03F);
  EXPECT_NEAR(cut.f1, 0.99 * 0.98 * 0.97, 1e-7);
  EXPECT_EQ(auto_threshold(Scores(3, 0.0F)).threshold, 0.0F);
  EXPECT_EQ(auto_threshold(Scores{}).threshold, 1.0F);
}

std::size_t flagged(const Scores& scores, float threshold) {
  return static_cast<std::size_t>(
      std::count_if(scores.begin(), scores.end(), [&](float s) { return s > threshold; }));
}

TEST(FractionThreshold, FlagsThatShareOfThePoints) {
  Scores scores(100);
  for (std::size_t i = 0; i < 100; ++i) scores[i] = static_cast<float>(i) / 100.0F;
  for (const int percent : {0, 1, 29, 50, 99})
    EXPECT_EQ(flagged(scores, fraction_threshold(scores, percent / 100.0)),
              static_cast<std::size_t>(percent));
}

TEST(FractionThreshold, NeverSplitsEqualScoresNorExceedsTheShare) {
  const Scores scores = {0.9F, 0.5F, 0.5F, 0.5F, 0.1F, kNaN};
  EXPECT_EQ(flagged(scores, fraction_threshold(scores, 0.4)), 1U);
  EXPECT_EQ(flagged(scores, fraction_threshold(scores, 0.8)), 4U);
  EXPECT_EQ(flagged(Scores(7, 0.5F), fraction_threshold(Scores(7, 0.5F), 0.5)), 0U);
  EXPECT_EQ(fraction_threshold(Scores{}, 0.5), 1.0F);
}

TEST(FractionThreshold, SharesOutsideTheRangeAreRejected) {
  EXPECT_THROW(fraction_threshold(Scores{0.5F}, -0.1), InvalidArgument);
  EXPECT_THROW(fraction_threshold(Scores{0.5F}, 1.0), InvalidArgument);
  EXPECT_THROW(fraction_threshold(Scores{0.5F}, std::nan("")), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::outlier
