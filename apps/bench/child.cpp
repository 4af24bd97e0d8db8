// SPDX-License-Identifier: BSD-3-Clause
#include <bench/child.h>
#include <equicloud/base/error.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

namespace equicloud::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

Child run_child(const std::string& command) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t process = ::fork();
  if (process < 0) throw IoError("no further process can be started");
  if (process == 0) {
    ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  struct rusage usage {};
  ::wait4(process, &status, 0, &usage);
  Child child;
  child.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  child.time.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  child.time.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  child.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024.0;
  return child;
}

}  // namespace equicloud::bench
