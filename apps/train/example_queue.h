// SPDX-License-Identifier: BSD-3-Clause
// Threads that make training examples ahead of the one that trains; they come out in the order of
// their numbers, whatever the number of threads.
#pragma once

#include <train/examples.h>

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace equicloud::train {

class ExampleQueue {
 public:
  /// Starts `threads` >= 1 threads that make the examples first, first + 1, ... and stay at most
  /// threads + 2 ahead. The source must outlive the queue.
  ExampleQueue(const ExampleSource& source, std::uint64_t first, int threads);
  ExampleQueue(const ExampleQueue&) = delete;
  ExampleQueue& operator=(const ExampleQueue&) = delete;
  /// Stops the threads (each finishes the example at hand).
  ~ExampleQueue();

  /// The next example; waits for it. Rethrows what its making threw.
  Example next();

 private:
  void work();

  const ExampleSource& source_;
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
