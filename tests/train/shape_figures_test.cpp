// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>
#include <train/shape_figures.h>

#include <cmath>

namespace equicloud::train {
namespace {

constexpr double kRounding = 1e-6;  // probabilities are floats

Answer answer(std::size_t truth, std::size_t label, float probability = 1.0F,
              bool refused = false) {
  return {truth, label, probability, 1.0F, refused};
}

/// Class 0: 3 of 4 right, one of them refused; class 1: 1 of 2; class 4: one that was not asked.
std::vector<Answer> seven() {
  Answer unasked;
  unasked.truth = 4;
  return {answer(0, 0), answer(0, 0), answer(0, 0, 0.6F, true), answer(0, 1), answer(1, 1),
          answer(1, 4), unasked};
}

TEST(ShapeFigures, AccuraciesAreTheSharesCountedByHand) {
  EXPECT_DOUBLE_EQ(accuracy(seven()), 4.0 / 7.0);
  EXPECT_DOUBLE_EQ(delivered_accuracy(seven()), 3.0 / 7.0);
  EXPECT_DOUBLE_EQ(refused_share(seven()), 2.0 / 7.0);
  EXPECT_DOUBLE_EQ(mean_class_accuracy(seven()), (0.75 + 0.5 + 0.0) / 3.0);
}

TEST(ShapeFigures, OfNoAnswerAreUndefined) {
  EXPECT_TRUE(std::isnan(accuracy({})));
  EXPECT_TRUE(std::isnan(delivered_accuracy({})));
  EXPECT_TRUE(std::isnan(mean_class_accuracy({})));
  EXPECT_TRUE(std::isnan(calibration_error({})));
  EXPECT_TRUE(std::isnan(threshold_keeping({}, 0.95)));
  EXPECT_TRUE(std::isnan(auroc({}, {})));
}

TEST(ShapeFigures, CalibrationErrorIsTheGapOfEachBinWeighted) {
  // Bin [0.6, 0.667): mean 0.62, half right. Bin [0.933, 1]: mean 0.95, all right.
  const std::vector<Answer> answers = {answer(0, 0, 0.61F), answer(0, 1, 0.63F),
                                       answer(2, 2, 0.94F), answer(2, 2, 0.96F),
                                       answer(2, 2, 0.95F)};
  EXPECT_NEAR(calibration_error(answers), 2.0 / 5.0 * 0.12 + 3.0 / 5.0 * 0.05, kRounding);
}

TEST(ShapeFigures, CalibrationErrorIsZeroWhereProbabilitiesAreShares) {
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < 10; ++i) answers.push_back(answer(0, i < 7 ? 0 : 1, 0.7F));
  EXPECT_NEAR(calibration_error(answers), 0.0, kRounding);
}

TEST(ShapeFigures, ClassesTellTheirShapesAndTheirWorstMistake) {
  std::vector<Answer> answers = seven();
  answers.push_back(answer(0, 3));
  answers.push_back(answer(0, 3));
  const std::vector<ClassFigures> classes = class_figures(answers);
  ASSERT_EQ(classes.size(), 3U);
  EXPECT_EQ(classes[0].label, 0U);
  EXPECT_EQ(classes[0].shapes, 6U);
  EXPECT_DOUBLE_EQ(classes[0].accuracy, 0.5);
  EXPECT_EQ(classes[0].taken_for, 3U);
  EXPECT_EQ(classes[0].times, 2U);
  EXPECT_EQ(classes[2].label, 4U);
  EXPECT_EQ(classes[2].taken_for, kNoLabel);
}

TEST(ShapeFigures, MixUpsCountBothWaysAndTheMostFrequentIsFirst) {
  const std::vector<Answer> answers = {answer(5, 2), answer(2, 5), answer(2, 5), answer(1, 0),
                                       answer(3, 3)};
  const std::vector<MixUp> pairs = costliest_mix_ups(answers, 9);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].a, 2U);
  EXPECT_EQ(pairs[0].b, 5U);
  EXPECT_EQ(pairs[0].a_for_b, 2U);
  EXPECT_EQ(pairs[0].b_for_a, 1U);
  EXPECT_EQ(pairs[1].times(), 1U);
  EXPECT_EQ(costliest_mix_ups(answers, 1).size(), 1U);
}

TEST(ShapeFigures, ThresholdKeepsItsShareAndNoneLargerDoes) {
  std::vector<float> scores;
  for (int i = 0; i < 40; ++i) scores.push_back(static_cast<float>(i * 7 % 40) / 40.0F);
  const float threshold = threshold_keeping(scores, 0.95);
  EXPECT_FLOAT_EQ(threshold, 2.0F / 40.0F);  // of 40 scores two may be below
  EXPECT_DOUBLE_EQ(share_reaching(scores, threshold), 0.95);
  EXPECT_LT(share_reaching(scores, std::nextafter(threshold, 1.0F)), 0.95);
  EXPECT_FLOAT_EQ(threshold_keeping(scores, 1.0), 0.0F);
}

TEST(ShapeFigures, AurocIsTheShareOfPairsInOrder) {
  const std::vector<float> known = {0.9F, 0.8F, 0.5F}, unknown = {0.5F, 0.1F};
  // 6 pairs: 5 in order, one tie.
  EXPECT_NEAR(auroc(known, unknown), 5.5 / 6.0, kRounding);
  EXPECT_NEAR(auroc(unknown, known), 0.5 / 6.0, kRounding);
}

}  // namespace
}  // namespace equicloud::train
