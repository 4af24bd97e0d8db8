// SPDX-License-Identifier: BSD-3-Clause
// Numbers to colours, even to the eye: both maps are paths through OKLab (Ottosson 2020) whose
// lightness rises in proportion to the value.
#pragma once

#include <figures/image.h>

namespace equicloud::figures {

enum class ColorMap {
  sequential,  ///< dark violet - blue - green - yellow: heights, any quantity
  score,  ///< muted slate - orange - bright yellow: few high values stand out against many low ones
};

/// @param t  0 .. 1, clamped; NaN gives a mid grey
Color color_of(ColorMap map, double t) noexcept;
/// Perceived lightness L of OKLab, 0 black to 1 white.
double lightness(Color color) noexcept;

}  // namespace equicloud::figures
