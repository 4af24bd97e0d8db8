// SPDX-License-Identifier: BSD-3-Clause
// The whole measurement on a handful of shapes and a model of random weights: figures are bad, but
// they must be the same for any number of threads and agree with one classification at a time.
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/classifier_report.h>

#include <algorithm>
#include <sstream>

#include "classify/random_model.h"
#include "train/surfaces.h"
#include "train/temporary_folder.h"

namespace equicloud::train {
namespace {

constexpr std::size_t kOfEach = 8;  // one of eight is for validation
constexpr std::size_t kPoints = 150;
/// Rounding of coordinates that rotate, as it comes out of a network of random weights.
constexpr double kTurned = 1e-3;

class ClassifierReports : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    model_ = (root_ / "random.safetensors").string();
    nn::save_weights(classify_tests::random_model(3), model_);
    shapes_.classes = {"vase", "bench", "night_stand"};
    for (std::uint64_t i = 0; i < kOfEach; ++i) {
      add(sphere(kPoints, i), 0);
      Random random(i);
      add(stretched(sphere(kPoints, i), 0.5, random), 1);
      add(jittered(plate(kPoints, i), 0.05, random), 2);
    }
    settings_.seeds = 2;
    settings_.damages = {Damage::half, Damage::clean};
    settings_.turned_clouds = 3;
    settings_.rotations = 2;
    settings_.junk = 2;
    settings_.timed_clouds = 2;
  }
  void add(const Cloud& cloud, std::uint32_t label) {
    shapes_.clouds.push_back(cloud);
    shapes_.labels.push_back(label);
  }
  ClassifierReport report(const Executor& executor) const {
    return measure_classifier(shapes_, model_, settings_, executor);
  }
  static std::string answers(const ClassifierReport& report) {
    std::ostringstream text;
    print_answers(report, text);
    return text.str();
  }

  std::string model_;
  ShapeSet shapes_;
  ReportSettings settings_;
};

TEST_F(ClassifierReports, AreTheSameForAnyNumberOfThreads) {
  const ThreadPool pool(3);
  const ClassifierReport one = report(serial_executor()), three = report(pool);
  EXPECT_EQ(answers(one), answers(three));
  ASSERT_EQ(one.junk.size(), three.junk.size());
  for (std::size_t k = 0; k < one.junk.size(); ++k) {
    EXPECT_EQ(one.junk[k].known_scores, three.junk[k].known_scores) << one.junk[k].kind;
  }
  EXPECT_EQ(one.stability.mean_change, three.stability.mean_change);
}

TEST_F(ClassifierReports, AgreeWithOneClassificationAtATime) {
  const ClassifierReport all = report(serial_executor());
  const std::vector<std::size_t> rows = split(shapes_.labels).validation;
  ASSERT_EQ(rows.size(), 3U);
  classify::ClassifierOptions options;
  options.branch = classify::Branch::spherical;
  options.filter = false;
  const classify::ShapeClassifier classifier(model_, options);
  const std::vector<Answer>& answers = all.aligned[2].answers.front();  // spherical alone
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const classify::Classification it = classifier.classify(PointsView(shapes_.clouds[rows[i]]));
    EXPECT_EQ(answers[i].probability,
              *std::max_element(it.probabilities.begin(), it.probabilities.end() - 1));
    EXPECT_EQ(it.name == "unknown", answers[i].refused);
    EXPECT_EQ(all.model.classes[answers[i].truth], shapes_.classes[shapes_.labels[rows[i]]]);
  }
}

TEST_F(ClassifierReports, PosesOfACloudGiveItsAnswer) {
  const ClassifierReport all = report(serial_executor());
  EXPECT_EQ(all.stability.same_answer, 1.0);
  EXPECT_LE(all.stability.largest_change, kTurned);
}

TEST_F(ClassifierReports, TellEverySection) {
  std::ostringstream text;
  print_markdown(report(serial_executor()), "the command", text);
  for (const char* part :
       {"`the command`", "| fused behind the filter |", "seed 2", "| half |", "| knot |",
        "| shuffled |", "**all never trained on**", "| night_stand |", "| set network |"}) {
    EXPECT_NE(text.str().find(part), std::string::npos) << part;
  }
}

TEST_F(ClassifierReports, ClassesTheModelDoesNotKnowCountAsUnknown) {
  shapes_.classes[1] = "zeppelin";
  const ClassifierReport all = report(serial_executor());
  EXPECT_EQ(all.shapes, 2U);
  EXPECT_EQ(all.junk.back().kind, "classes left out");
  EXPECT_EQ(all.junk.back().known_scores.size(), 1U);
  shapes_.classes = {"a", "b", "c"};
  EXPECT_THROW(report(serial_executor()), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::train
