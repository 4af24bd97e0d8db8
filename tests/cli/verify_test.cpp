// SPDX-License-Identifier: BSD-3-Clause
// equicloud verify: every shipped scorer and classifier keeps its promises; a sabotaged one is
// named.
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/program.h"
#include "cli/sample_clouds.h"

namespace equicloud::cli_tests {
namespace {

namespace fs = std::filesystem;

const std::string kModels = EQUICLOUD_SOURCE_DIR "/data/models";

TEST(Verify, EveryShippedScorerAndClassifierKeepsItsPromises) {
  const Workplace place;
  std::size_t seen = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(kModels)) {
    // The digits' models show a theorem; no program but their benchmark runs them.
    if (entry.path().extension() != ".safetensors" ||
        entry.path().filename().string().rfind("mnist-", 0) == 0) {
      continue;
    }
    ++seen;
    const Outcome outcome = place.run("verify '" + entry.path().string() + "'");
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    EXPECT_NE(outcome.out.find("Every promise holds."), std::string::npos) << outcome.out;
  }
  EXPECT_GE(seen, 2U);
}

TEST(Verify, JsonHoldsEveryLawWithItsBound) {
  const Workplace place;
  save(place.path("a.pcd"), sheet(30));
  const auto report = place.run("verify --data a.pcd --json").json().at(0);
  EXPECT_EQ(report["data"], "a.pcd");
  EXPECT_EQ(report["points"], 900);
  EXPECT_TRUE(report["broken"].empty());
  ASSERT_EQ(report["laws"].size(), 6U);
  for (const auto& law : report["laws"]) {
    EXPECT_TRUE(law["promised"]) << law;
    EXPECT_TRUE(law["holds"]) << law;
    EXPECT_LE(law["largest_change"], law["largest_allowed"]);
  }
}

// The shipped model with its last layer, weights and bias, 300 times as large: verdicts stay, but
// the rounding of moved coordinates becomes a jump of the probability near the boundary.
std::string sabotaged_model() {
  std::ifstream in(kModels + "/outlier-general.safetensors", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::uint64_t header_bytes = 0;
  std::memcpy(&header_bytes, bytes.data(), 8);
  const auto header = nlohmann::json::parse(bytes.substr(8, header_bytes));
  for (const char* name : {"head.weight", "head.bias"}) {
    const std::size_t begin = header.at(name)["data_offsets"][0];
    const std::size_t end = header.at(name)["data_offsets"][1];
    for (std::size_t at = 8 + header_bytes + begin; at < 8 + header_bytes + end; at += 4) {
      float value = 0.0F;
      std::memcpy(&value, &bytes[at], 4);
      value *= 300.0F;
      std::memcpy(&bytes[at], &value, 4);
    }
  }
  return bytes;
}

TEST(Verify, ASabotagedModelIsNamedWithTheLawItBreaks) {
  const Workplace place;
  place.write("bad.safetensors", sabotaged_model());
  const Outcome outcome = place.run("verify bad.safetensors");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("BROKEN"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("breaks its promise on motions"), std::string::npos) << outcome.err;
}

TEST(Verify, WrongModelsAndEmptyDataAreSaid) {
  const Workplace place;
  place.write("none.xyz", "# nothing\n");
  EXPECT_EQ(place.run("verify no-such-model").status, 2);
  EXPECT_NE(place.run("verify --data none.xyz").status, 0);
  EXPECT_NE(place.run("verify --data missing.pcd").err.find("missing.pcd"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::cli_tests
