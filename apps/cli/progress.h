// SPDX-License-Identifier: BSD-3-Clause
// Progress on standard error: a bar where that is a terminal, a line every ten seconds where not.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace equicloud::cli {

class Progress {
 public:
  /// @param bytes  size of all inputs: the share done is counted in it; @param shown  false: never
  /// prints
  Progress(std::size_t files, std::uintmax_t bytes, bool shown);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Removes the bar.
  ~Progress();

  /// May be called from many threads.
  void part_done(std::uintmax_t bytes);  ///< of a file that is not done yet
  /// @param bytes  those that were not told as parts
  void file_done(std::uintmax_t bytes, std::uint64_t points, bool failed);
  /// Removes the bar until its next turn, so that a line can be printed.
  void clear();

 private:
  std::string line() const;
  void repeat();
  void erase_bar();

  const std::size_t files_;
  const std::uintmax_t bytes_;
  const bool shown_;
  const bool terminal_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();

  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  bool bar_on_screen_ = false;
  std::size_t files_done_ = 0;
  std::size_t failed_ = 0;
  std::uintmax_t bytes_done_ = 0;
  std::uint64_t points_done_ = 0;
  std::thread thread_;
};

}  // namespace equicloud::cli
