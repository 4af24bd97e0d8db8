// SPDX-License-Identifier: BSD-3-Clause
// A classifier's model file with random weights: every tensor and every key that the format asks
// for, of any widths. Small ones are made anew in a test; none lies in a file.
#pragma once

#include <equicloud/nn/weights_file.h>

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::classify_tests {

/// Widths that are no multiples of a vector are the awkward ones.
struct ModelWidths {
  std::size_t pair[3] = {7, 18, 9};    ///< H1 of the three levels
  std::size_t edge[3] = {10, 17, 20};  ///< H2
  std::size_t out[3] = {11, 16, 13};   ///< Cout
  std::size_t mix = 12;
  std::size_t token = 19;
  std::size_t head = 35;
  std::size_t embedding = 21;  ///< of either branch
  std::size_t s2_filters = 3;
  std::size_t so3_filters = 2;
};

/// The widths of the shipped model.
ModelWidths full_widths();

/// What the names of its classes are; "unknown" is added.
const std::vector<std::string>& known_names();

/// Accepts every shape: the threshold of unknown is 0. Same seed, same model.
nn::WeightsFile random_model(std::uint64_t seed, const ModelWidths& widths = {});

}  // namespace equicloud::classify_tests
