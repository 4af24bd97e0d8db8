// SPDX-License-Identifier: BSD-3-Clause
// `equicloud classify`: what it says of files, folders, scenes and of what is no shape. The model
// has random weights: not whether a label is right is tried here, but what becomes of it.
#include "cli/program.h"
#include "cli/sample_clouds.h"
#include "cli/sample_things.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <utility>

namespace equicloud::cli_tests {
namespace {

using Names = std::set<std::string>;

Names keys_of(const nlohmann::json& row) {
  Names keys;
  for (const auto& [key, value] : row.items()) keys.insert(key);
  return keys;
}

const std::string kModel = " --model model.safetensors";

TEST(Classify, TellsLabelProbabilityAndTheClassesBehindIt) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  save_ball(place.path("ball.pcd"), 400, 1);
  const Outcome json = place.run("classify ball.pcd --json" + kModel);
  ASSERT_EQ(json.status, 0) << json.err;
  const auto row = json.json().at(0);
  EXPECT_EQ(keys_of(row),
            (Names{"input", "cluster", "label", "probability", "top", "model", "seconds"}));
  EXPECT_EQ(row.at("input"), "ball.pcd");
  EXPECT_TRUE(row.at("cluster").is_null());
  EXPECT_EQ(row.at("model"), "random");
  EXPECT_EQ(row.at("top").size(), 5U);
  double before = 1.0;
  for (const auto& guess : row.at("top")) {
    EXPECT_EQ(keys_of(guess), (Names{"label", "probability"}));
    EXPECT_LE(guess.at("probability"), before);
    before = guess.at("probability");
  }
  const Outcome text = place.run("classify ball.pcd" + kModel);
  const std::string label = row.at("label");
  EXPECT_EQ(text.out.rfind("ball.pcd: " + label + ", probability 0.", 0), 0U) << text.out;
  EXPECT_EQ(std::count(text.out.begin(), text.out.end(), '\n'), 6) << text.out;
  EXPECT_EQ(place.run("classify ball.pcd --top 2 --json" + kModel).json()[0].at("top").size(), 2U);
}

TEST(Classify, OptionsReachTheClassifier) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  save_ball(place.path("ball.pcd"), 400, 2);
  const auto probability = [&](const std::string& options) {
    return place.run("classify ball.pcd --json" + options + kModel).json().at(0).at("top").at(0);
  };
  EXPECT_NE(probability(" --branch set"), probability(""));
  EXPECT_NE(probability(" --branch spherical"), probability(""));
  EXPECT_NE(probability(" --branch spherical"), probability(" --branch set"));
  const auto unsure =
      place.run("classify ball.pcd --min-probability 1 --json" + kModel).json().at(0);
  EXPECT_EQ(unsure.at("label"), "unknown");
  EXPECT_NE(unsure.at("reason").get<std::string>().find("not sure"), std::string::npos);
}

TEST(Classify, WithoutTheFilterStraysStay) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  save_ball(place.path("ball.pcd"), 800, 3, 40);
  const auto top = [&](const std::string& options) {
    return place.run("classify ball.pcd --json" + options + kModel).json().at(0).at("top");
  };
  EXPECT_NE(top(" --no-filter"), top(""));
}

TEST(Classify, AFolderGivesALineACloud) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  for (const char* name : {"in/a.pcd", "in/b/c.pcd"}) save_ball(place.path(name), 300, 4);
  const Outcome text = place.run("classify in" + kModel);
  EXPECT_EQ(text.status, 0);
  EXPECT_EQ(std::count(text.out.begin(), text.out.end(), '\n'), 2) << text.out;
  EXPECT_EQ(place.run("classify in --json" + kModel).json().size(), 2U);
}

TEST(Classify, AnySwarmOfThreadsSaysTheSame) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  for (const char* name : {"in/a.pcd", "in/b.pcd", "in/c.pcd"})
    save_ball(place.path(name), 500, static_cast<std::uint64_t>(name[3]));
  EXPECT_EQ(place.run("classify in --threads 1" + kModel).out,
            place.run("classify in --threads 3" + kModel).out);
}

TEST(Classify, ClustersOfASceneAreLabelledOneByOne) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  save_scene(place.path("scene.pcd"), {500, 300, 400});
  const Outcome outcome = place.run("classify scene.pcd --clusters --json" + kModel);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto rows = outcome.json();
  ASSERT_EQ(rows.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(rows[i].at("input"), "scene.pcd");
    EXPECT_EQ(rows[i].at("cluster"), i);
    EXPECT_FALSE(rows[i].at("top").empty());
  }
  const Outcome text = place.run("classify scene.pcd --clusters" + kModel);
  EXPECT_NE(text.out.find("scene.pcd cluster 0 (500 points): "), std::string::npos) << text.out;
}

TEST(Classify, GroundIsWhatTheOptionSays) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  save_scene(place.path("scene.pcd"), {500, 300, 400});
  const auto labels = [&](const std::string& ground) {
    return place.run("classify scene.pcd --clusters --json" + ground + kModel).json().size();
  };
  EXPECT_EQ(labels(" --ground terrain"), 3U);
  EXPECT_EQ(labels(" --ground plane"), 3U);
  EXPECT_EQ(labels(" --ground none"), 1U);  // the ground joins what stands on it
  const Outcome wrong = place.run("classify scene.pcd --clusters --ground table" + kModel);
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.err.find("--ground is 'table'; expected terrain, plane or none"),
            std::string::npos)
      << wrong.err;
}

TEST(Classify, ASceneWithoutThingsIsSaid) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  save_scene(place.path("scene.pcd"), {});
  for (const char* json : {"", " --json"}) {
    const Outcome outcome = place.run(std::string("classify scene.pcd --clusters") + json + kModel);
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("scene.pcd: no cluster to classify"), std::string::npos);
  }
}

TEST(Classify, WhatIsNoShapeIsUnknownWithItsReason) {
  const Workplace place;
  save_random_classifier(place.path("model.safetensors"));
  std::string same, nan, line, plane;
  for (int i = 0; i < 100; ++i) {
    const std::string a = std::to_string(i % 10), b = std::to_string(i / 10);
    same += "1 2 3\n";
    nan += "nan nan nan\n";
    line += std::to_string(i) + " 0 0\n";
    plane += a + " " + b + " 0\n";
  }
  for (const auto& [name, lines, points, reason] :
       std::vector<std::tuple<std::string, std::string, std::size_t, std::string>>{
           {"few.pcd", "0 0 0\n1 1 1\n", 2, "too few points: 2 distinct"},
           {"same.pcd", same, 100, "too few points: 1 distinct"},
           {"nan.pcd", nan, 100, "no finite point"},
           {"line.pcd", line, 100, "one line"},
           {"plane.pcd", plane, 100, "one plane"}}) {
    place.write(name, ascii_pcd(lines, points));
    const auto row = place.run("classify " + name + " --json --no-filter" + kModel).json().at(0);
    EXPECT_EQ(row.at("label"), "unknown");
    const bool asked = name == "plane.pcd";  // what a plane is most like is told
    EXPECT_EQ(row.at("probability").is_null(), !asked);
    EXPECT_EQ(row.at("top").empty(), !asked);
    EXPECT_NE(row.at("reason").get<std::string>().find(reason), std::string::npos) << row;
    const Outcome text = place.run("classify " + name + kModel);
    EXPECT_EQ(text.status, 0);
    EXPECT_EQ(text.out.rfind(name + ": unknown: ", 0), 0U) << text.out;
  }
}

TEST(Classify, AModelThatIsNoneIsAWrongCommand) {
  const Workplace place;
  save_ball(place.path("ball.pcd"), 100, 5);
  place.write("noise.safetensors", "not a model");
  const std::string outliers =
      std::string(EQUICLOUD_SOURCE_DIR) + "/data/models/outlier-general.safetensors";
  for (const auto& [model, sentence] : std::vector<std::pair<std::string, std::string>>{
           {outliers, "is a model of kind 'outlier-scorer', expected shape-classifier"},
           {"noise.safetensors", "noise.safetensors: "},
           {"nothing", "--model 'nothing' is neither a file nor a classifier at hand"}}) {
    const Outcome outcome = place.run("classify ball.pcd --model " + model);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find(sentence), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
  save_random_classifier(place.path("model.safetensors"));
  const Outcome scoring = place.run("score ball.pcd -o out" + kModel);
  EXPECT_EQ(scoring.status, 2);
  EXPECT_NE(scoring.err.find("expected outlier-scorer"), std::string::npos) << scoring.err;
}

TEST(Classify, AModelIsFoundByItsNameBelowTheFolder) {
  const Workplace place;
  std::filesystem::create_directories(place.path("data/models"));
  save_random_classifier(place.path("data/models/classifier-mine.safetensors"));
  save_ball(place.path("ball.pcd"), 100, 6);
  EXPECT_EQ(place.run("classify ball.pcd --model mine").status, 0);
}

}  // namespace
}  // namespace equicloud::cli_tests
