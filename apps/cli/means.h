// SPDX-License-Identifier: BSD-3-Clause
// What a job is given to work with.
#pragma once

#include <equicloud/base/executor.h>

#include <functional>

namespace equicloud::cli {

struct Means {
  const Executor& executor;
  /// To be told, one call at a time, what share of the job is done, from 0 to 1, never less than
  /// before; jobs that take no longer than a moment need not.
  std::function<void(double share)> done;
};

}  // namespace equicloud::cli
