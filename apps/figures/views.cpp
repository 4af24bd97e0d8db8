// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/layout.h>
#include <figures/views.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace equicloud::figures {
namespace {

// The value below which this share of the finite ones lies.
double quantile(std::vector<double> values, double share) {
  values.erase(
      std::remove_if(values.begin(), values.end(), [](double v) { return !std::isfinite(v); }),
      values.end());
  if (values.empty()) return 0.0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Coloring in_range(const std::string& label, const std::vector<double>& values) {
  const double low = quantile(values, 0.01);
  const double high = quantile(values, 0.99);
  return {label, values, ColorMap::sequential, low, high > low ? high : low + 1.0};
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::vector<double> coordinate(const Cloud& cloud, std::size_t axis) {
  std::vector<double> values;
  for (const Point& p : cloud.positions) values.push_back(p[axis]);
  return values;
}

// The box of the cloud without its strays.
struct Box {
  Point middle{}, half{};
};

Box box_of(const Cloud& cloud) {
  Box box;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::vector<double> values = coordinate(cloud, axis);
    const double low = quantile(values, 0.02);
    const double high = quantile(values, 0.98);
    box.middle[axis] = 0.5 * (low + high);
    box.half[axis] = std::max(1e-6, 0.5 * (high - low));
  }
  return box;
}

Camera outside_view(const Box& box, int width, int height) {
  const double size = std::hypot(box.half[0], box.half[1], box.half[2]);
  const bool along_x = box.half[0] >= box.half[1];
  const double azimuth =
      along_x ? -2.0 : -1.1;  // radians: across the longer side, a little from one end
  const double away = 2.6 * size;
  const Point eye{box.middle[0] + away * 0.8 * std::cos(azimuth),
                  box.middle[1] + away * 0.8 * std::sin(azimuth), box.middle[2] + 0.6 * away};
  return Camera::perspective(eye, box.middle, 40.0, width, height);
}

std::vector<double> numbers_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<double> numbers;
  std::string word;
  while (std::getline(stream, word, ',')) {
    try {
      std::size_t used = 0;
      numbers.push_back(std::stod(word, &used));
      if (used != word.size()) return {};
    } catch (const std::exception&) {
      return {};
    }
  }
  return numbers;
}

}  // namespace

Coloring by_height(const Cloud& cloud) { return in_range("height (m)", coordinate(cloud, 2)); }

Coloring by_field(const Cloud& cloud, const std::string& name) {
  const std::vector<double>& values = cloud.field(name);
  if (ends_with(name, "score") || name == "truth" || name == "outlier") {
    return {name, values, ColorMap::score, 0.0, 1.0};
  }
  return in_range(name, values);
}

Camera parse_view(const std::string& view, const Cloud& cloud, int width, int height) {
  const Box box = box_of(cloud);
  if (view == "auto") return outside_view(box, width, height);
  if (view == "top") {
    const double span = 2.1 * std::max(box.half[0], box.half[1] * width / height);
    return Camera::orthographic(box.middle, -90.0, 90.0, span, width, height);
  }
  const std::vector<double> n = numbers_of(view);
  if (n.size() != 6 && n.size() != 7) {
    throw InvalidArgument(
        "view is '" + view +
        "', expected auto, top, or eye_x,eye_y,eye_z,target_x,target_y,target_z[,field_deg]");
  }
  return Camera::perspective({n[0], n[1], n[2]}, {n[3], n[4], n[5]}, n.size() == 7 ? n[6] : 60.0,
                             width, height);
}

double growth_distance(const Cloud& cloud) {
  const Box box = box_of(cloud);
  return std::hypot(box.half[0], box.half[1], box.half[2]) / 3.0;
}

std::vector<Dot> dots_of(const Cloud& cloud, const Coloring* coloring,
                         const std::vector<bool>& keep, double radius_px) {
  std::vector<Dot> dots;
  for (std::size_t i = 0; i < cloud.positions.size(); ++i) {
    if (!keep.empty() && !keep[i]) continue;
    Dot dot{cloud.positions[i], Color{160, 165, 175}, radius_px};
    if (coloring != nullptr) {
      dot.color = color_of(
          coloring->map, (coloring->values[i] - coloring->low) / (coloring->high - coloring->low));
    } else if (!cloud.colors.empty()) {
      dot.color = cloud.colors[i];
    }
    dots.push_back(dot);
  }
  return dots;
}

Image before_after(const Cloud& cloud, const std::vector<float>& probability, double threshold,
                   const std::string& view, int width, int height) {
  const Camera camera = parse_view(view, cloud, width, height);
  PictureStyle style;
  style.width = width;
  style.height = height;
  style.grow = growth_distance(cloud);
  const double radius = 0.9;
  const Coloring height_colors = by_height(cloud);
  const Coloring score_colors{
      "outlier probability", {probability.begin(), probability.end()}, ColorMap::score, 0.0, 1.0};
  std::vector<bool> kept(probability.size());
  std::size_t removed = 0;
  std::vector<Dot> scored = dots_of(cloud, &score_colors, {}, radius);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i] = probability[i] <= threshold;
    removed += probability[i] > threshold ? 1 : 0;
    if (probability[i] > threshold) scored[i].radius_px = 2.0 * radius;
  }
  std::vector<Panel> panels;
  panels.push_back({draw_cloud(dots_of(cloud, &height_colors, {}, radius), camera, style), "scan"});
  panels.push_back({draw_cloud(scored, camera, style), "outlier probability"});
  panels.push_back({draw_cloud(dots_of(cloud, &height_colors, kept, radius), camera, style),
                    "cleaned: " + std::to_string(removed) + " points removed"});
  draw_legend(panels[0].picture, 8, height - 8, height_colors.map, height_colors.low,
              height_colors.high, height_colors.label);
  draw_legend(panels[1].picture, 8, height - 8, score_colors.map, 0.0, 1.0, score_colors.label);
  return side_by_side(panels);
}

}  // namespace equicloud::figures
