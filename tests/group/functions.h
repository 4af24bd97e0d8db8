// SPDX-License-Identifier: BSD-3-Clause
// Random functions on groups and spaces.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/group/g_space.h>

#include <vector>

namespace equicloud::group {

/// Standard normal values.
inline std::vector<double> random_function(std::size_t size, Random& random) {
  std::vector<double> f(size);
  for (double& value : f) value = random.normal();
  return f;
}

/// Whole numbers in -9 .. 9: sums of them are exact in double.
inline std::vector<double> random_whole_numbers(std::size_t size, Random& random) {
  std::vector<double> f(size);
  for (double& value : f) value = static_cast<double>(random.below(19)) - 9.0;
  return f;
}

}  // namespace equicloud::group
