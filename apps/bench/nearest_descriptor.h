// SPDX-License-Identifier: BSD-3-Clause
// Classification by the nearest stored descriptor, as PCL's users do it.
#pragma once

#include <equicloud/base/executor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::bench {

enum class Distance {
  chi_square,  ///< sum (a_i - b_i)^2 / (a_i + b_i), bins where both are 0 left out
  euclidean,
};
const char* name_of(Distance distance) noexcept;

struct Labelled {
  std::vector<std::vector<float>> descriptors;  ///< all as long as the first
  std::vector<std::uint32_t> labels;
};

/// The distance (euclidean: its square) of the first `bins` numbers.
float distance(Distance kind, const float* a, const float* b, std::size_t bins);

/// The label of the stored descriptor nearest to each, ties to the first. Brute force.
/// @param bins  first numbers of a descriptor that count; at most its length
std::vector<std::uint32_t> nearest_labels(const std::vector<std::vector<float>>& asked,
                                          const Labelled& stored, Distance kind, std::size_t bins,
                                          const Executor& executor);

}  // namespace equicloud::bench
