// SPDX-License-Identifier: BSD-3-Clause
// Time spent: by the clock on the wall and by the processor, which other programs on the machine
// disturb less.
#pragma once

#include <functional>
#include <vector>

namespace equicloud::bench {

struct Time {
  double wall_seconds = 0.0;
  double cpu_seconds = 0.0;  ///< of all threads of this process
};

/// The time one call takes.
Time time_of(const std::function<void()>& work);

/// Medians, each of its own column. @param times  at least one
Time median(std::vector<Time> times);

/// Holds the process, and threads it starts from now on, to the first `count` processors it may
/// use.
/// @returns false where the system refuses or has fewer
bool pin_to_processors(int count);

}  // namespace equicloud::bench
