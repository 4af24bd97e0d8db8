// SPDX-License-Identifier: BSD-3-Clause
// Wrong commands end with status 2 and one line that says what to type instead; help fits a screen.
#include "cli/program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace equicloud::cli_tests {
namespace {

struct WrongCommand {
  const char* arguments;
  const char* sentence;  // part of the one line
};

TEST(Arguments, WrongCommandsAreAnsweredWithOneLineAndStatusTwo) {
  const Workplace place;
  for (const WrongCommand& wrong : std::vector<WrongCommand>{
           {"", "no verb given; type: equicloud --help"},
           {"scor a.pcd", "no verb 'scor'; did you mean score?"},
           {"polish a.pcd", "no verb 'polish'; type: equicloud --help"},
           {"--versoin", "no option --versoin; did you mean --version?"},
           {"--json models", "--json goes behind the verb; type: equicloud models ... --json"},
           {"score", "score needs clouds to read"},
           {"score a.pcd", "score needs -o; type: equicloud score scan.pcd -o"},
           {"score a.pcd -o", "takes one value"},
           {"score a.pcd -o b/ --treads 2", "no option --treads; did you mean --threads?"},
           {"score a.pcd -o b/ --mark", "no option --mark"},
           {"score a.pcd -o b/ --threads 0", "--threads is '0'; expected a whole number"},
           {"score a.pcd -o b/ --threads x", "--threads is 'x'"},
           {"score a.pcd -o b/ --format pcd-binari", "did you mean pcd-binary?"},
           {"score a.pcd -o b/ --model lidar", "--model 'lidar' is neither a model nor a file"},
           {"clean a.pcd -o b.pcd --threshold 1.5", "expected a probability from 0 to 1, or auto"},
           {"clean a.pcd -o b.pcd --threshold -0.1", "--threshold is '-0.1'"},
           {"clean a.pcd -o b.pcd --threshold nan", "--threshold is 'nan'"},
           {"clean a.pcd -o b.pcd --fraction 1", "expected a share from 0 to below 1"},
           {"clean a.pcd -o b.pcd --fraction .1 --threshold .5", "give one of them"},
           {"clean a.pcd -o b.pcd --label --negative", "--label keeps all points"},
           {"classify", "classify needs clouds to read"},
           {"classify a.pcd --branch both", "expected fused, set or spherical"},
           {"classify a.pcd --top 0", "--top is '0'; expected a whole number from 1 to 1000"},
           {"classify a.pcd --min-probability 2", "expected a probability from 0 to 1"},
           {"classify a.pcd --no-filte", "did you mean --no-filter?"},
           {"evaluate classify a.pcd", "--truth FILE.csv"},
           {"evaluate", "type: equicloud evaluate score --help"},
           {"evaluate score a.pcd", "--truth FIELD"},
           {"evaluate score a.pcd --truth =1", "--truth takes FIELD or FIELD=VALUE"},
           {"evaluate score a.pcd --truth t=x", "--truth takes FIELD or FIELD=VALUE"},
           {"evaluate score a.pcd --truth t --ignore t", "--ignore takes FIELD=VALUE"},
           {"score a.pcd -o b/ --memory 3Q", "--memory is '3Q'; expected a size of at least 64M"},
           {"score a.pcd -o b/ --shard l", "--shard names the inputs already; leave out a.pcd"},
           {"score -o b/ --shard l", "l: cannot be opened"},
           {"score a.pcd -o b/ --report c/d.html", "there is no folder c to write into"},
           {"plan -o b", "plan needs clouds to read"},
           {"plan a.pcd --shards 2", "plan needs -o; type: equicloud plan"},
           {"plan a.pcd -o b", "plan needs the number of lists"},
           {"plan a.pcd -o b --shards 0", "--shards is '0'; expected a whole number from 1 to"},
           {"merge", "merge needs the folder that shards were scored into"},
           {"merge none", "none: no shard was scored into this folder"},
           {"estimate", "estimate needs clouds to read"},
           {"info", "info needs clouds to read"}}) {
    const Outcome outcome = place.run(wrong.arguments);
    EXPECT_EQ(outcome.status, 2) << wrong.arguments;
    EXPECT_EQ(outcome.out, "") << wrong.arguments;
    EXPECT_EQ(outcome.err.rfind("equicloud: ", 0), 0U) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_NE(outcome.err.find(wrong.sentence), std::string::npos) << outcome.err;
  }
  EXPECT_TRUE(place.files().empty());
}

TEST(Arguments, HelpOfEveryVerbFitsAScreenAndShowsTwoExamples) {
  const Workplace place;
  constexpr int kLines = 40;
  constexpr std::size_t kColumns = 100;
  for (const std::string verb : {"", "score", "clean", "classify", "evaluate", "evaluate score",
                                 "evaluate classify", "estimate", "info", "models"}) {
    const Outcome help = place.run(verb + " --help");
    EXPECT_EQ(help.status, 0);
    EXPECT_LE(std::count(help.out.begin(), help.out.end(), '\n'), kLines) << verb;
    std::istringstream lines(help.out.substr(help.out.find("Examples:")));
    int examples = 0;
    for (std::string line; std::getline(lines, line);)
      examples += line.rfind("  ", 0) == 0 && line.find("equicloud ") != std::string::npos ? 1 : 0;
    EXPECT_EQ(examples, 2) << help.out;
    std::istringstream all(help.out);
    for (std::string line; std::getline(all, line);) EXPECT_LE(line.size(), kColumns) << line;
  }
}

TEST(Arguments, WhatIsNotBuiltIsAbsentFromHelp) {
  const Workplace place;
  const std::string help =
      place.run("--help").out + place.run("score --help").out + place.run("clean --help").out;
  for (const char* word : {"align", "lidar"}) EXPECT_EQ(help.find(word), std::string::npos) << word;
}

TEST(Arguments, VersionNamesModelsAndTheirLicencesAsJson) {
  const Workplace place;
  EXPECT_EQ(place.run("--version").out.rfind("equicloud ", 0), 0U);
  const auto version = place.run("--version --json").json().at(0);
  EXPECT_TRUE(version.at("version").is_string());
  EXPECT_TRUE(version.at("models").at(0).at("licence").is_string());
  EXPECT_TRUE(version.at("simd_target").is_string());
  EXPECT_TRUE(version.at("optional_parts").is_array());
}

TEST(Arguments, ResultsThatCannotBePrintedAreAFailure) {
  const Workplace place;
  const Outcome full = place.run("models >/dev/full");
  EXPECT_EQ(full.status, 1);
  EXPECT_NE(full.err.find("standard output: No space left on device"), std::string::npos);
}

TEST(Arguments, AReaderThatGoesAwayIsNoCrash) {
  const Workplace place;
  EXPECT_EQ(place.run("models | true").status, 0);
  const Outcome piped = place.run("models >&- 2>/dev/null; echo $?");
  EXPECT_EQ(piped.out, "1\n");
}

TEST(Models, ThoseBesideTheProgramAreListedAndDamagedOnesLeftOut) {
  const Workplace place;
  std::filesystem::create_directories(place.path("data/models"));
  place.write("data/models/classifier-broken.safetensors", "no model");
  std::set<std::string> names;
  for (const nlohmann::json& model : place.run("models --json").json())
    names.insert(model.at("verb").get<std::string>() + " " + model.at("model").get<std::string>());
  EXPECT_EQ(names,
            (std::set<std::string>{"score general", "classify modelnet40", "estimate statistics"}));
  EXPECT_EQ(place.run("--version --json").json().at(0).at("models").size(), 3U);
}

}  // namespace
}  // namespace equicloud::cli_tests
