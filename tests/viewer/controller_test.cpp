// SPDX-License-Identifier: BSD-3-Clause
// What a person does, without a window: a whole session by the lines of a script.
#include "viewer/controller.h"
#include "classify/random_model.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"
#include "cli/usage_error.h"

#include <equicloud/nn/weights_file.h>

#include <gtest/gtest.h>

namespace equicloud::viewer {
namespace {

using cli_tests::Workplace;

class ControllerTest : public testing::Test {
 protected:
  ControllerTest() {
    cli_tests::save(place_.path("scan.pcd"), cli_tests::sheet(40));
    nn::save_weights(classify_tests::random_model(1), place_.path("random.safetensors"));
  }

  ControllerOptions options() const {
    ControllerOptions options;
    options.classifier = place_.path("random.safetensors");
    options.threads = 2;
    return options;
  }

  // All lines, each to its end.
  static void run(Controller& controller, const std::string& text) {
    for (const ScriptLine& line : parse_script(text, "test")) {
      EXPECT_TRUE(controller.run(line)) << line.verb;
      while (controller.work().busy()) controller.poll();
    }
  }

  Workplace place_;
};

TEST_F(ControllerTest, TheSavedFileIsThatOfTheCommandLine) {
  Controller controller(options(), {});
  run(controller, "open " + place_.path("scan.pcd") + "\nscore\nsave " +
                      place_.path("default.pcd") + "\nthreshold 0.9\nsave " +
                      place_.path("high.pcd") + "\nauto\nsave " + place_.path("auto.pcd"));
  EXPECT_FALSE(controller.failed()) << controller.message();
  for (const auto& [name, option] :
       std::vector<std::pair<std::string, std::string>>{{"default.pcd", ""},
                                                        {"high.pcd", " --threshold 0.9"},
                                                        {"auto.pcd", " --threshold auto"}}) {
    ASSERT_EQ(place_.run("clean scan.pcd -o ref_" + name + option).status, 0);
    EXPECT_EQ(place_.bytes(name), place_.bytes("ref_" + name)) << name;
  }
}

TEST_F(ControllerTest, TurningTheDataLeavesScoresAndLabels) {
  Controller controller(options(), {});
  run(controller, "ground none\nopen " + place_.path("scan.pcd") + "\nscore\nthings\n");
  ASSERT_FALSE(controller.session().things().empty());
  const std::vector<float> before = controller.session().scores()->probability;
  run(controller, "turn 4");
  EXPECT_TRUE(controller.session().turned());
  const std::vector<float>& after = controller.session().scores()->probability;
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NEAR(after[i], before[i], 1e-3F) << i;
  EXPECT_EQ(controller.message().find("scores: largest change "), 0U) << controller.message();
  EXPECT_NE(controller.message().find("labels: 0 of "), std::string::npos) << controller.message();
}

TEST_F(ControllerTest, WhatCannotBeDoneIsSaid) {
  Controller controller(options(), {});
  const auto said = [&](const std::string& line) {
    run(controller, line);
    EXPECT_TRUE(controller.failed()) << line;
    return controller.message();
  };
  EXPECT_EQ(said("score"), "no scan is open; open one first");
  EXPECT_NE(said("open nowhere.pcd").find("nowhere.pcd"), std::string::npos);
  run(controller, "open " + place_.path("scan.pcd"));
  EXPECT_FALSE(controller.failed());
  EXPECT_EQ(said("save x.pcd"), "there are no scores yet; clean this first");
  EXPECT_NE(said("colour mood").find("has no field mood"), std::string::npos);
  run(controller, "score");
  EXPECT_NE(said("save " + place_.path("scan.pcd")).find("is the file that is open"),
            std::string::npos);
  ControllerOptions wrong = options();
  wrong.classifier = "nobody";
  Controller without(wrong, {});
  run(without, "open " + place_.path("scan.pcd") + "\nthings");
  EXPECT_TRUE(without.failed());
  EXPECT_NE(without.message().find("'nobody'"), std::string::npos) << without.message();
  wrong.model = "nobody";
  EXPECT_THROW(Controller(wrong, Settings()), cli::UsageError);
}

TEST_F(ControllerTest, ASecondJobIsRefusedAndClosingDuringWorkIsSafe) {
  Controller controller(options(), {});
  controller.open(place_.path("scan.pcd"));
  controller.score();
  EXPECT_TRUE(controller.failed());
  EXPECT_NE(controller.message().find("still at work"), std::string::npos);
}

TEST_F(ControllerTest, ChangesAreTakenOnce) {
  Controller controller(options(), {});
  run(controller, "open " + place_.path("scan.pcd"));
  const Changes changes = controller.take_changes();
  EXPECT_TRUE(changes.points && changes.camera && changes.panel);
  EXPECT_FALSE(controller.take_changes().any());
  run(controller, "score\nthreshold 0.2");
  EXPECT_TRUE(controller.take_changes().colours);
}

}  // namespace
}  // namespace equicloud::viewer
