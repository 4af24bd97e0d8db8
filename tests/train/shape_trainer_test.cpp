// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/set_network.h>
#include <equicloud/classify/spherical_network.h>
#include <gtest/gtest.h>
#include <train/shape_calibration.h>
#include <train/shape_export.h>
#include <train/shape_trainer.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

using torch::Tensor;

constexpr std::size_t kBlock = 6;

/// Balls and boxes' faces: two classes that any network tells apart.
ShapeSet two_classes() {
  ShapeSet shapes;
  shapes.classes = {"sphere", "plate"};
  for (std::uint64_t i = 0; i < 6; ++i) {
    std::vector<float> cloud = i % 2 == 0 ? sphere(200, i) : plate(200, i);
    Random random(i);
    for (float& x : cloud) x += static_cast<float>(0.02 * random.normal());
    shapes.clouds.push_back(cloud);
    shapes.labels.push_back(static_cast<std::uint32_t>(i % 2));
  }
  return shapes;
}

struct Stream {
  ShapeSet shapes = two_classes();
  std::vector<std::size_t> rows = {0, 1, 2, 3, 4, 5};
  ShapeSource source{shapes, rows, {7, kBlock, 0.2, 0.25}};
};

ShapeTrainerSettings settings() {
  ShapeTrainerSettings s;
  s.steps = 8;
  s.batch = 4;
  s.classes = 3;
  s.seed = 7;
  s.block = kBlock;
  s.pool_blocks = 5;
  s.learning_rate = 1e-3;
  return s;
}

/// Takes steps until `last`, from a stream that begins where the trainer asks for.
double train(ShapeTrainer& trainer, const Stream& stream, std::uint64_t& block, std::int64_t last) {
  double loss = 0.0;
  while (trainer.steps_done() < last) {
    loss = trainer.step([&] { return stream.source.block(block++); }).item<double>();
  }
  return loss;
}

/// Running statistics as after some training, so that folding has something to fold.
void disturb(torch::nn::Module& module) {
  const torch::NoGradGuard no_gradient;
  for (const auto& entry : module.named_buffers()) {
    const std::string& name = entry.key();
    if (name.size() > 4 && name.substr(name.size() - 4) == "mean") {
      entry.value().copy_(0.1 * torch::randn_like(entry.value()));
    } else if (name.size() > 8 && name.substr(name.size() - 8) == "variance") {
      entry.value().copy_(0.5 + torch::rand_like(entry.value()));
    }
  }
  for (const auto& entry : module.named_parameters()) {
    if (entry.key().find("gamma") != std::string::npos ||
        entry.key().find("beta") != std::string::npos) {
      entry.value().add_(0.2 * torch::randn_like(entry.value()));
    }
  }
}

/// Largest difference relative to the largest value.
double difference(const Tensor& expected, const std::vector<float>& got) {
  const Tensor row = expected.reshape({-1}).to(torch::kFloat64);
  double largest = 0.0;
  for (std::int64_t i = 0; i < row.size(0); ++i) {
    largest = std::max(largest, std::abs(row[i].item<double>() - got[static_cast<std::size_t>(i)]));
  }
  return largest / row.abs().max().item<double>();
}

constexpr double kFloatAgreement = 2e-5;  // sums of some thousand floats in another order

TEST(ShapeNetworks, FoldedWeightsSayInTheLibraryWhatTheTrainerSays) {
  torch::manual_seed(3);
  const Stream stream;
  const ShapeArrays arrays = damaged_arrays(stream.shapes, stream.rows, 0, 2, Damage::clean, 5);
  const ShapeBatch batch = to_batch(arrays, torch::kCPU);
  const ShapeScales scales = scales_of(batch);
  SetNetwork set(SetNetworkSizes{}, 3, scales);
  SphericalNetwork spherical(5, 6, 3, scales);
  for (torch::nn::Module* m :
       std::initializer_list<torch::nn::Module*>{set.get(), spherical.get()}) {
    disturb(*m);
    m->eval();
  }
  const torch::NoGradGuard no_gradient;
  ShapeBatch wide = batch;
  for (auto& level : wide.level) level.neighbors = level.neighbors.to(torch::kInt64);
  const SetNetworkImpl::Output a = set->forward(wide), b = spherical->forward(wide);

  const nn::WeightsFile file = folded(*set, *spherical);
  const classify::SetNetwork core_set(file);
  const classify::SphericalNetwork core_spherical(file);
  classify::ShapeBuilder builder;
  classify::FeatureExtractor extractor;
  StrayFilter filter;
  for (std::int64_t i = 0; i < 2; ++i) {
    const Cloud cloud = damaged(stream.shapes.clouds[static_cast<std::size_t>(i)], Damage::clean,
                                Random(5).fork(static_cast<std::uint64_t>(i)).bits(), filter);
    const classify::SetFeatures& features = extractor.extract(builder.build(PointsView(cloud)));
    classify::SetNetwork::Workspace workspace;
    const classify::SetOutput said = core_set.forward(features, workspace);
    EXPECT_LT(difference(a.logits[i], {said.logits.begin(), said.logits.end()}), kFloatAgreement);
    EXPECT_LT(difference(a.embedding[i], {said.embedding.begin(), said.embedding.end()}),
              kFloatAgreement);

    const std::size_t size = classify::kSphericalChannels * classify::kSphericalSize;
    const Span<const float> signals(arrays.spherical.data() + static_cast<std::size_t>(i) * size,
                                    size);
    classify::SphericalNetwork::Workspace memory = core_spherical.workspace();
    const classify::SphericalOutput output = core_spherical.forward(signals, memory);
    EXPECT_LT(difference(b.logits[i], {output.logits.begin(), output.logits.end()}),
              kFloatAgreement);
    EXPECT_LT(difference(b.embedding[i], {output.embedding.begin(), output.embedding.end()}),
              kFloatAgreement);
  }
}

TEST(ShapeTrainer, StepsLowerTheLoss) {
  const Stream stream;
  ShapeTrainer trainer(settings(), stream.source.block(0));
  std::uint64_t block = 0;
  const double begin = train(trainer, stream, block, 1);
  EXPECT_LT(train(trainer, stream, block, 8), begin);
}

TEST(ShapeTrainer, ResumedRunSeesTheSameExamplesAndEndsAtTheSameWeights) {
  const Stream stream;
  ShapeTrainer straight(settings(), stream.source.block(0)),
      first(settings(), stream.source.block(0));
  std::uint64_t block = 0;
  train(straight, stream, block, 6);
  block = 0;
  train(first, stream, block, 3);
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("equicloud-shapes-" + std::to_string(::getpid()) + ".checkpoint"))
                               .string();
  first.save_checkpoint(path, {});
  ShapeTrainer second(settings(), path);
  std::filesystem::remove(path);
  EXPECT_EQ(second.steps_done(), 3);
  block = static_cast<std::uint64_t>(second.first_block());
  train(second, stream, block, 6);
  EXPECT_EQ(nn::serialise_weights(straight.to_file()), nn::serialise_weights(second.to_file()));
}

TEST(ShapeSource, ABlockDependsOnItsNumberAlone) {
  const Stream stream;
  const ShapeArrays a = stream.source.block(3), b = stream.source.block(3),
                    c = stream.source.block(4);
  EXPECT_EQ(a.point, b.point);
  EXPECT_EQ(a.label, b.label);
  EXPECT_NE(a.point, c.point);
}

TEST(ShapeCalibration, TemperatureUndoesAScaleOfTheLogits) {
  torch::manual_seed(1);
  const Tensor logits = 2.0 * torch::randn({4000, 5});
  const Tensor label = torch::softmax(logits, 1).multinomial(1).squeeze(1);
  EXPECT_NEAR(temperature_of(logits, label), 1.0, 0.06);  // three standard errors of 4,000 draws
  EXPECT_NEAR(temperature_of(3.0 * logits, label) / temperature_of(logits, label), 3.0, 1e-2);
}

TEST(ShapeCalibration, ThresholdKeepsTheShareAskedFor) {
  const Tensor scores = torch::randperm(1000).to(torch::kFloat64);
  const double threshold = threshold_keeping(scores, 0.95);
  EXPECT_EQ(scores.ge(threshold).sum().item<std::int64_t>(), 950);
}

TEST(ShapeCalibration, MeanClassAccuracyCountsClassesAlike) {
  // Three of class 0, two right; one of class 1, wrong; junk's column never wins.
  const Tensor logits =
      torch::tensor({{2.0, 1.0, 9.0}, {2.0, 1.0, 9.0}, {0.0, 1.0, 9.0}, {1.0, 0.0, 9.0}});
  const Tensor label = torch::tensor({0, 0, 0, 1}, torch::kInt64);
  EXPECT_DOUBLE_EQ(accuracy(logits, label), 0.5);
  EXPECT_NEAR(mean_class_accuracy(logits, label), 1.0 / 3.0, 1e-12);
}

}  // namespace
}  // namespace equicloud::train
