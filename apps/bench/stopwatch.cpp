// SPDX-License-Identifier: BSD-3-Clause
#include <bench/stopwatch.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace equicloud::bench {
namespace {

double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double median_of(std::vector<Time>& times, double Time::*column) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end(),
                   [&](const Time& a, const Time& b) { return a.*column < b.*column; });
  return (*middle).*column;
}

// The processors the process was given at its start, before any pinning.
cpu_set_t allowed_at_start() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof set, &set);
  return set;
}

}  // namespace

Time time_of(const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  const double cpu = cpu_now();
  const Clock::time_point wall = Clock::now();
  work();
  return {std::chrono::duration<double>(Clock::now() - wall).count(), cpu_now() - cpu};
}

Time median(std::vector<Time> times) {
  return {median_of(times, &Time::wall_seconds), median_of(times, &Time::cpu_seconds)};
}

bool pin_to_processors(int count) {
  static const cpu_set_t allowed = allowed_at_start();
  cpu_set_t chosen;
  CPU_ZERO(&chosen);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&chosen) < count; ++cpu)
    if (CPU_ISSET(cpu, &allowed)) CPU_SET(cpu, &chosen);
  return CPU_COUNT(&chosen) == count && sched_setaffinity(0, sizeof chosen, &chosen) == 0;
}

}  // namespace equicloud::bench
