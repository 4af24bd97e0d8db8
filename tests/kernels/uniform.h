// SPDX-License-Identifier: BSD-3-Clause
// Numbers to feed kernels with.
#pragma once

#include <equicloud/base/random.h>

#include <vector>

namespace equicloud::kernels {

/// n numbers in [-1, 1).
template <typename T>
std::vector<T> uniform(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  std::vector<T> values(n);
  for (T& value : values) value = static_cast<T>(random.uniform(-1, 1));
  return values;
}

}  // namespace equicloud::kernels
