// SPDX-License-Identifier: BSD-3-Clause
// Ctrl-C and SIGTERM: work stops between two spans or chunks, the file being written is removed by
// its destructor, finished files stay.
#pragma once

#include <equicloud/base/executor.h>

namespace equicloud::cli {

/// Thrown where work stops. Not an error of a file.
struct Interrupted {};

/// From now on the first SIGINT or SIGTERM is noted (a second one kills), and writing to a closed
/// pipe or beyond the largest size that is allowed is an error that is returned, not a signal.
void catch_signals();
bool interrupted() noexcept;
/// Throws Interrupted after a signal.
void stop_if_interrupted();

/// An executor whose tasks stop with Interrupted after a signal.
class InterruptibleExecutor final : public Executor {
 public:
  /// @param inner  does the work; must outlive this
  explicit InterruptibleExecutor(const Executor& inner) : inner_(inner) {}
  int threads() const noexcept override { return inner_.threads(); }
  void run(std::size_t tasks, const std::function<void(std::size_t)>& task) const override;

 private:
  const Executor& inner_;
};

}  // namespace equicloud::cli
