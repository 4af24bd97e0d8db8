// SPDX-License-Identifier: BSD-3-Clause
// Threads that make training examples ahead of the one that trains; they come out in the order of
// their numbers, whatever the number of threads.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace equicloud::train {

template <typename Example>
class OrderedQueue {
 public:
  /// Makes example number i; called from several threads at once.
  using Maker = std::function<Example(std::uint64_t)>;

  /// Starts `threads` >= 1 threads that make the examples first, first + 1, ... and stay at most
  /// threads + 2 ahead. What the maker refers to must outlive the queue.
  OrderedQueue(Maker make, std::uint64_t first, int threads)
      : make_(std::move(make)),
        to_make_(first),
        to_give_(first),
        ahead_(static_cast<std::uint64_t>(threads) + 2) {
    for (int t = 0; t < threads; ++t) threads_.emplace_back([this] { work(); });
  }
  OrderedQueue(const OrderedQueue&) = delete;
  OrderedQueue& operator=(const OrderedQueue&) = delete;

  /// Stops the threads (each finishes the example at hand).
  ~OrderedQueue() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  /// The next example; waits for it. Rethrows what its making threw.
  Example next() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return error_ || ready_.count(to_give_) > 0; });
    if (error_) std::rethrow_exception(error_);
    Example example = std::move(ready_.extract(to_give_++).mapped());
    changed_.notify_all();
    return example;
  }

 private:
  void work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || to_make_ < to_give_ + ahead_; });
      if (stop_) return;
      const std::uint64_t number = to_make_++;
      lock.unlock();
      try {
        Example example = make_(number);
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

  Maker make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, Example> ready_;
  std::exception_ptr error_;
  std::uint64_t to_make_, to_give_;
  std::uint64_t ahead_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace equicloud::train
