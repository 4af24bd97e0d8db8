// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/paint.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace equicloud::viewer {
namespace {

using figures::Color;

constexpr Color kNoNumber{120, 120, 120};  // NaN
constexpr Color kGround{96, 100, 108};     // of no thing
constexpr double kDim = 0.3;

Color dimmed(Color c) noexcept {
  const auto scale = [](std::uint8_t v) { return static_cast<std::uint8_t>(kDim * v); };
  return {scale(c.r), scale(c.g), scale(c.b)};
}

// Between the 1st and the 99th hundredth of some thousand of the values, so that strays do not
// take up the colours.
Legend between_hundredths(const std::vector<float>& values, std::string label) {
  constexpr std::size_t kSampled = 20000;
  std::vector<float> sample;
  for (std::size_t i = 0; i < values.size(); i += drawing_step(values.size(), kSampled))
    if (std::isfinite(values[i])) sample.push_back(values[i]);
  if (sample.empty()) return {figures::ColorMap::sequential, 0.0, 1.0, std::move(label)};
  std::sort(sample.begin(), sample.end());
  const auto low = static_cast<double>(sample[sample.size() / 100]);
  const auto high = static_cast<double>(sample[sample.size() - 1 - sample.size() / 100]);
  return {figures::ColorMap::sequential, low, high > low ? high : low + 1.0, std::move(label)};
}

std::vector<float> heights(PointsView points) {
  std::vector<float> z(points.size);
  for (std::size_t i = 0; i < z.size(); ++i) z[i] = points[i][2];
  return z;
}

bool is_probability(const std::string& field) {
  const std::string end = "score";
  return field.size() >= end.size() &&
         field.compare(field.size() - end.size(), end.size(), end) == 0;
}

Color mapped(const Legend& legend, float value) noexcept {
  if (std::isnan(value)) return kNoNumber;
  return color_of(legend.map,
                  (static_cast<double>(value) - legend.low) / (legend.high - legend.low));
}

// Numbers to colour by, with their legend; nothing where colours come from elsewhere.
struct Numbers {
  std::vector<float> values;
  std::optional<Legend> legend;
};

Numbers numbers_of(const Session& session) {
  switch (session.colour_by) {
    case ColourBy::height: {
      std::vector<float> z = heights(session.points());
      Legend legend = between_hundredths(z, session.turned() ? "height, turned" : "height");
      return {std::move(z), std::move(legend)};
    }
    case ColourBy::score:
      if (session.scores() == nullptr) return {};
      return {session.scores()->probability,
              Legend{figures::ColorMap::score, 0.0, 1.0, "outlier probability"}};
    case ColourBy::field: {
      Legend legend = between_hundredths(session.field_values, session.field);
      if (is_probability(session.field))
        legend = {figures::ColorMap::score, 0.0, 1.0, session.field};
      return {session.field_values, std::move(legend)};
    }
    case ColourBy::original:
    case ColourBy::thing:
      break;
  }
  return {};
}

std::vector<Color> colours_of_things(const Session& session) {
  std::vector<Color> colours(session.points().size, kGround);
  for (std::size_t t = 0; t < session.things().size(); ++t) {
    const Thing& thing = session.things()[t];
    const Color colour = thing.known() ? thing_colour(t) : kUnknownColour;
    for (const std::uint32_t i : thing.points) colours[i] = colour;
  }
  return colours;
}

std::vector<std::uint32_t> points_to_draw(const Session& session, std::size_t most,
                                          std::size_t& shown) {
  const bool hide = session.outliers == OutlierDisplay::hidden;
  const std::vector<bool>& removed = session.removed();
  shown = hide ? session.counts().kept : removed.size();
  const std::size_t step = drawing_step(shown, most);
  std::vector<std::uint32_t> drawn;
  drawn.reserve(shown / step + 1);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < removed.size(); ++i)
    if ((!hide || !removed[i]) && seen++ % step == 0)
      drawn.push_back(static_cast<std::uint32_t>(i));
  return drawn;
}

}  // namespace

Color thing_colour(std::size_t thing) noexcept {
  static constexpr std::array<Color, 12> colours = {{{86, 180, 233},
                                                     {230, 159, 0},
                                                     {0, 190, 130},
                                                     {240, 228, 66},
                                                     {204, 121, 167},
                                                     {213, 94, 0},
                                                     {130, 150, 255},
                                                     {160, 220, 110},
                                                     {255, 140, 150},
                                                     {120, 220, 220},
                                                     {220, 180, 120},
                                                     {190, 140, 255}}};
  return colours[thing % colours.size()];
}

Painting paint(const Session& session, std::size_t most) {
  Painting painting;
  painting.points = points_to_draw(session, most, painting.shown);
  const Numbers numbers = numbers_of(session);
  painting.legend = numbers.legend;
  const std::vector<Color> given = session.colour_by == ColourBy::thing ? colours_of_things(session)
                                   : session.has_scan()                 ? session.scan().colours
                                                                        : std::vector<Color>{};
  painting.colours.reserve(painting.points.size());
  for (const std::uint32_t i : painting.points) {
    Color colour = numbers.legend     ? mapped(*numbers.legend, numbers.values[i])
                   : i < given.size() ? given[i]
                                      : kNoNumber;
    if (session.removed()[i]) {
      if (session.outliers == OutlierDisplay::marked) colour = kMarked;
      if (session.outliers == OutlierDisplay::dimmed) colour = dimmed(colour);
    }
    painting.colours.push_back(colour);
  }
  return painting;
}

}  // namespace equicloud::viewer
