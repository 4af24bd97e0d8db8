// SPDX-License-Identifier: BSD-3-Clause
// Long work beside a window: one job at a time on a thread of its own, which says how far it is and
// can be cancelled; its result is taken up by the thread that owns the window.
#pragma once

#include <equicloud/base/executor.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace equicloud::viewer {

/// Thrown inside a job that was cancelled. Not an error.
struct Cancelled {};

/// What a job sees of the one who waits for it. May be used from several threads.
class Progress {
 public:
  /// Throws Cancelled once cancel() was called; else notes the share that is done.
  void at(double share);
  void cancel() noexcept { cancelled_ = true; }
  double share() const noexcept { return share_; }

 private:
  std::atomic<bool> cancelled_{false};
  std::atomic<double> share_{0.0};
};

/// An executor whose tasks stop with Cancelled. The share done is told by time, since how much work
/// a call to the library is, only it knows.
class CancellableExecutor final : public Executor {
 public:
  /// @param inner  does the work; must outlive this
  /// @param expected_seconds  how long all of it may take; > 0
  CancellableExecutor(const Executor& inner, Progress& progress, double expected_seconds);
  int threads() const noexcept override { return inner_.threads(); }
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) const override;

 private:
  const Executor& inner_;
  Progress& progress_;
  const double expected_seconds_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class Work {
 public:
  /// What a job leaves to be done by the owner's thread.
  using Result = std::function<void()>;
  using Job = std::function<Result(Progress&)>;

  Work() = default;
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  /// Cancels and waits.
  ~Work();

  /// Begins a job. @param title  "Scoring 54,321 points"
  /// Throws std::logic_error while another one is at work.
  void start(std::string title, Job job);
  bool busy() const noexcept { return thread_.joinable(); }
  const std::string& title() const noexcept { return title_; }
  double share() const noexcept { return progress_ ? progress_->share() : 0.0; }
  void cancel() noexcept;

  /// Called by the owner often: if the job has ended, its result is taken up, and what went wrong
  /// is told to `failed` in a sentence. @returns true if a job ended
  bool poll(const std::function<void(const std::string&)>& failed);
  /// Waits for the end of the job, then poll().
  void wait(const std::function<void(const std::string&)>& failed);

 private:
  std::thread thread_;
  std::shared_ptr<Progress> progress_;
  std::string title_;
  std::mutex mutex_;
  bool ended_ = false;
  Result result_;
  std::string error_;
};

}  // namespace equicloud::viewer
