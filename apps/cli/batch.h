// SPDX-License-Identifier: BSD-3-Clause
// Many files, one verb: as many files at a time as there are threads, each on one of them; large
// files, and the last ones, on all that are free. Files are begun in the order of the inputs while
// what those in work take of memory stays below a bound; results come in that order, a file that
// fails does not stop the others, an interrupt or a full disk stops everything between two steps.
#pragma once

#include "cli/committer.h"
#include "cli/inputs.h"
#include "cli/means.h"
#include "cli/options.h"
#include "cli/outcome.h"
#include "cli/outputs.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// Works on job number `index`; called from several threads at once. Throws what the library
/// throws.
using FileWork = std::function<FileReport(std::size_t index, const Means& means)>;

struct BatchSummary {
  std::size_t done = 0;
  std::size_t failed = 0;  ///< problems among the arguments included
  bool interrupted = false;
  std::string stopped;  ///< the sentence of what made going on useless (full disk); "": nothing
  std::uint64_t points = 0;
  std::uint64_t outliers = 0;
  double seconds = 0.0;

  int exit_status() const noexcept;
};

/// Prints each file's report (nothing for a person if quiet and `results_are_files`), complains of
/// each failure.
struct BatchOptions {
  RunOptions run;
  bool results_are_files = true;
  Journal journal = {};
  std::uint64_t memory = 0;  ///< bound in bytes; 0: default_memory(); a file above it works alone
  /// Hears of each finished file, in order, one at a time.
  std::function<void(std::size_t index, const Outcome& outcome)> observer = {};
};
BatchSummary run_batch(const InputList& inputs, const std::vector<Job>& jobs,
                       const BatchOptions& options, const FileWork& work);

}  // namespace equicloud::cli
