// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/corrupt.h>
#include <train/ordered_queue.h>
#include <train/trainer.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

Example small_example(std::uint64_t seed) {
  Random random(seed);
  const Surface surface(seed % 2 ? sphere(600, seed) : plate(600, seed));
  const LabelledCloud cloud =
      corrupt(surface, {0.1, 0.2, {OutlierKind::uniform, OutlierKind::near}, 1.5}, random);
  Example example{outlier::compute_features(PointsView(cloud.xyz)), {}};
  example.labels = row_labels(example.features, cloud.outlier);
  return example;
}

TrainerSettings settings(std::int64_t steps) {
  TrainerSettings s;
  s.steps = steps;
  s.seed = 11;
  return s;
}

Standardisation standardisation() { return standardisation_of({small_example(1000).features}); }

/// Mean loss of steps first .. last - 1.
double train(Trainer& trainer, std::int64_t last) {
  double sum = 0.0;
  const std::int64_t first = trainer.steps_done();
  while (trainer.steps_done() < last) {
    sum += trainer.step(small_example(static_cast<std::uint64_t>(trainer.steps_done())));
  }
  return sum / static_cast<double>(last - first);
}

std::string temporary(const std::string& name) {
  return (std::filesystem::temp_directory_path() /
          ("equicloud-trainer-" + std::to_string(::getpid()) + "-" + name))
      .string();
}

TEST(Trainer, TwentyStepsLowerTheLoss) {
  Trainer trainer(settings(40), standardisation());
  const double begin = train(trainer, 3);
  train(trainer, 17);
  EXPECT_LT(train(trainer, 20), 0.7 * begin);
}

TEST(Trainer, ResumedRunTakesTheSameStepsBitForBit) {
  const std::string path = temporary("resume");
  Trainer straight(settings(12), standardisation());
  train(straight, 6);
  straight.save_checkpoint(path, {{6, 1.5, 0.25, 1e-3}});
  train(straight, 12);
  Trainer resumed(settings(12), path);
  std::filesystem::remove(path);
  EXPECT_EQ(resumed.steps_done(), 6);
  ASSERT_EQ(resumed.resumed_curve().size(), 1U);
  EXPECT_EQ(resumed.resumed_curve()[0].loss, 0.25);
  train(resumed, 12);
  EXPECT_EQ(nn::serialise_weights(straight.averaged()->to_file()),
            nn::serialise_weights(resumed.averaged()->to_file()));
}

TEST(Trainer, CheckpointOfAnotherRunOrNoCheckpointIsRefused) {
  const std::string path = temporary("refuse");
  Trainer(settings(12), standardisation()).save_checkpoint(path, {});
  EXPECT_THROW(Trainer(settings(13), path), FormatError);
  std::ofstream(path, std::ios::trunc) << "no archive";
  EXPECT_THROW(Trainer(settings(12), path), FormatError);
  std::filesystem::remove(path);
  EXPECT_THROW(Trainer(settings(12), path), IoError);
}

TEST(Trainer, LearningRateWarmsUpAndFallsToAHundredth) {
  const Trainer trainer(settings(1000), standardisation());
  EXPECT_LT(trainer.learning_rate(0), 0.2 * 4e-3);
  EXPECT_GT(trainer.learning_rate(10), 0.99 * 4e-3);
  EXPECT_NEAR(trainer.learning_rate(500), 0.505 * 4e-3, 1e-9);
  EXPECT_NEAR(trainer.learning_rate(1000), 0.01 * 4e-3, 1e-9);
}

TEST(OrderedQueue, ExamplesComeInOrderForAnyNumberOfThreads) {
  const ExampleSource source({{"sphere", sphere(6000, 1)}}, 0.0, 5);
  const auto make = [&source](std::uint64_t number) { return source.example(number); };
  OrderedQueue<Example> one(make, 3, 1), three(make, 3, 3);
  for (std::uint64_t number = 3; number < 6; ++number) {
    const Example direct = source.example(number);
    EXPECT_EQ(one.next().features.set_features, direct.features.set_features);
    EXPECT_EQ(three.next().labels, direct.labels);
  }
}

TEST(OrderedQueue, WhatAnExampleThrowsReachesTheTrainer) {
  const ExampleSource broken({{"seven points", sphere(7, 1)}}, 0.0, 5);
  OrderedQueue<Example> queue([&](std::uint64_t number) { return broken.example(number); }, 0, 2);
  EXPECT_THROW(queue.next(), InvalidArgument);
}

TEST(Examples, RowsCarryTheLabelsOfTheirPoints) {
  const Example example = small_example(2);
  double outliers = 0.0;
  for (const float label : example.labels) outliers += label;
  EXPECT_EQ(example.labels.size(), example.features.points);
  EXPECT_EQ(outliers, 150.0);  // 20 % of 750
}

TEST(Curve, TableHoldsARowAReport) {
  const std::string path = temporary("curve.csv");
  save_curve({{10, 1, 0.5, 4e-3}, {20, 2, 0.25, 2e-3, 0.75}}, path);
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(
      text,
      "step,seconds,loss,learning_rate,validation_ap\n10,1,0.5,0.004,\n20,2,0.25,0.002,0.75\n");
  std::filesystem::remove(path);
  std::filesystem::remove(std::filesystem::path(path).replace_extension(".png"));
}

}  // namespace
}  // namespace equicloud::train
