// SPDX-License-Identifier: BSD-3-Clause
// From a session to what is drawn: which points, and in which colours.
#pragma once

#include "viewer/session.h"

#include <figures/color_map.h>

#include <optional>
#include <string>
#include <vector>

namespace equicloud::viewer {

/// The numbers of a colouring, for the legend: null where colours stand for no number.
struct Legend {
  figures::ColorMap map = figures::ColorMap::sequential;
  double low = 0.0, high = 1.0;
  std::string label;
};

struct Painting {
  std::vector<std::uint32_t> points;    ///< numbers of those drawn, ascending
  std::vector<figures::Color> colours;  ///< one a drawn point
  std::optional<Legend> legend;
  std::size_t shown = 0;  ///< points that would be drawn without the limit
};

/// The colours of things that are not ground: twelve that are told apart easily, in turn.
figures::Color thing_colour(std::size_t thing) noexcept;
constexpr figures::Color kUnknownColour{150, 150, 150};
/// Outliers that are marked.
constexpr figures::Color kMarked{255, 60, 60};

/// @param most  points drawn at most, evenly spread
/// Cost: O(n).
Painting paint(const Session& session, std::size_t most);

}  // namespace equicloud::viewer
