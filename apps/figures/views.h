// SPDX-License-Identifier: BSD-3-Clause
// Pictures of clouds: one cloud in one colouring, and a scan before and after cleaning.
#pragma once

#include <figures/cloud.h>
#include <figures/cloud_picture.h>
#include <figures/color_map.h>

#include <string>
#include <vector>

namespace equicloud::figures {

/// Numbers of a colouring; NaN is drawn grey.
struct Coloring {
  std::string label;
  std::vector<double> values;  ///< one a point
  ColorMap map = ColorMap::sequential;
  double low = 0.0, high = 1.0;
};

/// By height, between the 1st and 99th hundredth of the finite heights.
Coloring by_height(const Cloud& cloud);
/// By a field in the same way; probabilities (names that end in "score", and truth) from 0 to 1 on
/// the score map.
Coloring by_field(const Cloud& cloud, const std::string& name);

/// "auto" (perspective from outside, over the longer horizontal axis), "top", or numbers
/// "eye_x,eye_y,eye_z,target_x,target_y,target_z[,field_deg]". Throws InvalidArgument on anything
/// else.
Camera parse_view(const std::string& view, const Cloud& cloud, int width, int height);

/// Discs nearer than this look larger: a third of the cloud's half diagonal.
double growth_distance(const Cloud& cloud);

/// Dots in the colours of `coloring` (or the file's own if null). @param keep  points drawn; empty:
/// all
std::vector<Dot> dots_of(const Cloud& cloud, const Coloring* coloring,
                         const std::vector<bool>& keep, double radius_px);

/// Three panels: by height, by outlier probability (outliers larger), and what is left by height.
/// @param probability  one a point; NaN: not finite
Image before_after(const Cloud& cloud, const std::vector<float>& probability, double threshold,
                   const std::string& view, int width, int height);

}  // namespace equicloud::figures
