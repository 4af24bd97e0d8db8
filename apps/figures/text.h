// SPDX-License-Identifier: BSD-3-Clause
// Short captions and numbers in a 5 x 7 bitmap font, printable ASCII.
#pragma once

#include <figures/image.h>

#include <string>

namespace equicloud::figures {

/// Width in pixels of a line of text at a scale (1: letters 5 x 7, 6 apart).
int text_width(const std::string& text, int scale) noexcept;
/// Height of its letters in pixels.
constexpr int text_height(int scale) noexcept { return 7 * scale; }
/// Draws with the upper left corner at (x, y); characters outside ASCII become '?'.
void draw_text(Image& image, int x, int y, const std::string& text, Color color, int scale = 1);
/// Digits enough to tell numbers `step` apart, or three without it: 0.25, 10, 1e-05.
std::string short_number(double value, double step = 0.0);

}  // namespace equicloud::figures
