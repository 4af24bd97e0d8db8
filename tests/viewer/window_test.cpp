// SPDX-License-Identifier: BSD-3-Clause
// The program itself: its sentences without a display, and under a virtual one a whole session by
// script.
#include "cli/program.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace equicloud::viewer {
namespace {

using cli_tests::Outcome;
using cli_tests::Workplace;

const std::string kBin = EQUICLOUD_BIN_DIR;
const std::string kData = EQUICLOUD_SOURCE_DIR "/data/clouds/";

#ifdef EQUICLOUD_HAS_VIEWER

std::string viewer(const std::string& arguments) {
  return kBin + "/equicloud_viewer --settings settings.json " + arguments;
}

TEST(ViewerProgram, SaysInOneLineWhyItCannotOpen) {
  const Workplace place;
  place.write("broken.pcd", "VERSION .7\nFIELDS x y z\n");
  place.write("bad.txt", "dance\n");
  const auto said = [&](const std::string& arguments, int status) {
    const Outcome outcome = place.execute("unset DISPLAY; " + viewer(arguments));
    EXPECT_EQ(outcome.status, status) << arguments << outcome.err;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_EQ(outcome.err.find("equicloud_viewer: "), 0U) << arguments << outcome.err;
    EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << arguments << outcome.err;
    return outcome.err;
  };
  EXPECT_NE(said(kData + "room.pcd", 1).find("DISPLAY is not set"), std::string::npos);
  EXPECT_NE(said("broken.pcd", 1).find("broken.pcd"), std::string::npos);
  EXPECT_NE(said("--script bad.txt", 1).find("no command 'dance'"), std::string::npos);
  EXPECT_NE(said("--size 3", 2).find("--size"), std::string::npos);
  EXPECT_NE(said("--colour red", 2).find("--help"), std::string::npos);
  const Outcome away = place.execute("DISPLAY=:54321 " + viewer(""));
  EXPECT_EQ(away.status, 1);
  EXPECT_NE(away.err.find("does not answer"), std::string::npos) << away.err;
}

// Skipped where there is no virtual display to be had.
class VirtualDisplay : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v xvfb-run >/dev/null && command -v Xvfb >/dev/null") != 0)
      GTEST_SKIP() << "xvfb-run is not installed (package xvfb): the window is not tried";
  }
  Outcome run(const std::string& arguments) const {
    return place_.execute("xvfb-run -a -s '-screen 0 1024x768x24 -noreset' " + viewer(arguments));
  }

  Workplace place_;
};

TEST_F(VirtualDisplay, AWholeSessionByScript) {
  ASSERT_EQ(place_.execute(kBin + "/equicloud_simulate showroom things.pcd").status, 0);
  place_.write("session.txt",
               "screenshot raw.png\nscore\nscreenshot scores.png\noutliers hidden\n"
               "screenshot cleaned.png\nthreshold 0.4\nsave cleaned.pcd\nframe\n"
               "open things.pcd\nthings\nselect 1\nscreenshot things.png\nturn 2\n"
               "screenshot turned.png\nquit\n");
  const Outcome outcome = run(kData + "street.pcd --size 800x600 --script session.txt");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find("frame: "), 0U) << outcome.out;
  ASSERT_EQ(place_.run("clean " + kData + "street.pcd -o ref.pcd --threshold 0.4").status, 0);
  EXPECT_EQ(place_.bytes("cleaned.pcd"), place_.bytes("ref.pcd"));
  // A picture without a drawn point compresses to a few kB.
  for (const char* picture : {"raw.png", "scores.png", "cleaned.png", "things.png", "turned.png"})
    EXPECT_GT(place_.bytes(picture).size(), 8000U) << picture;
  EXPECT_NE(place_.bytes("raw.png"), place_.bytes("scores.png"));
}

TEST_F(VirtualDisplay, AnErrorOfAScriptEndsItWithStatusOne) {
  place_.write("script.txt", "open nowhere.pcd\nscore\n");
  const Outcome outcome = run("--script script.txt");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("nowhere.pcd"), std::string::npos) << outcome.err;
}

TEST_F(VirtualDisplay, ClosingDuringWorkIsClean) {
  place_.write("reading.txt", "leave\n");
  place_.write("scoring.txt", "score\nleave\n");
  for (const char* script : {"reading.txt", "scoring.txt"})
    EXPECT_EQ(run(kData + "street.pcd --script " + script).status, 0) << script;
}

#endif

TEST(ViewVerb, NamesWhatIsMissing) {
  const Workplace place;
  const Outcome none = place.run("view");
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("view needs clouds"), std::string::npos) << none.err;
  std::filesystem::copy_file(kBin + "/equicloud", place.path("alone"));
  const Outcome alone = place.execute("./alone view " + kData + "room.pcd");
  EXPECT_EQ(alone.status, 1);
  EXPECT_NE(alone.err.find("make viewer"), std::string::npos) << alone.err;
}

}  // namespace
}  // namespace equicloud::viewer
