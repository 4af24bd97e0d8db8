// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/work.h"

#include <algorithm>
#include <stdexcept>

namespace equicloud::viewer {

void Progress::at(double share) {
  if (cancelled_) throw Cancelled{};
  share_ = std::clamp(share, 0.0, 1.0);
}

CancellableExecutor::CancellableExecutor(const Executor& inner, Progress& progress,
                                         double expected_seconds)
    : inner_(inner), progress_(progress), expected_seconds_(expected_seconds) {}

void CancellableExecutor::run(std::size_t tasks,
                              const std::function<void(std::size_t)>& task) const {
  inner_.run(tasks, [&](std::size_t i) {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
    // Short of 1 however long it takes: only the end is the end.
    progress_.at(passed.count() / (passed.count() + expected_seconds_ / 2.0));
    task(i);
  });
}

Work::~Work() {
  cancel();
  if (thread_.joinable()) thread_.join();
}

void Work::start(std::string title, Job job) {
  if (busy()) throw std::logic_error("a job is at work: " + title_);
  title_ = std::move(title);
  progress_ = std::make_shared<Progress>();
  ended_ = false;
  result_ = nullptr;
  error_.clear();
  thread_ = std::thread([this, job = std::move(job), progress = progress_] {
    Result result;
    std::string error;
    try {
      result = job(*progress);
    } catch (const Cancelled&) {
      // nothing is to be taken up
    } catch (const std::exception& what) {
      error = what.what();
    } catch (...) {
      error = "an unknown error ended: " + title_;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    result_ = std::move(result);
    error_ = std::move(error);
    ended_ = true;
  });
}

void Work::cancel() noexcept {
  if (progress_) progress_->cancel();
}

bool Work::poll(const std::function<void(const std::string&)>& failed) {
  if (!busy()) return false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!ended_) return false;
  }
  thread_.join();
  const Result result = std::move(result_);
  const std::string error = std::move(error_);
  if (!error.empty()) failed(error);
  if (result) result();
  return true;
}

void Work::wait(const std::function<void(const std::string&)>& failed) {
  while (busy() && !poll(failed)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace equicloud::viewer
