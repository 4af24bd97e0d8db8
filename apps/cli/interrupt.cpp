// SPDX-License-Identifier: BSD-3-Clause
#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace equicloud::cli {
namespace {

std::atomic<bool> g_interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not wait for a lock");

extern "C" void note_signal(int) { g_interrupted.store(true); }

}  // namespace

void catch_signals() {
  struct sigaction action = {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool interrupted() noexcept { return g_interrupted.load(); }

void stop_if_interrupted() {
  if (interrupted()) throw Interrupted{};
}

void InterruptibleExecutor::run(std::size_t tasks,
                                const std::function<void(std::size_t)>& task) const {
  inner_.run(tasks, [&](std::size_t i) {
    stop_if_interrupted();
    task(i);
  });
}

}  // namespace equicloud::cli
