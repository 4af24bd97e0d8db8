// SPDX-License-Identifier: BSD-3-Clause
// `equicloud estimate`: what it says of files, and of clouds that have no surface.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <equicloud/base/random.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace equicloud::cli_tests {
namespace {

const char* const kParts[] = {"noise_sigma", "spacing", "outlier_fraction"};

TEST(Estimate, JsonHoldsEachEstimateWithItsInterval) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(40));
  const Outcome outcome = place.run("estimate a.pcd --json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto row = outcome.json().at(0);
  std::set<std::string> keys;
  for (const auto& [key, value] : row.items()) keys.insert(key);
  EXPECT_EQ(keys, (std::set<std::string>{"input", "noise_sigma", "spacing", "outlier_fraction",
                                         "unlike_training", "finite_points", "model", "seconds"}));
  EXPECT_EQ(row.at("input"), "a.pcd");
  EXPECT_EQ(row.at("model"), "statistics");
  EXPECT_EQ(row.at("finite_points"), 1600);
  for (const char* part : kParts) {
    const auto& estimate = row.at(part);
    EXPECT_EQ(estimate.size(), 3U);
    EXPECT_LE(estimate.at("low"), estimate.at("value"));
    EXPECT_LE(estimate.at("value"), estimate.at("high"));
  }
  // One point in 25 was replaced by a far one.
  EXPECT_NEAR(row.at("outlier_fraction").at("value").get<double>(), 0.04, 0.02);
}

TEST(Estimate, ACloudUnlikeAnyLearntFromIsSaid) {
  const Workplace place;
  Random random(1);
  std::string lines, plate;
  for (int i = 0; i < 3000; ++i)
    plate += std::to_string(random.uniform()) + " " + std::to_string(random.uniform()) + " " +
             std::to_string(0.003 * random.normal()) + "\n";
  place.write("usual.pcd", ascii_pcd(plate, 3000));
  for (int ring = 1; ring <= 40; ++ring)  // dense along each ring, and the rings ever farther apart
    for (int i = 0; i < 100; ++i)
      lines += std::to_string(0.01 * ring * ring * ring * std::cos(0.0628318 * i)) + " " +
               std::to_string(0.01 * ring * ring * ring * std::sin(0.0628318 * i)) + " 0\n";
  place.write("rings.pcd", ascii_pcd(lines, 4000));
  EXPECT_FALSE(place.run("estimate usual.pcd --json").json().at(0).at("unlike_training"));
  const Outcome outcome = place.run("estimate rings.pcd --json");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.json().at(0).at("unlike_training"));
  EXPECT_NE(outcome.err.find("rings.pcd: unlike the clouds"), std::string::npos) << outcome.err;
}

TEST(Estimate, SpeaksToAPerson) {
  const Workplace place;
  save(place.path("a.ply"), sheet(40), io::Format::ply);
  const Outcome outcome = place.run("estimate a.ply");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out.rfind("a.ply: 1,600 finite points\n", 0), 0U) << outcome.out;
  for (const char* words : {"90 % interval", "noise sigma", "spacing", "outliers", " %"})
    EXPECT_NE(outcome.out.find(words), std::string::npos) << outcome.out;
}

TEST(Estimate, AFolderGivesAnObjectACloudWhateverTheThreads) {
  const Workplace place;
  for (const char* name : {"in/a.pcd", "in/b.pcd", "in/c.pcd"})
    save(place.path(name), sheet(20, static_cast<std::uint64_t>(name[3])));
  const auto without_seconds = [&](const std::string& threads) {
    auto rows = place.run("estimate in --json --threads " + threads).json();
    for (auto& row : rows) row.erase("seconds");
    return rows;
  };
  EXPECT_EQ(without_seconds("1").size(), 3U);
  EXPECT_EQ(without_seconds("1"), without_seconds("3"));
}

TEST(Estimate, WhatHasNoSurfaceHasAReasonAndNoNumbers) {
  const Workplace place;
  std::string same, nan, line;
  for (int i = 0; i < 100; ++i) {
    same += "1 2 3\n";
    nan += "nan nan nan\n";
    line += std::to_string(i) + " 0 0\n";
  }
  for (const auto& [name, lines, points, reason] :
       std::vector<std::tuple<std::string, std::string, std::size_t, std::string>>{
           {"few.pcd", "0 0 0\n1 1 1\n", 2, "too few points: 2 distinct, at least 65"},
           {"same.pcd", same, 100, "too few points: 1 distinct"},
           {"nan.pcd", nan, 100, "no finite point"},
           {"line.pcd", line, 100, "one line"}}) {
    place.write(name, ascii_pcd(lines, points));
    const auto row = place.run("estimate " + name + " --json").json().at(0);
    EXPECT_NE(row.at("reason").get<std::string>().find(reason), std::string::npos) << row;
    for (const char* part : kParts) EXPECT_TRUE(row.at(part).at("value").is_null()) << row;
    const Outcome text = place.run("estimate " + name);
    EXPECT_EQ(text.status, 0);
    EXPECT_EQ(text.out.rfind(name + ": no estimate: ", 0), 0U) << text.out;
  }
}

TEST(Estimate, WrongModelsAndFilesAreSaid) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(20));
  const std::string outliers = EQUICLOUD_SOURCE_DIR "/data/models/outlier-general.safetensors";
  for (const auto& [model, sentence] : std::vector<std::pair<std::string, std::string>>{
           {outliers, "is a model of kind 'outlier-scorer', expected cloud-statistics"},
           {"nothing", "--model 'nothing' is neither a file nor an estimator at hand"}}) {
    const Outcome outcome = place.run("estimate a.pcd --model " + model);
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find(sentence), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
  const Outcome missing = place.run("estimate a.pcd missing.pcd");
  EXPECT_EQ(missing.status, 1);
  EXPECT_NE(missing.err.find("missing.pcd"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::cli_tests
