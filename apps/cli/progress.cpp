// SPDX-License-Identifier: BSD-3-Clause
#include "cli/progress.h"

#include "cli/wording.h"

#include <unistd.h>

#include <cstdio>

namespace equicloud::cli {
namespace {

constexpr std::chrono::milliseconds kBarInterval{250};
constexpr std::chrono::seconds kLineInterval{10};
constexpr int kBarWidth = 24;

std::string bar(double share) {
  const int filled = static_cast<int>(share * kBarWidth);
  return "[" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(kBarWidth - filled), '.') + "] ";
}

}  // namespace

Progress::Progress(std::size_t files, std::uintmax_t bytes, bool shown)
    : files_(files), bytes_(bytes), shown_(shown), terminal_(isatty(STDERR_FILENO) != 0) {
  if (shown_) thread_ = std::thread([this] { repeat(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  thread_.join();
  erase_bar();
}

void Progress::part_done(std::uintmax_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  bytes_done_ += bytes;
}

void Progress::file_done(std::uintmax_t bytes, std::uint64_t points, bool failed) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++files_done_;
  failed_ += failed ? 1 : 0;
  bytes_done_ += bytes;
  points_done_ += points;
}

void Progress::clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  erase_bar();
}

void Progress::erase_bar() {
  if (bar_on_screen_) std::fputs("\r\033[K", stderr);
  bar_on_screen_ = false;
}

std::string Progress::line() const {
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double share =
      bytes_ > 0 ? static_cast<double>(bytes_done_) / static_cast<double>(bytes_) : 0.0;
  std::string text = grouped(files_done_) + " of " + counted(files_, "cloud");
  if (files_done_ == 0 && share > 0.0)
    return (terminal_ ? bar(share) : "equicloud: ") + text + ", " + fixed(100.0 * share, 0) +
           " % done, " + duration(seconds * (1.0 - share) / share) + " left";
  const double divisor = seconds > 0 ? seconds : 1;
  const double clouds = static_cast<double>(files_done_) / divisor;
  const auto points = static_cast<std::uint64_t>(static_cast<double>(points_done_) / divisor);
  text += ", " + fixed(clouds, clouds < 10 ? 1 : 0) + " clouds/s, " + grouped(points) + " points/s";
  if (share > 0.0) text += ", " + duration(seconds * (1.0 - share) / share) + " left";
  if (failed_ > 0) text += ", " + grouped(failed_) + " failed";
  return (terminal_ ? bar(share) : "equicloud: ") + text;
}

void Progress::repeat() {
  std::unique_lock<std::mutex> lock(mutex_);
  const std::chrono::milliseconds interval = terminal_ ? kBarInterval : kLineInterval;
  while (!ended_.wait_for(lock, interval, [this] { return end_; })) {
    erase_bar();
    std::fputs((line() + (terminal_ ? "" : "\n")).c_str(), stderr);
    std::fflush(stderr);
    bar_on_screen_ = terminal_;
  }
}

}  // namespace equicloud::cli
