// SPDX-License-Identifier: BSD-3-Clause
// Population statistics and functions of sets: truths against closed forms, estimators against
// truths, the networks' law.
#include <gtest/gtest.h>
#include <train/error_curves.h>
#include <train/population.h>
#include <train/universality.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "train/temporary_folder.h"

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr Population kAll[] = {Population::rotation, Population::correlation, Population::rank_one,
                               Population::random};

TEST(Population, TruthsOfPairsEqualTheClosedForm) {
  for (const double r : {0.0, 0.3, -0.8}) {
    const Tensor covariance =
        torch::tensor({{{2.0, r * std::sqrt(6.0)}, {r * std::sqrt(6.0), 3.0}}}, torch::kFloat64);
    EXPECT_NEAR(exact_statistic(covariance, false).item<double>(), -0.5 * std::log(1.0 - r * r),
                1e-12);
    EXPECT_NEAR(exact_statistic(covariance, true).item<double>(),
                0.5 * std::log(2.0 * M_PI * M_E * 2.0), 1e-12);
  }
}

TEST(Population, EstimatorsComeToTheTruthInTheEnd) {
  torch::manual_seed(1);
  const PopulationTask task(Population::rotation);
  const auto [points, truth] = task.draw(8, 2000);
  for (const Tensor& estimate :
       {plug_in_estimate(points, true), nearest_neighbor_estimate(points, true)})
    EXPECT_LT((estimate - truth).abs().max().item<double>(), 0.12);
  const Tensor pairs = torch::randn({4, 1500, 2});
  const Tensor mixed = torch::cat(
      {pairs.slice(2, 0, 1), 0.8 * pairs.slice(2, 0, 1) + 0.6 * pairs.slice(2, 1, 2)}, 2);
  const double information = -0.5 * std::log(1.0 - 0.64);
  for (const Tensor& estimate :
       {plug_in_estimate(mixed, false), nearest_neighbor_estimate(mixed, false)})
    EXPECT_LT((estimate - information).abs().max().item<double>(), 0.12);
}

TEST(Population, DrawsHaveTheCovarianceThatTheTruthIsOf) {
  torch::manual_seed(2);
  for (const Population population : kAll) {
    const PopulationTask task(population);
    const auto [points, truth] = task.draw(3, 40000);
    EXPECT_EQ(points.size(2), task.dimensions());
    const Tensor estimate = plug_in_estimate(points, task.is_entropy());
    EXPECT_LT((estimate - truth).abs().max().item<double>(), 0.05) << name_of(population);
  }
}

TEST(Population, ANetworkDoesNotSeeTheOrderOfASet) {
  torch::manual_seed(3);
  const PopulationTask task(Population::correlation);
  PopulationNetwork network(task);
  const torch::NoGradGuard no_gradient;
  const Tensor points = task.draw(2, 100).points;
  const Tensor shuffled = points.index_select(1, torch::randperm(100, torch::kInt64));
  EXPECT_LT((network->forward(points) - network->forward(shuffled)).abs().max().item<double>(),
            1e-4);
}

TEST(Population, TrainingMakesTheErrorSmaller) {
  torch::manual_seed(4);
  const PopulationTask task(Population::rotation);
  PopulationNetwork network(task);
  const auto [points, truth] = task.draw(64, 128);
  const double before = torch::mse_loss(network->forward(points), truth).item<double>();
  PopulationTraining settings;
  settings.steps = 150;
  settings.most = 128;
  train(network, task, settings);
  EXPECT_LT(torch::mse_loss(network->forward(points), truth).item<double>(), 0.3 * before);
}

TEST(Universality, ValuesAreThoseOfTheFunctions) {
  torch::manual_seed(5);
  const SetSamples largest = draw_sets(SetFunction::largest, 10, 4);
  EXPECT_TRUE(torch::equal(largest.values, largest.members.squeeze(2).amax(1)));
  for (const auto& [function, rank] :
       {std::pair(SetFunction::median, 1), std::pair(SetFunction::second_largest, 2)}) {
    const SetSamples sets = draw_sets(function, 10, 4);
    const Tensor sorted = std::get<0>(sets.members.squeeze(2).sort(1));
    EXPECT_TRUE(torch::equal(sets.values, sorted.select(1, rank)));
  }
  const SetSamples boxes = draw_sets(SetFunction::box_volume, 10, 4);
  for (std::int64_t i = 0; i < 10; ++i) {
    double volume = 1.0;
    for (std::int64_t a = 0; a < 3; ++a) {
      const Tensor side = boxes.members[i].select(1, a);
      volume *= (side.max() - side.min()).item<double>();
    }
    EXPECT_NEAR(boxes.values[i].item<double>(), volume, 1e-6);
  }
}

TEST(Universality, AWiderPhiFitsBetter) {
  torch::manual_seed(6);
  const UniversalitySettings settings{4, 300, 64, 4e-3};
  const double narrow = fit_error(SetFunction::largest, 1, settings);
  const double wide = fit_error(SetFunction::largest, 8, settings);
  EXPECT_LT(wide, narrow);
  EXPECT_LT(wide, 0.5);
}

using ErrorCurvesFile = TemporaryFolder;

TEST_F(ErrorCurvesFile, IsWrittenAsATableAndAsCsv) {
  const ErrorCurves curves{
      "N", "error", {8, 16}, {{"one", {{"a", {0.5, 0.25}}, {"b", {2.0, NAN}}}}}};
  const std::string path = (root_ / "curves.csv").string();
  save(curves, path);
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), "panel,size,a,b\none,8,0.5,2\none,16,0.25,\n");
  std::ostringstream table;
  print_table(curves, table);
  EXPECT_NE(table.str().find("0.25"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::train
