// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/plot.h>
#include <figures/text.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace equicloud::figures {
namespace {

// Okabe & Ito 2008: told apart by colour-blind eyes too.
constexpr std::array<Color, 6> kColors = {
    {{0, 114, 178}, {213, 94, 0}, {0, 158, 115}, {204, 121, 167}, {230, 159, 0}, {86, 180, 233}}};
constexpr int kTextScale = 2;
constexpr int kTick = 6;

// One axis: values to pixels.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  Scale scale = Scale::linear;

  bool shows(double v) const { return std::isfinite(v) && (scale == Scale::linear || v > 0.0); }
  double flat(double v) const { return scale == Scale::linear ? v : std::log10(v); }
  void include(double v) {
    low = std::min(low, v);
    high = std::max(high, v);
  }
  // A little air at both ends, and no empty range.
  void widen(double share) {
    const double size = flat(high) - flat(low);
    const double more = size > 0.0 ? share * size : std::max(0.5, 0.1 * std::abs(flat(low)));
    const double a = flat(low) - more;
    const double b = flat(high) + more;
    low = scale == Scale::linear ? a : std::pow(10.0, a);
    high = scale == Scale::linear ? b : std::pow(10.0, b);
  }
  double share(double v) const { return (flat(v) - flat(low)) / (flat(high) - flat(low)); }
};

struct Frame {
  int left, top, width, height;
  Range x, y;

  double px(double v) const { return left + x.share(v) * width; }
  double py(double v) const { return top + (1.0 - y.share(v)) * height; }
};

Range range_of(const std::vector<Curve>& curves, bool of_x, const PlotStyle& style) {
  Range range;
  range.scale = of_x ? style.x.scale : style.y.scale;
  Range x;
  x.scale = style.x.scale;
  Range y;
  y.scale = style.y.scale;
  for (const Curve& curve : curves) {
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      if (x.shows(curve.x[i]) && y.shows(curve.y[i])) range.include(of_x ? curve.x[i] : curve.y[i]);
    }
  }
  if (range.low > range.high) throw InvalidArgument("plot: there is no finite point to draw");
  range.widen(of_x ? 0.01 : 0.05);
  return range;
}

double tick_step(const std::vector<double>& at) { return at.size() > 1 ? at[1] - at[0] : 0.0; }

void draw_axes(Image& image, const Frame& frame, const PlotStyle& style) {
  const int bottom = frame.top + frame.height;
  const auto numbers_of = [](double v, const std::vector<double>& at, Scale scale) {
    return short_number(v, scale == Scale::linear ? tick_step(at) : v);
  };
  const auto x_ticks = ticks(frame.x.low, frame.x.high, style.x.scale);
  for (const double v : x_ticks) {
    const int at = static_cast<int>(std::lround(frame.px(v)));
    image.fill(at, frame.top, 1, frame.height, kFaint);
    image.fill(at, bottom, 1, kTick, kInk);
    const std::string number = numbers_of(v, x_ticks, style.x.scale);
    draw_text(image, at - text_width(number, kTextScale) / 2, bottom + kTick + 4, number, kInk,
              kTextScale);
  }
  const auto y_ticks = ticks(frame.y.low, frame.y.high, style.y.scale);
  for (const double v : y_ticks) {
    const int at = static_cast<int>(std::lround(frame.py(v)));
    image.fill(frame.left, at, frame.width, 1, kFaint);
    image.fill(frame.left - kTick, at, kTick, 1, kInk);
    const std::string number = numbers_of(v, y_ticks, style.y.scale);
    draw_text(image, frame.left - kTick - 4 - text_width(number, kTextScale),
              at - text_height(kTextScale) / 2, number, kInk, kTextScale);
  }
  image.frame(frame.left, frame.top, frame.width + 1, frame.height + 1, kInk);
  draw_text(image, frame.left + (frame.width - text_width(style.x.label, kTextScale)) / 2,
            image.height() - text_height(kTextScale) - 8, style.x.label, kInk, kTextScale);
  draw_text(image, 10, frame.top - text_height(kTextScale) - 10, style.y.label, kInk, kTextScale);
  draw_text(image, frame.left + (frame.width - text_width(style.title, kTextScale)) / 2, 12,
            style.title, kInk, kTextScale);
}

void draw_curve(Image& image, const Frame& frame, const Curve& curve, Color color) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  double last_x = none;
  double last_y = none;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (!frame.x.shows(curve.x[i])) continue;
    if (!frame.y.shows(curve.y[i])) {
      last_x = none;
      continue;
    }
    const double x = frame.px(curve.x[i]);
    const double y = frame.py(curve.y[i]);
    if (std::isnan(last_x)) {
      image.line(x, y, x, y, color, 4.0);
    } else {
      image.line(last_x, last_y, x, y, color, 2.0);
    }
    last_x = x;
    last_y = y;
  }
}

int key_width(const std::vector<Curve>& curves) {
  int widest = 0;
  for (const Curve& curve : curves) widest = std::max(widest, text_width(curve.name, kTextScale));
  return widest + 56;
}

void draw_key(Image& image, const Frame& frame, bool beside, const std::vector<Curve>& curves) {
  const int row = text_height(kTextScale) + 8;
  const int width = key_width(curves);
  const int height = row * static_cast<int>(curves.size()) + 8;
  const int left = frame.left + frame.width + (beside ? 10 : -width - 10);
  const int top = frame.top + 10;
  image.fill(left, top, width, height, kWhite);
  image.frame(left, top, width, height, kFaint);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const int y = top + 8 + row * static_cast<int>(i);
    const double middle = y + 0.5 * text_height(kTextScale);
    image.line(left + 8, middle, left + 36, middle, kColors[i % kColors.size()], 3.0);
    draw_text(image, left + 46, y, curves[i].name, kInk, kTextScale);
  }
}

std::vector<double> linear_ticks(double low, double high) {
  const double rough = (high - low) / 6.0;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10.0 * power;
  for (const double nice : {5.0, 2.0, 1.0}) {
    if (nice * power >= rough) step = nice * power;
  }
  std::vector<double> at;
  for (double k = std::ceil(low / step); k * step <= high; k += 1.0) at.push_back(k * step);
  return at;
}

}  // namespace

std::vector<double> ticks(double low, double high, Scale scale) {
  if (!(high > low)) return {low};
  if (scale == Scale::linear) return linear_ticks(low, high);
  const double decades = std::log10(high / low);
  std::vector<double> at;
  for (int k = static_cast<int>(std::floor(std::log10(low))); std::pow(10.0, k) <= high; ++k) {
    for (const double fold : {1.0, 2.0, 5.0}) {
      const double v = fold * std::pow(10.0, k);
      if (v >= low && v <= high && (fold == 1.0 || decades < 2.0)) at.push_back(v);
    }
  }
  return at.size() > 1 ? at : linear_ticks(low, high);
}

Image draw_plot(const std::vector<Curve>& curves, const PlotStyle& style) {
  for (const Curve& curve : curves) {
    if (curve.x.size() == curve.y.size()) continue;
    throw InvalidArgument("plot: curve " + curve.name + " has " + std::to_string(curve.x.size()) +
                          " x and " + std::to_string(curve.y.size()) + " y, expected as many");
  }
  Image image(style.width, style.height);
  const int top = style.title.empty() && style.y.label.empty() ? 24 : 64;
  const Frame frame{96,
                    top,
                    style.width - 96 - 44 - (style.key_beside ? key_width(curves) : 0),
                    style.height - top - 68,
                    range_of(curves, true, style),
                    range_of(curves, false, style)};
  draw_axes(image, frame, style);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    draw_curve(image, frame, curves[i], kColors[i % kColors.size()]);
  }
  draw_key(image, frame, style.key_beside, curves);
  return image;
}

}  // namespace equicloud::figures
