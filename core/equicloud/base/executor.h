// SPDX-License-Identifier: BSD-3-Clause
// Who runs the work. The library starts no thread of its own: an Executor is passed in, and the
// partition of the work into spans depends on its size alone, so results have the same bits for any
// number of threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>

namespace equicloud {

/// Runs independent tasks. Nesting is allowed: a task may call run() again (files x points).
class Executor {
 public:
  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  /// Threads that may be at work at once, the caller's included; >= 1.
  virtual int threads() const noexcept = 0;

  /// Calls task(0) .. task(tasks - 1), each once, in any order, and returns when all are done. If
  /// tasks throw, the exception of the lowest-numbered one that ran is rethrown and tasks not begun
  /// are skipped.
  virtual void run(std::size_t tasks, const std::function<void(std::size_t)>& task) const = 0;
};

/// Runs every task on the calling thread, in order.
const Executor& serial_executor() noexcept;

/// `threads - 1` workers plus the calling thread. Threads live as long as the pool.
class ThreadPool final : public Executor {
 public:
  /// @param threads  >= 1; 0 means one a hardware thread. Throws InvalidArgument below 0 or above
  /// 1024.
  explicit ThreadPool(int threads = 0);
  ~ThreadPool() override;
  int threads() const noexcept override;
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) const override;
  /// For a task that must wait for other tasks: works on what other calls of run() hand out until
  /// done() holds, which is asked between tasks and every millisecond. done() may not throw.
  void help_until(const std::function<bool()>& done) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Splits [0, n) into spans of `span` (the last one shorter) and calls body(begin, end, number of
/// the span). The split depends on n and span only: sums kept by span number and added in order are
/// reproducible.
template <typename Body>
void for_spans(const Executor& executor, std::size_t n, std::size_t span, const Body& body) {
  const std::size_t spans = (n + span - 1) / span;
  executor.run(spans, [&](std::size_t s) { body(s * span, std::min(n, (s + 1) * span), s); });
}

}  // namespace equicloud
