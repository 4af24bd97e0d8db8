// SPDX-License-Identifier: BSD-3-Clause
// Small things to classify, and a model with random weights to do it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::cli_tests {

/// The model of classify/random_model.h: "bench", "chair", "night_stand", "vase", "unknown".
void save_random_classifier(const std::string& path);

/// A noisy ellipsoid of so many points, and strays far from it.
void save_ball(const std::string& path, int points, std::uint64_t seed, int strays = 0);

/// A level ground of 20 x 20 m, z up, and noisy balls of so many points standing on it, far apart.
void save_scene(const std::string& path, const std::vector<int>& points);

}  // namespace equicloud::cli_tests
