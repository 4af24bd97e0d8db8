// SPDX-License-Identifier: BSD-3-Clause
// The classifier's laws, on a model with random weights: what it must not see in a cloud, what it
// says of clouds that are no shapes, and how its parts become one answer.
#include <equicloud/base/error.h>
#include <equicloud/classify/classifier.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "classify/random_model.h"
#include "laws/clouds.h"

namespace equicloud::classify {
namespace {

using classify_tests::known_names;
using classify_tests::random_model;
using laws::Cloud;

// A moved cloud's coordinates are rounded by 2^-24 of its extent, its neighbours' normals by some
// 1e-6, probabilities of a network with random weights by 2e-5 at most in 100 trials. Ten times
// that.
constexpr float kMotionTolerance = 2e-4F;
constexpr double kProbabilityRounding = 1e-5;  // of a logarithm of a float probability

std::shared_ptr<const Model> model(std::uint64_t seed = 1) {
  return Model::from(random_model(seed), "random");
}

// A noisy torus, no two distances alike.
Cloud torus(int n, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform(0.0, 6.283185307179586);
    const double v = random.uniform(0.0, 6.283185307179586);
    const double r = 2.0 + 0.7 * std::cos(v) + 0.02 * random.normal();
    laws::add_point(cloud, r * std::cos(u), r * std::sin(u), 0.7 * std::sin(v));
  }
  return cloud;
}

PointsView view(const Cloud& cloud) { return PointsView(Span<const float>(cloud)); }

void expect_same_bits(const Classification& a, const Classification& b) {
  EXPECT_EQ(a.probabilities, b.probabilities);
  EXPECT_EQ(a.embedding, b.embedding);
  EXPECT_EQ(a.verdict, b.verdict);
  EXPECT_EQ(a.name, b.name);
  if (a.probabilities.empty()) return;  // else NaN
  EXPECT_EQ(a.known_score, b.known_score);
  EXPECT_EQ(a.probability, b.probability);
}

TEST(Classifier, TheOrderOfThePointsDoesNotShowInABit) {
  const ShapeClassifier classifier(model());
  Random random(2);
  const Cloud cloud = torus(1500, 3);
  const Classification before = classifier.classify(view(cloud));
  ASSERT_FALSE(before.probabilities.empty());
  for (int i = 0; i < 3; ++i)
    expect_same_bits(
        classifier.classify(view(laws::permuted(cloud, laws::random_permutation(1500, random)))),
        before);
}

TEST(Classifier, CopiesAndPointsThatAreNotFiniteDoNotShowInABit) {
  const ShapeClassifier classifier(model());
  const Cloud cloud = torus(700, 4);
  Cloud more = cloud;
  more.insert(more.end(), cloud.begin(), cloud.begin() + 300);
  laws::add_point(more, std::nan(""), 0.0, 0.0);
  laws::add_point(more, 0.0, INFINITY, 0.0);
  expect_same_bits(classifier.classify(view(more)), classifier.classify(view(cloud)));
}

float largest_change(const Classification& a, const Classification& b) {
  float largest = 0.0F;
  for (std::size_t i = 0; i < a.probabilities.size(); ++i)
    largest = std::max(largest, std::fabs(a.probabilities[i] - b.probabilities[i]));
  return largest;
}

TEST(Classifier, MotionsAndScalesChangeProbabilitiesByRoundingOnly) {
  const ShapeClassifier classifier(
      Model::from(random_model(1, classify_tests::full_widths()), "full"));
  Random random(5);
  const Cloud cloud = torus(900, 6);
  const Classification before = classifier.classify(view(cloud));
  for (int i = 0; i < 5; ++i) {
    Cloud moved = laws::moved(cloud, laws::random_motion(random, 3.0));
    EXPECT_LE(largest_change(classifier.classify(view(moved)), before), kMotionTolerance);
    for (float& x : moved) x *= 0.037F;
    EXPECT_LE(largest_change(classifier.classify(view(moved)), before), kMotionTolerance);
  }
  // Another thing changes them by more.
  const Cloud sheet = laws::sheet_with_outliers(900, 6);
  EXPECT_GT(largest_change(classifier.classify(view(sheet)), before), 10.0F * kMotionTolerance);
}

TEST(Classifier, AnyNumberOfThreadsAndAUsedWorkspaceGiveTheSameBits) {
  const ShapeClassifier classifier(model());
  const Cloud cloud = torus(5000, 7);
  const Classification alone = classifier.classify(view(cloud));
  const ThreadPool pool(3);
  expect_same_bits(classifier.classify(view(cloud), pool), alone);
  Workspace workspace;
  classifier.classify(view(torus(800, 8)), pool, workspace);
  expect_same_bits(classifier.classify(view(cloud), pool, workspace), alone);
  // A workspace that another model has sized.
  const ShapeClassifier other(Model::from(random_model(2, classify_tests::full_widths()), "full"));
  other.classify(view(cloud), pool, workspace);
  expect_same_bits(classifier.classify(view(cloud), pool, workspace), alone);
}

TEST(Classifier, ManyCloudsAreEachItsOwn) {
  const ShapeClassifier classifier(model());
  std::vector<Cloud> clouds;
  for (int i = 0; i < 7; ++i) clouds.push_back(torus(i == 3 ? 5 : 200 + 50 * i, 20 + i));
  std::vector<PointsView> views;
  for (const Cloud& cloud : clouds) views.push_back(view(cloud));
  const std::vector<Classification> all = classifier.classify(views, ThreadPool(4));
  ASSERT_EQ(all.size(), clouds.size());
  for (std::size_t i = 0; i < clouds.size(); ++i)
    expect_same_bits(all[i], classifier.classify(views[i]));
  EXPECT_EQ(all[3].verdict, Verdict::too_few_points);
  EXPECT_TRUE(classifier.classify(Span<const PointsView>()).empty());
}

TEST(Classifier, FusionAddsTheBranchesLogits) {
  const auto shared = model();
  const Cloud cloud = torus(600, 9);
  const auto logits = [&](Branch branch) {
    ClassifierOptions options;
    options.branch = branch;
    const ShapeClassifier classifier(shared, options);
    const Classification it = classifier.classify(view(cloud));
    std::vector<double> values;  // up to a constant
    const double temperature = shared->info().temperature[static_cast<std::size_t>(branch)];
    for (const float p : it.probabilities) values.push_back(temperature * std::log(p));
    return values;
  };
  const std::vector<double> fused = logits(Branch::fused);
  const std::vector<double> set = logits(Branch::set);
  const std::vector<double> spherical = logits(Branch::spherical);
  for (std::size_t i = 1; i < fused.size(); ++i)
    EXPECT_NEAR(fused[i] - fused[0], set[i] - set[0] + spherical[i] - spherical[0],
                kProbabilityRounding);
}

TEST(Classifier, EmbeddingsHaveLengthOneAndTheHalfThatWasNotAskedIsZero) {
  const auto shared = model();
  const std::size_t half = classify_tests::ModelWidths().embedding;
  for (const Branch branch : {Branch::fused, Branch::set, Branch::spherical}) {
    ClassifierOptions options;
    options.branch = branch;
    const Classification it = ShapeClassifier(shared, options).classify(view(torus(300, 10)));
    ASSERT_EQ(it.embedding.size(), 2 * half);
    double squares[2] = {0.0, 0.0};
    for (std::size_t i = 0; i < it.embedding.size(); ++i)
      squares[i / half] += static_cast<double>(it.embedding[i]) * it.embedding[i];
    EXPECT_NEAR(squares[0] + squares[1], 1.0, kProbabilityRounding);
    EXPECT_EQ(squares[0] == 0.0, branch == Branch::spherical);
    EXPECT_EQ(squares[1] == 0.0, branch == Branch::set);
  }
}

TEST(Classifier, OutliersAreLeftOutFirst) {
  Cloud cloud = torus(1200, 11);
  Random random(12);
  for (int i = 0; i < 20; ++i)
    laws::add_point(cloud, random.uniform(-9, 9), random.uniform(-9, 9), random.uniform(4, 9));
  const outlier::OutlierScorer scorer;
  const std::vector<bool> removed = outlier::removed(scorer.score(view(cloud)), 0.5F);
  Cloud kept;
  for (std::size_t i = 0; i < removed.size(); ++i)
    if (!removed[i]) kept.insert(kept.end(), cloud.begin() + 3 * i, cloud.begin() + 3 * i + 3);
  ClassifierOptions options;
  options.filter = false;
  const ShapeClassifier plain(model(), options);
  const Classification it = ShapeClassifier(model()).classify(view(cloud));
  EXPECT_GE(it.removed_points, 15U);
  EXPECT_EQ(it.removed_points, (cloud.size() - kept.size()) / 3);
  expect_same_bits(it, plain.classify(view(kept)));
  EXPECT_EQ(plain.classify(view(cloud)).removed_points, 0U);
}

TEST(Classifier, WhatIsNoShapeIsUnknownWithItsReason) {
  const ShapeClassifier classifier(model());
  struct Case {
    Cloud cloud;
    Verdict verdict;
    const char* reason;
  };
  Cloud repeated;
  for (int i = 0; i < 500; ++i) laws::add_point(repeated, 1.0, 2.0, 3.0);
  const Cloud nothing(300, std::nanf(""));
  for (const Case& c : {Case{{}, Verdict::empty, "no finite point"},
                        Case{nothing, Verdict::empty, "no finite point"},
                        Case{repeated, Verdict::too_few_points, "too few points: 1 distinct"},
                        Case{torus(63, 13), Verdict::too_few_points, "at least 64 are needed"},
                        Case{laws::line(200), Verdict::line, "one line"}}) {
    const Classification it = classifier.classify(view(c.cloud));
    EXPECT_EQ(it.verdict, c.verdict) << it.reason;
    EXPECT_NE(it.reason.find(c.reason), std::string::npos) << it.reason;
    EXPECT_EQ(it.name, "unknown");
    EXPECT_EQ(it.label, known_names().size());
    EXPECT_TRUE(std::isnan(it.probability));
    EXPECT_TRUE(it.probabilities.empty() && it.embedding.empty() && it.top(3).empty());
  }
}

TEST(Classifier, APlaneIsUnknownButWhatItIsMostLikeIsSaid) {
  const Classification it = ShapeClassifier(model()).classify(view(laws::flat_plane(400, 14)));
  EXPECT_EQ(it.verdict, Verdict::flat);
  EXPECT_EQ(it.name, "unknown");
  EXPECT_EQ(it.reason, "all points lie in one plane");
  ASSERT_EQ(it.probabilities.size(), known_names().size() + 1);
  EXPECT_EQ(it.probability,
            *std::max_element(it.probabilities.begin(), it.probabilities.end() - 1));
}

TEST(Classifier, TopIsSortedAndItsFirstKnownOneIsTheLabel) {
  const Classification it = ShapeClassifier(model()).classify(view(torus(400, 15)));
  const std::vector<Guess> top = it.top(100);
  ASSERT_EQ(top.size(), known_names().size() + 1);
  double sum = 0.0;
  for (std::size_t i = 0; i < top.size(); ++i) {
    sum += top[i].probability;
    EXPECT_LE(top[i].probability, top[i > 0 ? i - 1 : 0].probability);
  }
  EXPECT_NEAR(sum, 1.0, kProbabilityRounding);
  EXPECT_EQ(it.verdict, Verdict::known);
  EXPECT_EQ(it.label, top[top[0].label == known_names().size() ? 1 : 0].label);
  EXPECT_EQ(it.name, known_names()[it.label]);
  EXPECT_EQ(it.top(2).size(), 2U);
}

TEST(Classifier, BelowTheThresholdsTheLabelIsUnknown) {
  const Cloud cloud = torus(400, 16);
  nn::WeightsFile file = random_model(1);
  const float score =
      ShapeClassifier(Model::from(file, "random")).classify(view(cloud)).known_score;
  file.metadata["unknown_threshold"] = std::to_string(score + 1e-4F);
  const Classification junk = ShapeClassifier(Model::from(file, "random")).classify(view(cloud));
  EXPECT_EQ(junk.verdict, Verdict::junk);
  EXPECT_EQ(junk.name, "unknown");
  EXPECT_EQ(junk.probability, 1.0F - score);
  EXPECT_NE(junk.reason.find("like none of the classes"), std::string::npos);
  EXPECT_FALSE(junk.probabilities.empty());
  ClassifierOptions options;
  options.min_probability = 1.0F;
  const Classification unsure = ShapeClassifier(model(), options).classify(view(cloud));
  EXPECT_EQ(unsure.verdict, Verdict::unsure);
  EXPECT_EQ(unsure.name, "unknown");
  EXPECT_NE(unsure.reason.find("not sure"), std::string::npos);
  options.min_probability = 1.5F;
  EXPECT_THROW(ShapeClassifier(model(), options), InvalidArgument);
}

TEST(Classifier, TheEmbeddingRuleScalesByTheNearestClassMean) {
  const Cloud cloud = torus(400, 17);
  nn::WeightsFile file = random_model(1);
  const Classification by_probability =
      ShapeClassifier(Model::from(file, "random")).classify(view(cloud));
  EXPECT_EQ(by_probability.known_score, 1.0F - by_probability.probabilities.back());
  file.metadata["unknown_rule"] = "embedding";
  std::vector<float>& means = file.tensors["class_means"].values;
  const std::vector<float>& embedding = by_probability.embedding;
  for (std::size_t i = 0; i < means.size(); ++i) means[i] = -embedding[i % embedding.size()];
  const auto score = [&] {
    return ShapeClassifier(Model::from(file, "random")).classify(view(cloud)).known_score;
  };
  EXPECT_NEAR(score(), 0.0, kProbabilityRounding);
  std::copy(embedding.begin(), embedding.end(), means.begin() + embedding.size());
  EXPECT_NEAR(score(), by_probability.known_score, kProbabilityRounding);
}

// Adds a refusal of three hidden units with the numbers 0.01, -0.02, 0.03, ... to a model.
nn::WeightsFile with_refusal(nn::WeightsFile file, std::size_t width) {
  const auto add = [&](const std::string& name, const std::vector<std::size_t>& shape) {
    nn::Tensor& tensor = file.tensors[name];
    tensor.shape = shape;
    std::size_t size = 1;
    for (const std::size_t n : shape) size *= n;
    for (std::size_t i = 0; i < size; ++i)
      tensor.values.push_back((i % 2 == 0 ? 0.01F : -0.01F) * static_cast<float>(i + 1));
  };
  add("refusal.0.weight", {3, width});
  add("refusal.0.bias", {3});
  add("refusal.1.weight", {1, 3});
  add("refusal.1.bias", {1});
  file.metadata["unknown_rule"] = "refusal";
  return file;
}

TEST(Classifier, TheRefusalRuleIsItsNetworkOnTheEmbedding) {
  const Cloud cloud = torus(400, 18);
  const nn::WeightsFile plain = random_model(1);
  const std::size_t width = 2 * classify_tests::ModelWidths().embedding;
  const nn::WeightsFile file = with_refusal(plain, width);
  const Classification it = ShapeClassifier(Model::from(file, "random")).classify(view(cloud));
  const auto values = [&](const char* name) -> const std::vector<float>& {
    return file.tensors.at(name).values;
  };
  double logit = static_cast<double>(values("refusal.1.bias")[0]);
  for (std::size_t h = 0; h < 3; ++h) {
    double hidden = static_cast<double>(values("refusal.0.bias")[h]);
    for (std::size_t i = 0; i < width; ++i)
      hidden += static_cast<double>(values("refusal.0.weight")[h * width + i]) *
                static_cast<double>(it.embedding[i]);
    logit += static_cast<double>(values("refusal.1.weight")[h]) * std::max(hidden, 0.0);
  }
  EXPECT_NEAR(it.known_score, 1.0 / (1.0 + std::exp(-logit)), kProbabilityRounding);
  // The classes are what they were, and a branch alone goes by its own class "unknown".
  const auto asked = [&](const nn::WeightsFile& model, Branch branch) {
    ClassifierOptions options;
    options.branch = branch;
    return ShapeClassifier(Model::from(model, "random"), options).classify(view(cloud));
  };
  EXPECT_EQ(it.probabilities, asked(plain, Branch::fused).probabilities);
  EXPECT_EQ(asked(file, Branch::set).known_score, asked(plain, Branch::set).known_score);
  const std::shared_ptr<const Model> model = Model::from(file, "random");
  EXPECT_EQ(model->info().threshold_of(Branch::set), kBranchThreshold);
  EXPECT_EQ(model->info().threshold_of(Branch::fused), model->info().unknown_threshold);
}

TEST(ClassifierModel, ARefusalThatDoesNotFitIsRefused) {
  const auto said = [](const nn::WeightsFile& file) -> std::string {
    try {
      Model::from(file, "m.safetensors");
    } catch (const FormatError& error) {
      return error.what();
    }
    return "accepted";
  };
  const std::size_t width = 2 * classify_tests::ModelWidths().embedding;
  EXPECT_EQ(said(with_refusal(random_model(1), width)), "accepted");
  EXPECT_EQ(said(with_refusal(random_model(1), width - 1)),
            "m.safetensors: refusal.0 takes 41 numbers, the embedding has 42");
  nn::WeightsFile missing = random_model(1);
  missing.metadata["unknown_rule"] = "refusal";
  EXPECT_NE(said(missing).find("refusal.0.weight"), std::string::npos);
}

TEST(ClassifierModel, FilesOfAnotherKindOrMakeAreRefusedByName) {
  const auto refusal = [](const nn::WeightsFile& file) {
    try {
      Model::from(file, "m.safetensors");
      return std::string("accepted");
    } catch (const FormatError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(refusal(random_model(1)), "accepted");
  const auto with = [](const std::string& key, const std::string& value) {
    nn::WeightsFile file = random_model(1);
    file.metadata[key] = value;
    return file;
  };
  EXPECT_EQ(refusal(with("kind", "outlier-scorer")),
            "m.safetensors: is a model of kind 'outlier-scorer', expected shape-classifier");
  EXPECT_NE(refusal(with("classes", "a,b,c,d,e")).find("at last 'unknown'"), std::string::npos);
  EXPECT_NE(refusal(with("classes", "a,unknown")).find("tells 5 classes apart"), std::string::npos);
  EXPECT_NE(refusal(with("temperature_set", "0")).find("temperature_set"), std::string::npos);
  EXPECT_NE(refusal(with("unknown_rule", "mood")).find("'mood'"), std::string::npos);
  EXPECT_NE(refusal(with("promises", "order")).find("promises 'order'"), std::string::npos);
  for (const auto& [name, tensor] : random_model(1).tensors) {
    nn::WeightsFile file = random_model(1);
    file.tensors.erase(name);
    EXPECT_NE(refusal(file), "accepted") << name;
  }
  EXPECT_THROW(
      Model::load(std::string(EQUICLOUD_SOURCE_DIR) + "/data/models/outlier-general.safetensors"),
      FormatError);
  EXPECT_THROW(Model::load("no such file"), IoError);
}

}  // namespace
}  // namespace equicloud::classify
