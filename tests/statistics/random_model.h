// SPDX-License-Identifier: BSD-3-Clause
// An estimator's model file with random weights: every tensor and key that the format asks for.
#pragma once

#include <equicloud/nn/weights_file.h>

#include <cstdint>

namespace equicloud::statistics_tests {

/// Same seed, same model. Widths are no multiples of a vector.
nn::WeightsFile random_model(std::uint64_t seed);

}  // namespace equicloud::statistics_tests
