// SPDX-License-Identifier: BSD-3-Clause
#include <bench/apart.h>
#include <equicloud/base/error.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string>

namespace equicloud::bench {
namespace {

/// A line of /proc/self/status, in bytes; 0 where there is none.
double status_bytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(name + ":", 0) == 0) return 1024.0 * std::stod(line.substr(name.size() + 1));
  return 0.0;
}

}  // namespace

Cost cost_of(const std::function<void()>& work) {
  ::malloc_trim(0);  // else the work would find memory that was ours and count as frugal
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw IoError("no pipe to a further process");
  const pid_t process = ::fork();
  if (process < 0) throw IoError("no further process can be started");
  if (process == 0) {
    Cost cost;
    const double before = status_bytes("VmRSS");
    cost.time = time_of(work);
    cost.peak_bytes = status_bytes("VmHWM") - before;
    const bool told = ::write(ends[1], &cost, sizeof(cost)) == sizeof(cost);
    ::_exit(told ? 0 : 1);
  }
  ::close(ends[1]);
  Cost cost;
  const bool heard = ::read(ends[0], &cost, sizeof(cost)) == sizeof(cost);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(process, &status, 0);
  if (!heard || status != 0) throw IoError("a process that was timed did not end as it should");
  return cost;
}

}  // namespace equicloud::bench
