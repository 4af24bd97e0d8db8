// SPDX-License-Identifier: BSD-3-Clause
// `equicloud info` and `equicloud models`: what is there.
#include "cli/program.h"
#include "cli/sample_clouds.h"

#include <gtest/gtest.h>

namespace equicloud::cli_tests {
namespace {

TEST(Info, SaysWhatAFileHolds) {
  const Workplace place;
  place.write(
      "utm.pcd",
      "# a comment\nVERSION 0.7\nFIELDS x y z\nSIZE 8 8 4\nTYPE F F F\nCOUNT 1 1 1\n"
      "WIDTH 2\nHEIGHT 2\nVIEWPOINT 1 2 3 1 0 0 0\nPOINTS 4\nDATA ascii\n"
      "400000.125 5000000.25 1\n400000.375 5000000.25 1\nnan 0 0\n400000.125 5000000.5 2\n");
  const auto info = place.run("info utm.pcd --json").json().at(0);
  EXPECT_EQ(info.at("format"), "PCD");
  EXPECT_EQ(info.at("encoding"), "ascii");
  EXPECT_EQ(info.at("points"), 4);
  EXPECT_EQ(info.at("finite_points"), 3);
  EXPECT_EQ(info.at("organized"), true);
  EXPECT_EQ(info.at("bounds").at("min"), (std::vector<double>{400000.125, 5000000.25, 1}));
  EXPECT_EQ(info.at("bounds").at("max"), (std::vector<double>{400000.375, 5000000.5, 2}));
  EXPECT_EQ(info.at("fields").at(0).at("type"), "f64");
  EXPECT_EQ(info.at("viewpoint"), (std::vector<double>{1, 2, 3, 1, 0, 0, 0}));
  EXPECT_EQ(info.at("spacing"), 0.25);
}

TEST(Info, SpeaksToAPerson) {
  const Workplace place;
  save(place.path("a.ply"), sheet(40), io::Format::ply, io::Encoding::ascii);
  const Outcome outcome = place.run("info a.ply");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("points     1,600"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("ring u16, truth u8"), std::string::npos) << outcome.out;
}

TEST(Info, NamesThatAreNotUtf8DoNotHarmTheJson) {
  const Workplace place;
  place.write("caf\xe9.pcd", ascii_pcd("0 0 0\n", 1));
  const Outcome outcome = place.run("info . --json");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.json().at(0).at("input"), "./caf\xef\xbf\xbd.pcd");
}

TEST(Models, NamesPurposeSizeLicenceAndPromises) {
  const Workplace place;
  const auto model = place.run("models --json").json().at(0);
  EXPECT_EQ(model.at("model"), "general");
  for (const char* key : {"name", "purpose", "weights", "multiply_adds_per_point", "licence",
                          "default_threshold", "promises"})
    EXPECT_TRUE(model.contains(key)) << key;
  EXPECT_NE(place.run("models").out.find("licence"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::cli_tests
