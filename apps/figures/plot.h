// SPDX-License-Identifier: BSD-3-Clause
// Lines over axes with ticks and numbers.
#pragma once

#include <figures/image.h>

#include <string>
#include <vector>

namespace equicloud::figures {

struct Curve {
  std::string name;
  std::vector<double> x;
  std::vector<double> y;  ///< as many as x; non-finite values break the line
};

enum class Scale { linear, logarithmic };

struct Axis {
  std::string label;
  Scale scale = Scale::linear;  ///< logarithmic: values that are not positive are left out
};

struct PlotStyle {
  int width = 800;
  int height = 480;
  std::string title;
  Axis x, y;
  bool key_beside = false;  ///< the curves' names right of the frame, not in its upper right corner
};

/// Throws InvalidArgument if a curve's x and y differ in length, or no finite point is left to
/// draw.
Image draw_plot(const std::vector<Curve>& curves, const PlotStyle& style);

/// Ticks that a person would choose within [low, high]: multiples of 1, 2 or 5 times a power of
/// ten, at least two where the range allows; on a logarithmic axis powers of ten (and their 2 and 5
/// folds if there are few).
std::vector<double> ticks(double low, double high, Scale scale);

}  // namespace equicloud::figures
