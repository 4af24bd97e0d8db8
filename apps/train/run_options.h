// SPDX-License-Identifier: BSD-3-Clause
// What every training run has: where its model, curve and checkpoint go, how long it runs, on what.
#pragma once

#include <c10/core/Device.h>
#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>

namespace equicloud::train {

struct RunOptions {
  std::string out, resume, curve, checkpoint, device = "cpu";
  std::string name, version = "1", licence = "BSD-3-Clause";
  std::string command;  ///< that repeats the run, paths left out; for the model's card
  std::uint64_t seed = 1;
  std::int64_t stop_after = 0;
  int threads = 1, producers = 1;
  double checkpoint_minutes = 3.0;
  bool overwrite = false;

  /// Adds the options to a verb. @param model  default name of the model
  void add_to(CLI::App& verb, const std::string& model);
  /// Before the run: checks and completes the paths, sets threads, listens to SIGINT and SIGTERM.
  /// Throws InvalidArgument.
  c10::Device prepare();
  /// The step to stop at.
  std::int64_t last_step(std::int64_t steps) const;
  /// After the run: says where things are; throws the exit status of an interrupted run.
  void finish(bool completed) const;
};

/// SIGINT or SIGTERM came.
bool interrupted() noexcept;

}  // namespace equicloud::train
