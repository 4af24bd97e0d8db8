// SPDX-License-Identifier: BSD-3-Clause
// A shape and its axes as spherical_features.h reads them. Internal to the room.
#pragma once

#include <equicloud/classify/axes.h>
#include <equicloud/classify/shape.h>
#include <equicloud/classify/spherical_features.h>

namespace equicloud::classify {

/// Views into both.
inline SphericalPoints spherical_points(const Shape& shape, const Axes& axes) {
  return {shape.xyz,
          axes.axis,
          {axes.numbers.data() + kFlat, axes.numbers.size() - kFlat},
          static_cast<std::size_t>(kPointNumbers)};
}

}  // namespace equicloud::classify
