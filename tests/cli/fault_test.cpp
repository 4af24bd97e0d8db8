// SPDX-License-Identifier: BSD-3-Clause
// Every call that may fail fails once, in turn: what is written is right or not there, the reason
// is said, and --resume completes it.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "cli/folders.h"
#include "cli/program.h"
#include "cli/sample_clouds.h"

namespace equicloud::cli_tests {
namespace {

struct Case {
  std::string name;
  std::string verb;  // and options
  std::string call, error;
};

class Faults : public testing::TestWithParam<Case> {
 protected:
  /// With the `number`-th call failing. Whether there was such a call.
  bool run(const std::string& command, long number, Outcome& outcome) const {
    const std::string mark = place.path("struck");
    outcome = place.shell("EQUICLOUD_FAULT=" + GetParam().call + ":" + std::to_string(number) +
                          ":" + GetParam().error + " EQUICLOUD_FAULT_MARK='" + mark +
                          "' LD_PRELOAD='" + EQUICLOUD_FAULTS + "' \"$EQUICLOUD\" " + command);
    return std::filesystem::remove(mark);
  }

  Workplace place;
};

/// Each of the first calls, then fewer and fewer.
long following(long number) { return number + 1 + number / 8; }

TEST_P(Faults, LeaveNothingWrongBehind) {
  save_folder(place, 2);
  save(place.path("in/2/c2.pcd"), sheet(40));
  const std::string& verb = GetParam().verb;
  ASSERT_EQ(place.run(verb + " in -o whole --quiet").status, 0);
  const auto whole = outputs(place, "whole");
  ASSERT_EQ(whole.size(), 3U);
  const std::string command = verb + " in -o out --quiet --threads 1";
  Outcome outcome;
  long number = 1, struck = 0;
  for (; run(command, number, outcome); number = following(number), ++struck) {
    SCOPED_TRACE("call " + std::to_string(number) + ": " + outcome.err);
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 1) << outcome.status;
    EXPECT_EQ(outcome.status == 0, outcome.err.empty());
    EXPECT_TRUE(outcome.err.empty() || outcome.err.rfind("equicloud: ", 0) == 0);
    const auto left = outputs(place, "out");
    if (outcome.status == 0) {
      EXPECT_EQ(left.size(), whole.size());
    }
    for (const auto& [name, bytes] : left) {
      ASSERT_TRUE(whole.count(name)) << name;
      EXPECT_EQ(bytes, whole.at(name)) << name;
    }
    const Outcome resumed = place.run(command + " --resume");
    EXPECT_EQ(resumed.status, 0) << resumed.err;
    EXPECT_EQ(outputs(place, "out"), whole);
    std::filesystem::remove_all(place.path("out"));
  }
  EXPECT_GT(struck, 0);
  EXPECT_EQ(outcome.status, 0) << outcome.err;  // the last run had no such call
}

std::vector<Case> cases() {
  std::vector<Case> all;
  const auto add = [&all](const std::string& name, const std::string& verb,
                          const std::vector<std::string>& faults) {
    for (const std::string& fault : faults) {
      const std::size_t colon = fault.find(':');
      const std::string call = fault.substr(0, colon), error = fault.substr(colon + 1);
      all.push_back({name, verb, call, error});
      for (const std::string& part : {call, error}) all.back().name.append("_").append(part);
    }
  };
  const std::vector<std::string> faults = {
      "open:EMFILE", "open:EIO",  "read:EIO",      "read:short", "write:ENOSPC", "write:EIO",
      "write:short", "fsync:EIO", "fdatasync:EIO", "rename:EIO", "new:bad_alloc"};
  add("Score", "score", faults);
  add("Clean", "clean", {"write:ENOSPC", "read:EIO", "new:bad_alloc"});
  add("Tiles", "score --tile 10",
      {"pwrite:ENOSPC", "pwrite:EIO", "pwrite:short", "pread:EIO", "pread:short", "open:EMFILE",
       "new:bad_alloc"});
  return all;
}

INSTANTIATE_TEST_SUITE_P(OneCallFails, Faults, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace equicloud::cli_tests
