// SPDX-License-Identifier: BSD-3-Clause
// Means over SO(3) of a sampled function after relu, by the grid's quadrature.
#pragma once

#include <equicloud/so3/grid.h>

namespace equicloud::classify {

struct ReluMeans {
  float mean;         ///< of max(0, g)
  float mean_square;  ///< of max(0, g)^2
};

/// @param values  grid.samples() numbers, as so3/grid.h orders them
/// Each plane in float, planes in double, in their order. relu has a kink, so the quadrature is not
/// exact; mean_square, whose slope has one, is the better of the two.
ReluMeans relu_means(const so3::Grid& grid, const float* values) noexcept;

}  // namespace equicloud::classify
