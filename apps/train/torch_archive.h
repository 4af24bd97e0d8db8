// SPDX-License-Identifier: BSD-3-Clause
// A checkpoint: modules, the optimiser's state, the step and the curve in a torch archive, with a
// line that says which run it belongs to.
#pragma once

#include <torch/torch.h>
#include <train/curve.h>

#include <string>
#include <utility>
#include <vector>

namespace equicloud::train {

using NamedModules = std::vector<std::pair<std::string, torch::nn::Module*>>;

/// Whole or not at all. Throws IoError.
void save_archive(const std::string& path, const std::string& identity, std::int64_t step,
                  const std::vector<CurveRow>& curve, const NamedModules& modules,
                  const torch::optim::Optimizer& optimizer);

/// @returns the step. Throws IoError, FormatError (not a checkpoint, or of another identity).
std::int64_t load_archive(const std::string& path, const std::string& identity,
                          torch::Device device, std::vector<CurveRow>& curve,
                          const NamedModules& modules, torch::optim::Optimizer& optimizer);

}  // namespace equicloud::train
