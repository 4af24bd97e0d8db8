// SPDX-License-Identifier: BSD-3-Clause
// Work in a process of its own: what it takes of memory is seen, and nothing of it is left for the
// next.
#pragma once

#include <bench/stopwatch.h>

#include <functional>

namespace equicloud::bench {

struct Cost {
  Time time;
  double peak_bytes = 0.0;  ///< resident memory at its largest, over that before the work
};

/// Calls `work` in a child of this process, which must have no other threads. Throws IoError if no
/// child can be started or it does not end as it should.
Cost cost_of(const std::function<void()>& work);

}  // namespace equicloud::bench
