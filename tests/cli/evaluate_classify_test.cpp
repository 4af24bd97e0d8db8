// SPDX-License-Identifier: BSD-3-Clause
// `equicloud evaluate classify`: figures are counts of what `classify` says against a CSV file.
#include "cli/program.h"
#include "cli/sample_things.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace equicloud::cli_tests {
namespace {

const std::string kModel = " --model model.safetensors";
const std::string kEvaluate = "evaluate classify in --truth truth.csv" + kModel;

// Four clouds in `in`, one of them no shape, and what classify says of each.
std::map<std::string, std::string> labels_of_clouds(const Workplace& place) {
  save_random_classifier(place.path("model.safetensors"));
  save_ball(place.path("in/a.pcd"), 300, 1);
  save_ball(place.path("in/b, c.pcd"), 300, 2);
  save_ball(place.path("in/d/e.pcd"), 300, 3);
  save_ball(place.path("in/few.pcd"), 10, 4);
  std::map<std::string, std::string> labels;
  for (const auto& row : place.run("classify in --json" + kModel).json())
    labels[row.at("input")] = row.at("label");
  return labels;
}

void write_truth(const Workplace& place, const std::map<std::string, std::string>& labels) {
  std::string text = "input,label\n";
  for (const auto& [input, label] : labels) text += input + "," + label + "\r\n";
  place.write("truth.csv", text);
}

// Another class than that.
std::string other(const std::string& label) { return label == "chair" ? "vase" : "chair"; }

TEST(EvaluateClassify, LabelsThatAreRightCountAsRight) {
  const Workplace place;
  auto labels = labels_of_clouds(place);
  ASSERT_EQ(labels.size(), 4U);
  write_truth(place, labels);
  const auto right = place.run(kEvaluate + " --json").json();
  ASSERT_EQ(right.size(), 5U);
  EXPECT_EQ(right.back().at("accuracy"), 1.0);
  EXPECT_EQ(right.back().at("mean_class_accuracy"), 1.0);
  EXPECT_EQ(right.back().at("n"), 4);
  EXPECT_EQ(right.back().at("per_class").at("unknown").at("n"), 1);
  labels["in/a.pcd"] = other(labels["in/a.pcd"]);
  write_truth(place, labels);
  const auto wrong = place.run(kEvaluate + " --json").json();
  EXPECT_EQ(wrong.back().at("accuracy"), 0.75);
  EXPECT_EQ(wrong.front().at("truth"), labels["in/a.pcd"]);
  EXPECT_NE(wrong.front().at("label"), labels["in/a.pcd"]);
  int counted = 0;
  for (const auto& row : wrong.back().at("confusion").at("counts"))
    for (const auto& count : row) counted += count.get<int>();
  EXPECT_EQ(counted, 4);
}

TEST(EvaluateClassify, NamesBelowTheFolderOrAloneWillDo) {
  const Workplace place;
  const auto labels = labels_of_clouds(place);
  write_truth(place, {{"a.pcd", labels.at("in/a.pcd")},
                      {"b, c.pcd", labels.at("in/b, c.pcd")},
                      {"d/e.pcd", labels.at("in/d/e.pcd")},
                      {"few.pcd", "unknown"}});
  EXPECT_EQ(place.run(kEvaluate + " --json").json().back().at("accuracy"), 1.0);
}

TEST(EvaluateClassify, SpeaksToAPersonAndDraws) {
  const Workplace place;
  write_truth(place, labels_of_clouds(place));
  const Outcome outcome = place.run(kEvaluate + " --picture confusion.png");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("Accuracy 1.0000 of 4 things"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("truth \\ label"), std::string::npos) << outcome.out;
  EXPECT_EQ(place.bytes("confusion.png").substr(1, 3), "PNG");
}

TEST(EvaluateClassify, ACloudWithoutATruthFailsAndTheOthersCount) {
  const Workplace place;
  auto labels = labels_of_clouds(place);
  labels.erase("in/few.pcd");
  write_truth(place, labels);
  const Outcome outcome = place.run(kEvaluate + " --json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "equicloud: in/few.pcd: has no line in truth.csv\n");
  EXPECT_EQ(outcome.json().back().at("n"), 3);
}

TEST(EvaluateClassify, ATruthThatMakesNoSenseIsAWrongCommand) {
  const Workplace place;
  labels_of_clouds(place);
  for (const auto& [text, sentence] : std::vector<std::pair<std::string, std::string>>{
           {"input,label\na.pcd,tree\n", "truth.csv: line 2 has the label 'tree'"},
           {"a.pcd\n", "truth.csv: line 1 is 'a.pcd', expected input,label"},
           {"a.pcd,chair\na.pcd,vase\n", "truth.csv: line 2 gives a.pcd a second label"}}) {
    place.write("truth.csv", text);
    const Outcome outcome = place.run(kEvaluate);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find(sentence), std::string::npos) << outcome.err;
  }
  std::filesystem::remove(place.path("truth.csv"));
  EXPECT_EQ(place.run(kEvaluate).status, 2);
}

}  // namespace
}  // namespace equicloud::cli_tests
