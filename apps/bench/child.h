// SPDX-License-Identifier: BSD-3-Clause
// Another program, timed and weighed.
#pragma once

#include <bench/stopwatch.h>

#include <string>

namespace equicloud::bench {

struct Child {
  int status = -1;       ///< exit status; -1 if a signal ended it
  Time time;             ///< CPU time with that of its own children
  double peak_mb = 0.0;  ///< largest resident set of a process among them, 2^20 bytes
};

/// Runs a shell command and waits for its end. Throws IoError if none can be started.
Child run_child(const std::string& command);

}  // namespace equicloud::bench
