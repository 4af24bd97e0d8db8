// SPDX-License-Identifier: BSD-3-Clause
#include <train/example_queue.h>

namespace equicloud::train {

ExampleQueue::ExampleQueue(const ExampleSource& source, std::uint64_t first, int threads)
    : source_(source),
      to_make_(first),
      to_give_(first),
      ahead_(static_cast<std::uint64_t>(threads) + 2) {
  for (int t = 0; t < threads; ++t) threads_.emplace_back([this] { work(); });
}

ExampleQueue::~ExampleQueue() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ExampleQueue::work() {
  for (;;) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return stop_ || to_make_ < to_give_ + ahead_; });
    if (stop_) return;
    const std::uint64_t number = to_make_++;
    lock.unlock();
    try {
      Example example = source_.example(number);
      lock.lock();
      ready_.emplace(number, std::move(example));
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      error_ = std::current_exception();
      stop_ = true;
    }
    changed_.notify_all();
  }
}

Example ExampleQueue::next() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return error_ || ready_.count(to_give_) > 0; });
  if (error_) std::rethrow_exception(error_);
  Example example = std::move(ready_.extract(to_give_++).mapped());
  changed_.notify_all();
  return example;
}

}  // namespace equicloud::train
