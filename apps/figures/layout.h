// SPDX-License-Identifier: BSD-3-Clause
// Pictures side by side with captions, and the bar that says which colour means which number.
#pragma once

#include <figures/color_map.h>
#include <figures/image.h>

#include <string>
#include <vector>

namespace equicloud::figures {

struct Panel {
  Image picture;
  std::string caption;
};

/// Panels of one height in a row, captions above, on white. Throws InvalidArgument if there is none
/// or heights differ.
Image side_by_side(const std::vector<Panel>& panels, int text_scale = 2);

/// A colour bar with numbers at both ends and its middle, on a dark plate, its lower left corner at
/// (x, y).
/// @param label  what the numbers are, with unit
void draw_legend(Image& image, int x, int y, ColorMap map, double low, double high,
                 const std::string& label, int text_scale = 1);
/// Pixels that the plate of draw_legend covers.
struct Size {
  int width, height;
};
Size legend_size(const std::string& label, int text_scale = 1) noexcept;

}  // namespace equicloud::figures
