// SPDX-License-Identifier: BSD-3-Clause
// The small pictures of the panel and what is written into screenshots.
#pragma once

#include "viewer/paint.h"
#include "viewer/signals.h"

#include <figures/image.h>

#include <string>
#include <vector>

namespace equicloud::viewer {

/// Bars of the score histogram, heights as square roots so that few outliers are seen beside many
/// points, bars above the threshold in the colour of outliers, the threshold as a line.
figures::Image draw_histogram(const std::vector<std::size_t>& bins, float threshold, int width,
                              int height);

/// The five likeliest classes with their probabilities as bars.
figures::Image draw_guesses(const classify::Classification& it,
                            const std::vector<std::string>& classes, int width);

/// The colours of a legend with five numbers.
figures::Image draw_legend_bar(const Legend& legend, int width);

/// An organised scan as the image that it is, in the colours it is drawn in; what is not finite or
/// not drawn is dark. Every so many rows and columns, so that it fits into a square.
/// @param painting  of all points, without a limit
/// @param points    rows x columns, row by row; columns >= 1
/// @param side      of the square, pixels
figures::Image draw_organised(const Painting& painting, PointsView points, std::size_t columns,
                              int side);

/// Shells as small maps, inmost first, and the power of each degree below.
figures::Image draw_signals(const SphericalSignals& signals, int width);

/// A text on a plate, its middle at (x, y); kept inside the image.
void draw_label(figures::Image& image, int x, int y, const std::string& text, figures::Color colour,
                int scale = 2);

}  // namespace equicloud::viewer
