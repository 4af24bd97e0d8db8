// SPDX-License-Identifier: BSD-3-Clause
// The executor's promises: every task once, nesting, the lowest-numbered error, spans that depend
// on size alone.
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace equicloud {
namespace {

TEST(Executor, SerialRunsTasksInOrder) {
  std::vector<std::size_t> order;
  serial_executor().run(5, [&](std::size_t i) { order.push_back(i); });
  EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(Executor, EveryTaskRunsOnceForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 4, 7}) {
    const ThreadPool pool(threads);
    for (const std::size_t tasks :
         {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{1000}}) {
      std::vector<std::atomic<int>> runs(tasks);
      pool.run(tasks, [&](std::size_t i) { ++runs[i]; });
      for (std::size_t i = 0; i < tasks; ++i)
        EXPECT_EQ(runs[i], 1) << threads << " threads, task " << i;
    }
  }
}

TEST(Executor, WritesOfTasksAreSeenAfterRunReturns) {
  const ThreadPool pool(4);
  std::vector<std::size_t> written(4096, 0);  // plain memory: the thread sanitizer watches this
  pool.run(written.size(), [&](std::size_t i) { written[i] = i + 1; });
  for (std::size_t i = 0; i < written.size(); ++i) ASSERT_EQ(written[i], i + 1);
}

TEST(Executor, RunsNestToAnyDepth) {
  const ThreadPool pool(3);
  std::vector<std::atomic<int>> runs(4 * 5 * 6);
  pool.run(4, [&](std::size_t a) {
    pool.run(5, [&](std::size_t b) {
      pool.run(6, [&](std::size_t c) { ++runs[(a * 5 + b) * 6 + c]; });
    });
  });
  for (const std::atomic<int>& count : runs) EXPECT_EQ(count, 1);
}

TEST(Executor, ManyThreadsMayShareOnePool) {
  const ThreadPool pool(2);
  std::atomic<int> runs{0};
  std::vector<std::thread> callers(4);
  for (std::thread& caller : callers)
    caller = std::thread([&] { pool.run(100, [&](std::size_t) { ++runs; }); });
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(runs, 400);
}

TEST(Executor, TheLowestNumberedErrorIsRethrown) {
  const ThreadPool pool(2);
  // Both tasks are at work before either throws, so both errors exist and the lower number must
  // win.
  std::atomic<int> begun{0};
  const auto task = [&](std::size_t i) {
    ++begun;
    while (begun < 2) std::this_thread::yield();
    throw std::runtime_error("task " + std::to_string(i));
  };
  try {
    pool.run(2, task);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "task 0");
  }
}

TEST(Executor, AnErrorSkipsTheTasksNotBegun) {
  std::size_t runs = 0;
  const auto task = [&](std::size_t i) {
    ++runs;
    if (i == 2) throw std::runtime_error("two");
  };
  const ThreadPool alone(1);
  EXPECT_THROW(alone.run(100, task), std::runtime_error);
  EXPECT_EQ(runs, 3U);
  runs = 0;
  EXPECT_THROW(serial_executor().run(100, task), std::runtime_error);
  EXPECT_EQ(runs, 3U);
}

TEST(Executor, ThePoolWorksOnAfterAnError) {
  const ThreadPool pool(4);
  for (int round = 0; round < 50; ++round) {
    EXPECT_THROW(pool.run(64, [](std::size_t) { throw std::runtime_error("all"); }),
                 std::runtime_error);
    std::atomic<int> runs{0};
    pool.run(64, [&](std::size_t) { ++runs; });
    ASSERT_EQ(runs, 64);
  }
}

TEST(Executor, AnErrorOfANestedRunReachesTheCaller) {
  const ThreadPool pool(3);
  const auto inner = [](std::size_t i) {
    if (i == 7) throw InvalidArgument("seven");
  };
  EXPECT_THROW(pool.run(4, [&](std::size_t) { pool.run(16, inner); }), InvalidArgument);
}

TEST(Executor, UsesTheThreadsItPromises) {
  const ThreadPool pool(3);
  EXPECT_EQ(pool.threads(), 3);
  // Three tasks that wait for each other finish only if three threads are at work.
  std::atomic<int> begun{0};
  pool.run(3, [&](std::size_t) {
    ++begun;
    while (begun < 3) std::this_thread::yield();
  });
  EXPECT_EQ(begun, 3);
}

TEST(Executor, ThreadsThatSleepComeBack) {
  const ThreadPool looking(2);  // where there are two processors
  const ThreadPool sleeping(static_cast<int>(std::thread::hardware_concurrency()) + 1);
  for (const ThreadPool* pool : {&looking, &sleeping})
    for (const int milliseconds : {0, 0, 1, 5}) {
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      std::atomic<int> begun{0};
      pool->run(static_cast<std::size_t>(pool->threads()), [&](std::size_t) {
        ++begun;
        while (begun < pool->threads()) std::this_thread::yield();
      });
      EXPECT_EQ(begun, pool->threads());
    }
}

TEST(Executor, TheCallerWaitsForTheSlowestTask) {
  const ThreadPool pool(2);
  for (const int milliseconds : {0, 1, 5}) {
    int written = 0;
    pool.run(2, [&](std::size_t i) {
      if (i == 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      written = 1;
    });
    EXPECT_EQ(written, 1);
  }
}

TEST(Executor, WhoMustWaitHelpsTheOthers) {
  for (const int threads : {1, 2, 4}) {
    const ThreadPool pool(threads);
    std::atomic<int> inner{0};
    std::atomic<bool> first_is_done{false};
    pool.run(static_cast<std::size_t>(threads), [&](std::size_t task) {
      if (task > 0) return pool.help_until([&] { return first_is_done.load(); });
      pool.run(64, [&](std::size_t) { ++inner; });
      first_is_done = true;
    });
    EXPECT_EQ(inner, 64) << threads;
  }
}

TEST(Executor, OneTaskStaysOnItsCaller) {
  const ThreadPool pool(3);
  std::thread::id by;
  pool.run(1, [&](std::size_t) { by = std::this_thread::get_id(); });
  EXPECT_EQ(by, std::this_thread::get_id());
}

TEST(Executor, RejectsNumbersOfThreadsOutOfRange) {
  EXPECT_THROW(ThreadPool(-1), InvalidArgument);
  EXPECT_THROW(ThreadPool(1025), InvalidArgument);
  EXPECT_GE(ThreadPool(0).threads(), 1);
  EXPECT_EQ(serial_executor().threads(), 1);
}

using Split = std::set<std::tuple<std::size_t, std::size_t, std::size_t>>;

Split split_of(const Executor& executor, std::size_t n, std::size_t span) {
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> spans((n + span - 1) / span);
  for_spans(executor, n, span, [&](std::size_t begin, std::size_t end, std::size_t number) {
    spans[number] = {begin, end, number};
  });
  return {spans.begin(), spans.end()};
}

TEST(ForSpans, TheSplitDependsOnTheSizeAlone) {
  const Split expected = {{0, 4, 0}, {4, 8, 1}, {8, 10, 2}};
  EXPECT_EQ(split_of(serial_executor(), 10, 4), expected);
  for (const int threads : {1, 2, 4}) EXPECT_EQ(split_of(ThreadPool(threads), 10, 4), expected);
}

TEST(ForSpans, CoversSizesAroundTheSpan) {
  EXPECT_TRUE(split_of(serial_executor(), 0, 4).empty());
  EXPECT_EQ(split_of(serial_executor(), 1, 4), (Split{{0, 1, 0}}));
  EXPECT_EQ(split_of(serial_executor(), 4, 4), (Split{{0, 4, 0}}));
  EXPECT_EQ(split_of(serial_executor(), 5, 4), (Split{{0, 4, 0}, {4, 5, 1}}));
}

}  // namespace
}  // namespace equicloud
