// SPDX-License-Identifier: BSD-3-Clause
// One job beside the window: its result is taken up once, by the owner's thread; it can be
// cancelled; what goes wrong is told.
#include "viewer/work.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace equicloud::viewer {
namespace {

void never(const std::string& error) { ADD_FAILURE() << error; }

TEST(Work, TheResultIsTakenUpOnceByTheOwner) {
  Work work;
  const std::thread::id owner = std::this_thread::get_id();
  std::thread::id job, taken;
  int times = 0;
  work.start("a job", [&](Progress& progress) {
    job = std::this_thread::get_id();
    progress.at(0.5);
    return [&] {
      taken = std::this_thread::get_id();
      ++times;
    };
  });
  EXPECT_TRUE(work.busy());
  EXPECT_EQ(work.title(), "a job");
  EXPECT_THROW(work.start("another", [](Progress&) { return [] {}; }), std::logic_error);
  work.wait(never);
  EXPECT_FALSE(work.busy());
  EXPECT_FALSE(work.poll(never));
  EXPECT_EQ(times, 1);
  EXPECT_EQ(taken, owner);
  EXPECT_NE(job, owner);
}

TEST(Work, ACancelledJobLeavesNothing) {
  Work work;
  bool taken = false;
  work.start("endless", [&](Progress& progress) -> Work::Result {
    for (;;) progress.at(0.1);
    return [&] { taken = true; };
  });
  work.cancel();
  work.wait(never);
  EXPECT_FALSE(taken);
}

TEST(Work, WhatGoesWrongIsTold) {
  Work work;
  std::string told;
  work.start("bad", [](Progress&) -> Work::Result { throw std::runtime_error("no such file"); });
  work.wait([&](const std::string& error) { told = error; });
  EXPECT_EQ(told, "no such file");
}

TEST(Work, ClosingDuringWorkWaitsForItsEnd) {
  std::atomic<bool> ended{false};
  {
    Work work;
    work.start("endless", [&](Progress& progress) -> Work::Result {
      try {
        for (;;) progress.at(0.1);
      } catch (...) {
        ended = true;
        throw;
      }
    });
  }
  EXPECT_TRUE(ended);
}

TEST(CancellableExecutor, StopsBetweenTasksAndNeverSaysThatAllIsDone) {
  Progress progress;
  const CancellableExecutor executor(serial_executor(), progress, 1e-9);
  std::size_t done = 0;
  const auto task = [&](std::size_t i) {
    ++done;
    if (i == 3) progress.cancel();
  };
  EXPECT_THROW(executor.run(10, task), Cancelled);
  EXPECT_EQ(done, 4U);
  EXPECT_LT(progress.share(), 1.0);
}

}  // namespace
}  // namespace equicloud::viewer
