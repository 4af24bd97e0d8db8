// SPDX-License-Identifier: BSD-3-Clause
// The classification beside the classifier that it asks, with a model of random weights: the same
// answers to the last bit, thing by thing, and what is said where there can be none.
#include <equicloud/pcl/shape_classification.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "pcl/clouds.h"
#include "pcl/things.h"

namespace equicloud {
namespace {

using plugin_tests::apart;
using plugin_tests::cloud_of;
using plugin_tests::count;
using plugin_tests::telling_classifier;
using plugin_tests::Things;
using plugin_tests::things;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

using Classification = ShapeClassification<pcl::PointXYZ>;
using Labels = std::vector<ShapeLabel>;

// The bound of tests/classify for random weights.
constexpr float kMotionTolerance = 2e-3F;

Classification ready(const Things& scene) {
  Classification classification;
  classification.setClassifier(telling_classifier(scene));
  classification.setInputCloud(cloud_of(scene.xyz));
  return classification;
}

void expect_same(const ShapeLabel& label, const classify::Classification& expected) {
  EXPECT_EQ(label.name, expected.name);
  EXPECT_EQ(label.index, expected.label);
  EXPECT_EQ(label.probability, expected.probability);
  EXPECT_EQ(label.known_score, expected.known_score);
  EXPECT_EQ(label.reason, expected.reason);
}

TEST(PclShapes, EachClusterIsWhatTheClassifierSaysOfItAlone) {
  const Things scene = things(4, 1);
  const auto classifier = telling_classifier(scene);
  Classification classification = ready(scene);
  classification.setClusters(scene.clusters);
  Labels labels;
  ASSERT_TRUE(classification.compute(labels));
  ASSERT_EQ(labels.size(), 4U);
  bool differ = false;
  for (std::size_t c = 0; c < labels.size(); ++c) {
    const laws::Cloud alone = scene.thing(c);
    expect_same(labels[c], classifier->classify(PointsView(Span<const float>(alone))));
    EXPECT_EQ(labels[c].name, classification.getClassNames()[labels[c].index]);
    differ = differ || labels[c].name != labels[0].name;
  }
  EXPECT_TRUE(differ);
}

TEST(PclShapes, ASceneIsCutIntoTheSameThings) {
  const Things scene = things(4, 1);
  Classification classification = ready(scene);
  classification.setClusters(scene.clusters);
  Labels given;
  ASSERT_TRUE(classification.compute(given));
  classification.setSegmentScene(true);
  classification.setSceneOptions(apart());
  Labels found;
  ASSERT_TRUE(classification.compute(found));
  ASSERT_EQ(found.size(), given.size());
  for (std::size_t c = 0; c < found.size(); ++c) {
    EXPECT_EQ(classification.getClusters()[c].indices, scene.clusters[c].indices);
    EXPECT_EQ(found[c].name, given[c].name);
    EXPECT_EQ(found[c].probability, given[c].probability);
  }
}

TEST(PclShapes, RotatingTheCloudKeepsTheLabels) {
  const Things scene = things(4, 1);
  Classification classification = ready(scene);
  classification.setSegmentScene(true);
  classification.setSceneOptions(apart());
  Labels before;
  ASSERT_TRUE(classification.compute(before));
  Random random(2);
  for (int motion = 0; motion < 5; ++motion) {
    classification.setInputCloud(
        cloud_of(laws::moved(scene.xyz, laws::random_motion(random, 5.0))));
    Labels after;
    ASSERT_TRUE(classification.compute(after));
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t c = 0; c < after.size(); ++c) {
      EXPECT_EQ(after[c].name, before[c].name);
      EXPECT_NEAR(after[c].probability, before[c].probability, kMotionTolerance);
    }
  }
}

TEST(PclShapes, ACloudIsOneThingAndIndicesLimitIt) {
  const Things scene = things(3, 3);
  const auto classifier = telling_classifier(scene);
  Classification classification = ready(scene);
  Labels labels;
  ASSERT_TRUE(classification.compute(labels));
  ASSERT_EQ(labels.size(), 1U);
  expect_same(labels[0], classifier->classify(PointsView(Span<const float>(scene.xyz))));
  EXPECT_EQ(classification.getClusters()[0].indices.size(), scene.size());
  const laws::Cloud second = scene.thing(1);
  classification.setIndices(pcl::IndicesPtr(new pcl::Indices(scene.clusters[1].indices)));
  ASSERT_TRUE(classification.compute(labels));
  expect_same(labels[0], classifier->classify(PointsView(Span<const float>(second))));
  classification.setSegmentScene(true);
  classification.setSceneOptions(apart());
  ASSERT_TRUE(classification.compute(labels));
  ASSERT_EQ(labels.size(), 1U);
  EXPECT_EQ(classification.getClusters()[0].indices, scene.clusters[1].indices);
}

TEST(PclShapes, SameBitsForAnyNumberOfThreads) {
  const Things scene = things(4, 4);
  Classification classification = ready(scene);
  classification.setClusters(scene.clusters);
  Labels serial;
  ASSERT_TRUE(classification.compute(serial));
  for (const unsigned int threads : {0U, 3U}) {
    classification.setNumberOfThreads(threads);
    EXPECT_EQ(classification.getNumberOfThreads(), threads);
    Labels labels;
    ASSERT_TRUE(classification.compute(labels));
    for (std::size_t c = 0; c < serial.size(); ++c)
      EXPECT_EQ(labels[c].probability, serial[c].probability);
  }
}

TEST(PclShapes, ThingsThatAreNoShapesAreUnknownWithTheirReason) {
  Things scene = things(2, 5);
  scene.clusters.push_back({});
  scene.clusters[1].indices.resize(20);
  Classification classification = ready(things(2, 5));
  classification.setClusters(scene.clusters);
  classification.setMinimumProbability(1.0F);
  Labels labels;
  ASSERT_TRUE(classification.compute(labels));
  ASSERT_EQ(labels.size(), 3U);
  const char* reasons[] = {"not sure", "too few points: 20", "no finite point"};
  for (std::size_t c = 0; c < labels.size(); ++c) {
    EXPECT_EQ(labels[c].name, "unknown");
    EXPECT_NE(labels[c].reason.find(reasons[c]), std::string::npos) << labels[c].reason;
  }
  EXPECT_TRUE(std::isnan(labels[2].probability));
}

// What is said for a classification set up by `set`; it must refuse.
std::string refusal(const std::function<void(Classification&)>& set) {
  static const Classification kReady = ready(things(2, 6));
  Classification classification = kReady;
  Labels labels(3);
  CaptureStderr();
  set(classification);
  EXPECT_FALSE(classification.compute(labels));
  const std::string said = GetCapturedStderr();
  EXPECT_TRUE(labels.empty());
  EXPECT_TRUE(classification.getLabels().empty() && classification.getClusters().empty());
  return said;
}

TEST(PclShapes, WhatCannotBeWorkedWithIsSaidOnceAndGivesNothing) {
  const std::string prefix = "[equicloud::ShapeClassification::compute] ";
  EXPECT_EQ(refusal([](Classification& c) { c.setClassifier(nullptr); }),
            prefix + "no model was set; call setModel or setClassifier first\n");
  EXPECT_EQ(refusal([](Classification& c) { c.setInputCloud(cloud_of({})); }),
            prefix + "the cloud is empty\n");
  EXPECT_EQ(refusal([](Classification& c) { c.setClusters({}); }),
            prefix + "setClusters was given no clusters; setSegmentScene(true) finds them\n");
  EXPECT_EQ(refusal([](Classification& c) {
              std::vector<pcl::PointIndices> clusters(2);
              clusters[1].indices = {3, 780};
              c.setClusters(clusters);
            }),
            prefix + "cluster 1 of setClusters names point 780, the cloud has 780 points\n");
  EXPECT_EQ(refusal([](Classification& c) {
              c.setIndices(pcl::IndicesPtr(new pcl::Indices{0, -1}));
            }),
            prefix + "setIndices names point -1, the cloud has 780 points\n");
  EXPECT_EQ(refusal([](Classification& c) { c.setIndices(pcl::IndicesPtr(new pcl::Indices)); }),
            prefix + "setIndices names no point\n");
  const std::string unsure = refusal([](Classification& c) { c.setMinimumProbability(1.5F); });
  EXPECT_NE(unsure.find("a probability from 0 to 1"), std::string::npos) << unsure;
  EXPECT_EQ(count(refusal([](Classification& c) { c.setInputCloud(nullptr); }), "\n"), 1U);
}

TEST(PclShapes, AModelThatCannotBeReadIsNamedAndNotReplacedInSilence) {
  for (const std::string& path :
       {std::string("no/such.safetensors"),
        std::string(EQUICLOUD_SOURCE_DIR) + "/data/models/outlier-general.safetensors"}) {
    const std::string said = refusal([&](Classification& c) { EXPECT_FALSE(c.setModel(path)); });
    // Once by setModel, once by compute.
    EXPECT_EQ(count(said, "\n"), 2U) << said;
    EXPECT_EQ(count(said, path), 2U) << said;
    EXPECT_EQ(count(said, "setModel takes the path of a classifier's model file"), 2U) << said;
  }
}

TEST(PclShapes, AModelFileIsReadAndKept) {
  const std::string path = testing::TempDir() + "pcl_shapes_model.safetensors";
  nn::save_weights(classify_tests::random_model(1), path);
  const Things scene = things(2, 7);
  Classification classification;
  ASSERT_TRUE(classification.setModel(path));
  EXPECT_EQ(classification.getClassNames().back(), "unknown");
  classification.setInputCloud(cloud_of(scene.xyz));
  classification.setClusters(scene.clusters);
  Labels labels;
  ASSERT_TRUE(classification.compute(labels));
  const laws::Cloud first = scene.thing(0);
  expect_same(labels[0],
              classify::ShapeClassifier(path).classify(PointsView(Span<const float>(first))));
}

TEST(PclShapes, ASceneWithoutThingsIsEmptyAndNoError) {
  const Things scene = things(2, 8);
  Classification classification = ready(scene);
  clusters::SceneOptions options = apart();
  options.clusters.min_points = 500;
  classification.setSceneOptions(options);
  classification.setSegmentScene(true);
  Labels labels(1);
  CaptureStderr();
  EXPECT_TRUE(classification.compute(labels));
  EXPECT_EQ(GetCapturedStderr(),
            "[equicloud::ShapeClassification::compute] the scene has no cluster of at least 500 "
            "points\n");
  EXPECT_TRUE(labels.empty());
}

}  // namespace
}  // namespace equicloud
