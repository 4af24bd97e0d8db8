// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/charts.h"

#include "cli/wording.h"

#include <figures/text.h>

#include <algorithm>
#include <cmath>

namespace equicloud::viewer {
namespace {

using figures::Color;
using figures::Image;

constexpr Color kPlate{40, 43, 50};
constexpr Color kPale{225, 227, 232};
constexpr Color kKept{95, 125, 160};
constexpr Color kLine{255, 255, 255};
constexpr Color kBar{86, 180, 233};
constexpr Color kNoPoint{22, 22, 26};
constexpr int kMargin = 6;
constexpr int kTicks = 5;

// Numbers at even places below a bar from x to x + width.
void draw_ticks(Image& image, int x, int y, int width, double low, double high) {
  for (int i = 0; i < kTicks; ++i) {
    const double t = static_cast<double>(i) / (kTicks - 1);
    const std::string number =
        figures::short_number(low + t * (high - low), (high - low) / (4.0 * (kTicks - 1)));
    const int shift = static_cast<int>(t * figures::text_width(number, 1));
    figures::draw_text(image, x + static_cast<int>(t * width) - shift, y, number, kPale, 1);
  }
}

Color grey(double t) noexcept { return figures::color_of(figures::ColorMap::sequential, t); }

void draw_map(Image& image, int x, int y, int scale, const std::vector<float>& map) {
  const float high = std::max(1e-9F, *std::max_element(map.begin(), map.end()));
  for (int row = 0; row < kMapHeight; ++row)
    for (int column = 0; column < kMapWidth; ++column) {
      const float value = map[static_cast<std::size_t>(row * kMapWidth + column)];
      image.fill(x + scale * column, y + scale * row, scale, scale,
                 grey(static_cast<double>(value / high)));
    }
}

}  // namespace

Image draw_histogram(const std::vector<std::size_t>& bins, float threshold, int width, int height) {
  Image image(width, height, kPlate);
  const int floor = height - kMargin - figures::text_height(1) - 3;
  const int inner = width - 2 * kMargin;
  const auto most = static_cast<double>(
      bins.empty() ? 1 : std::max<std::size_t>(1, *std::max_element(bins.begin(), bins.end())));
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double share = std::sqrt(static_cast<double>(bins[i]) / most);
    const int bar = bins[i] == 0 ? 0 : std::max(1, static_cast<int>(share * (floor - kMargin)));
    const int left = kMargin + inner * static_cast<int>(i) / static_cast<int>(bins.size());
    const int right = kMargin + inner * static_cast<int>(i + 1) / static_cast<int>(bins.size());
    const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(bins.size());
    image.fill(left, floor - bar, std::max(1, right - left - 1), bar,
               middle > static_cast<double>(threshold) ? kMarked : kKept);
  }
  image.fill(kMargin + static_cast<int>(threshold * static_cast<float>(inner)), kMargin, 1,
             floor - kMargin, kLine);
  draw_ticks(image, kMargin, floor + 3, inner, 0.0, 1.0);
  return image;
}

Image draw_guesses(const classify::Classification& it, const std::vector<std::string>& classes,
                   int width) {
  constexpr std::size_t kGuesses = 5;
  constexpr int kRow = 20;
  const std::vector<classify::Guess> top = it.top(kGuesses);
  Image image(width, kRow * static_cast<int>(std::max<std::size_t>(1, top.size())) + kMargin,
              kPlate);
  if (top.empty())
    figures::draw_text(image, kMargin, kMargin, "the networks were not asked", kPale, 1);
  const int names = 100, inner = width - names - 2 * kMargin - 30;
  for (std::size_t i = 0; i < top.size(); ++i) {
    const int y = kMargin / 2 + kRow * static_cast<int>(i);
    const bool unknown = top[i].label + 1 == classes.size();
    figures::draw_text(image, kMargin, y + 6, classes[top[i].label], kPale, 1);
    image.fill(names, y + 3,
               std::max(1, static_cast<int>(top[i].probability * static_cast<float>(inner))),
               kRow - 6, unknown ? kUnknownColour : kBar);
    figures::draw_text(image, width - kMargin - 28, y + 6,
                       cli::fixed(static_cast<double>(top[i].probability), 2), kPale, 1);
  }
  return image;
}

Image draw_organised(const Painting& painting, PointsView points, std::size_t columns, int side) {
  const std::size_t rows = points.size / columns, most = static_cast<std::size_t>(side);
  const std::size_t step = (std::max(columns, rows) + most - 1) / most;
  Image image(static_cast<int>((columns + step - 1) / step),
              static_cast<int>((rows + step - 1) / step), kNoPoint);
  for (std::size_t k = 0; k < painting.points.size(); ++k) {
    const std::size_t point = painting.points[k];
    const std::size_t row = point / columns, column = point % columns;
    if (row % step != 0 || column % step != 0 || !is_finite(points[point])) continue;
    image.set(static_cast<int>(column / step), static_cast<int>(row / step), painting.colours[k]);
  }
  return image;
}

Image draw_legend_bar(const Legend& legend, int width) {
  constexpr int kBarHeight = 12;
  const int text = figures::text_height(1);
  Image image(width, 2 * text + kBarHeight + 4 * kMargin, kPlate);
  figures::draw_text(image, kMargin, kMargin, legend.label, kPale, 1);
  const int inner = width - 2 * kMargin, top = 2 * kMargin + text;
  for (int i = 0; i < inner; ++i)
    image.fill(kMargin + i, top, 1, kBarHeight, color_of(legend.map, (i + 0.5) / inner));
  draw_ticks(image, kMargin, top + kBarHeight + kMargin / 2, inner, legend.low, legend.high);
  return image;
}

Image draw_signals(const SphericalSignals& signals, int width) {
  constexpr int kColumns = 4;
  const int scale = std::max(1, (width - (kColumns + 1) * kMargin) / (kColumns * kMapWidth));
  const int cell_w = scale * kMapWidth + kMargin, cell_h = scale * kMapHeight + kMargin;
  const int rows = static_cast<int>(classify::kShells) / kColumns;
  constexpr int kSpectrum = 60;
  Image image(width, rows * cell_h + kSpectrum + 3 * kMargin + figures::text_height(1), kPlate);
  for (std::size_t i = 0; i < signals.shells.size(); ++i)
    draw_map(image, kMargin + static_cast<int>(i) % kColumns * cell_w,
             kMargin + static_cast<int>(i) / kColumns * cell_h, scale, signals.shells[i]);
  const double most =
      std::max(1e-12, *std::max_element(signals.power.begin(), signals.power.end()));
  const int floor = rows * cell_h + kMargin + kSpectrum;
  const int step = (width - 2 * kMargin) / static_cast<int>(signals.power.size());
  for (std::size_t l = 0; l < signals.power.size(); ++l) {
    const int x = kMargin + static_cast<int>(l) * step;
    const int bar = std::max(1, static_cast<int>(std::sqrt(signals.power[l] / most) * kSpectrum));
    image.fill(x, floor - bar, step - 3, bar, kBar);
    figures::draw_text(image, x, floor + 3, std::to_string(l), kPale, 1);
  }
  return image;
}

void draw_label(Image& image, int x, int y, const std::string& text, Color colour, int scale) {
  const int width = figures::text_width(text, scale) + 2 * kMargin;
  const int height = figures::text_height(scale) + 2 * kMargin;
  const int left = std::clamp(x - width / 2, 0, std::max(0, image.width() - width));
  const int top = std::clamp(y - height / 2, 0, std::max(0, image.height() - height));
  image.fill(left, top, width, height, kPlate);
  image.frame(left, top, width, height, colour);
  figures::draw_text(image, left + kMargin, top + kMargin, text, colour, scale);
}

}  // namespace equicloud::viewer
