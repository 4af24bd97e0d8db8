// SPDX-License-Identifier: BSD-3-Clause
// Clouds with known statistics, libtorch's estimator against the library's, and intervals.
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/statistics_network.h>
#include <train/statistics_report.h>

#include <cmath>
#include <set>
#include <sstream>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

using statistics::kParameters;

constexpr double kTolerance = 1e-5;
constexpr std::size_t kSampled = 128;

std::vector<CleanCloud> two_shapes() {
  return {{"ball", sphere(9000, 1)}, {"plate", plate(9000, 2)}};
}

std::vector<StatisticsExample> some_examples(std::uint64_t count) {
  const StatisticsSource source(two_shapes(), 0.25, 5);
  const outlier::OutlierScorer scorer;
  std::vector<StatisticsExample> examples;
  for (std::uint64_t i = 0; i < count; ++i) examples.push_back(source.example(i, scorer, kSampled));
  return examples;
}

nn::WeightsFile with_card(nn::WeightsFile file) {
  file.metadata.insert({{"kind", "cloud-statistics"},
                        {"format_version", "1"},
                        {"name", "test"},
                        {"version", "1"},
                        {"licence", "none"},
                        {"training_data", "none"},
                        {"promises", "permutation-invariant"}});
  return file;
}

TEST(StatisticsExamples, AreWhatTheySayAndAlwaysTheSame) {
  const StatisticsSource source(two_shapes(), 0.0, 5);
  std::set<std::size_t> sizes;
  for (std::uint64_t number = 0; number < 12; ++number) {
    const CloudWithTruth cloud = source.cloud(number);
    EXPECT_EQ(cloud.xyz, source.cloud(number).xyz);
    sizes.insert(cloud.xyz.size());
    const StatisticsTruth& truth = cloud.truth;
    EXPECT_LT(cloud.family, source.shapes());
    EXPECT_GT(truth.spacing, 0.0);
    EXPECT_GE(truth.noise, 0.0099 * truth.spacing);
    EXPECT_LE(truth.noise, 0.7 * truth.spacing);
    EXPECT_GE(truth.fraction, 0.0);
    EXPECT_LE(truth.fraction, 0.46);
  }
  EXPECT_GT(sizes.size(), 6U);
  const StatisticsSource scenes(two_shapes(), 1.0, 5);
  EXPECT_GE(scenes.cloud(1).family, scenes.shapes()) << "a generated scene";
  EXPECT_LT(scenes.cloud(1).family, scenes.families());
}

TEST(StatisticsExamples, CasesHaveTheNoiseAndShareOfTheirCell) {
  const CleanCloud ball{"ball", sphere(3000, 3)};
  for (std::size_t cell = 0; cell < kStatisticsCells; cell += 7) {
    const StatisticsTruth truth = statistics_case(ball, cell, 1000).truth;
    EXPECT_NEAR(truth.noise / truth.spacing, kJudgedNoises[cell / kJudgedFractions.size()], 1e-9);
    EXPECT_NEAR(truth.fraction, kJudgedFractions[cell % kJudgedFractions.size()], 1e-3);
  }
}

TEST(StatisticsNetwork, AgreesWithTheLibrary) {
  const std::vector<StatisticsExample> examples = some_examples(6);
  const StatisticsBatch batch = make_batch(examples, kSampled);
  torch::manual_seed(3);
  StatisticsNetwork network(batch);
  const nn::WeightsFile saved = with_card(network->to_file({1.5, 2.0, 2.5}));
  const std::vector<unsigned char> bytes = nn::serialise_weights(saved);
  const auto core =
      statistics::Model::from(nn::parse_weights(bytes.data(), bytes.size(), "test"), "test");
  const torch::NoGradGuard no_gradient;
  const torch::Tensor r = network->forward(batch);
  for (std::size_t e = 0; e < examples.size(); ++e) {
    const statistics::CloudFeatures& features = examples[e].features;
    ASSERT_EQ(features.sampled(), kSampled);
    const statistics::Outputs outputs = core->run(features);
    const auto at = [&](std::int64_t k) {
      return r[static_cast<std::int64_t>(e)][k].item<double>();
    };
    EXPECT_NEAR(outputs.value[0], features.plug_in_log_noise() + at(0), kTolerance);
    EXPECT_NEAR(outputs.value[1], at(1), kTolerance);
    EXPECT_NEAR(outputs.value[2], features.plug_in_fraction() + 0.1 * at(2), kTolerance);
    EXPECT_NEAR(outputs.width[0], 1.5 * std::exp(at(3)), 10 * kTolerance);
    EXPECT_NEAR(outputs.width[1], 2.0 * std::exp(at(4)), 10 * kTolerance);
    EXPECT_NEAR(outputs.width[2], 0.25 * std::exp(at(5)), 10 * kTolerance);
  }
}

TEST(StatisticsNetwork, FamiliesApartAreJudgedByOthersNetworks) {
  std::vector<StatisticsExample> examples = some_examples(12);
  for (std::size_t i = 0; i < examples.size(); ++i) examples[i].family = i % 3;
  StatisticsTraining settings;
  settings.epochs = 3;
  std::int64_t folds = 0;
  torch::manual_seed(5);
  const Deviations apart = deviations_apart(make_batch(examples, kSampled), 3, settings,
                                            [&](std::int64_t, double) { ++folds; });
  EXPECT_EQ(folds, 3);
  EXPECT_EQ(apart.widths.size(0), 12);
  const auto first = [](const Deviations& d) { return d.widths.slice(0, 0, 4); };
  // The truth of the first hand does not reach the network that judges it: its errors move by just
  // what the truth moved, in widths that stay.
  for (std::size_t i = 0; i < examples.size(); i += 3) examples[i].truth.noise *= 3.0;
  torch::manual_seed(5);
  const Deviations moved =
      deviations_apart(make_batch(examples, kSampled), 3, settings, [](std::int64_t, double) {});
  EXPECT_TRUE(torch::equal(first(apart).slice(1, 1), first(moved).slice(1, 1)));
  EXPECT_FALSE(torch::equal(apart.widths.slice(0, 4), moved.widths.slice(0, 4)))
      << "the others learned from it";
  for (StatisticsExample& example : examples) example.family = 0;
  EXPECT_THROW(
      deviations_apart(make_batch(examples, kSampled), 3, settings, [](std::int64_t, double) {}),
      InvalidArgument);
}

TEST(StatisticsNetwork, Learns) {
  const StatisticsBatch batch = make_batch(some_examples(40), kSampled);
  torch::manual_seed(4);
  StatisticsNetwork network(batch);
  const double before = network->loss(batch).item<double>();
  StatisticsTraining settings;
  settings.epochs = 15;
  settings.batch = 8;
  std::int64_t epochs = 0;
  EXPECT_TRUE(train(network, batch, settings, [&](std::int64_t, double) { return ++epochs > 0; }));
  EXPECT_EQ(epochs, 15);
  EXPECT_LT(network->loss(batch).item<double>(), before - 0.5);
  EXPECT_FALSE(train(network, batch, settings, [](std::int64_t, double) { return false; }));
}

// Twenty families of ten clouds with errors f + 1/10 .. f + 1: each needs f + 0.9, and 18 of the 20
// do with 17.9. A family with more clouds has no more say.
TEST(StatisticsIntervals, HoldForNineInTenFamilies) {
  std::vector<float> errors;
  std::vector<std::int64_t> family;
  const auto add = [&](std::int64_t f, int copies) {
    for (int k = 0; k < 10 * copies; ++k) {
      errors.push_back(static_cast<float>(f) + 0.1F * static_cast<float>(k % 10 + 1));
      family.push_back(f);
    }
  };
  for (std::int64_t f = 0; f < 20; ++f) add(f, f < 3 ? 50 : 1);
  const torch::Tensor widths = torch::tensor(errors).unsqueeze(1).expand({-1, 3}).contiguous();
  for (const double needed : calibrate({widths, torch::tensor(family)}))
    EXPECT_NEAR(needed, 17.9, 1e-5);
}

StatisticsAnswer answer(double noise, double low, double high, double fraction) {
  StatisticsAnswer a{"ball", {1.0, 2.0, 0.1}, {}};
  a.estimates.status = statistics::Status::estimated;
  a.estimates.noise_sigma = {noise, low, high};
  a.estimates.spacing = {2.2, 1.0, 3.0};
  a.estimates.outlier_fraction = {fraction, 0.0, 0.05};
  return a;
}

TEST(StatisticsReport, FiguresAreTheirDefinitions) {
  const std::vector<StatisticsAnswer> answers = {
      answer(1.1, 0.9, 1.2, 0.1), answer(0.7, 0.6, 0.8, 0.2), answer(1.2, 1.1, 1.3, 0.0)};
  const StatisticsFigures f = figures_of(answers);
  EXPECT_EQ(f.clouds, 3U);
  EXPECT_NEAR(f.noise_error, 0.2, 1e-12);
  EXPECT_NEAR(f.spacing_error, 0.1, 1e-12);
  EXPECT_NEAR(f.fraction_error, 0.2 / 3.0, 1e-12);
  EXPECT_NEAR(f.noise_covered, 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(f.spacing_covered, 1.0, 1e-12);
  EXPECT_NEAR(f.fraction_covered, 0.0, 1e-12);
  std::ostringstream table, json;
  print_table(answers, table);
  print_json(answers, json);
  EXPECT_NE(table.str().find("all 3 clouds"), std::string::npos);
  EXPECT_NE(json.str().find("\"clouds\":3,\"noise_error\":0."), std::string::npos) << json.str();
}

}  // namespace
}  // namespace equicloud::train
