// SPDX-License-Identifier: BSD-3-Clause
// The classifier's networks as the library reads them: normalisations and input scales folded into
// the weights next to them.
#pragma once

#include <equicloud/nn/weights_file.h>
#include <train/shape_networks.h>

namespace equicloud::train {

/// Tensors set.* and spherical.* (core/CONVENTIONS.md, "Shape classifier"); no metadata. Folding
/// takes the running statistics: logits are those of the networks in evaluation mode.
nn::WeightsFile folded(const SetNetworkImpl& set, const SphericalNetworkImpl& spherical);

/// Adds a tensor to a file, in float.
void add_tensor(nn::WeightsFile& file, const std::string& name, const torch::Tensor& tensor);

}  // namespace equicloud::train
