// SPDX-License-Identifier: BSD-3-Clause
// Many files, one verb: small files side by side, large ones one at a time with all threads on
// their points. Results come in the order of the inputs, a file that fails does not stop the
// others, an interrupt stops everything between two steps.
#pragma once

#include "cli/inputs.h"
#include "cli/options.h"
#include "cli/outputs.h"

#include <equicloud/base/executor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace equicloud::cli {

/// What a verb has to say of one finished file.
struct FileReport {
  std::string text;  ///< for a person: whole lines
  std::string json;  ///< an object, or several a line each, without the last line's end; "": none
  std::vector<std::string> warnings;
  std::uint64_t points = 0;
};

/// Works on job number `index`; called from several threads at once. Throws what the library
/// throws.
using FileWork = std::function<FileReport(std::size_t index, const Executor& executor)>;

struct BatchSummary {
  std::size_t done = 0;
  std::size_t failed = 0;  ///< problems among the arguments included
  bool interrupted = false;
  std::uint64_t points = 0;
  double seconds = 0.0;

  int exit_status() const noexcept;
};

/// Prints each file's report (nothing for a person if quiet and `results_are_files`), complains of
/// each failure.
struct BatchOptions {
  RunOptions run;
  bool results_are_files = true;
};
BatchSummary run_batch(const InputList& inputs, const std::vector<Job>& jobs,
                       const BatchOptions& options, const FileWork& work);

}  // namespace equicloud::cli
