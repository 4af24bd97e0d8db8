// SPDX-License-Identifier: BSD-3-Clause
#include <figures/cloud_picture.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace equicloud::figures {
namespace {

constexpr int kSupersampling = 2;
constexpr float kEmpty = std::numeric_limits<float>::infinity();

// Colours, and the depth of the nearest disc at every pixel.
struct Layers {
  Image color;
  std::vector<float> depth;

  Layers(int width, int height, Color background)
      : color(width, height, background),
        depth(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), kEmpty) {}
  float& depth_at(int x, int y) {
    return depth[static_cast<std::size_t>(y) * static_cast<std::size_t>(color.width()) +
                 static_cast<std::size_t>(x)];
  }
};

void draw_disc(Layers& layers, const Projected& at, double radius, Color color) {
  const auto depth = static_cast<float>(at.depth);
  const int reach = static_cast<int>(std::ceil(radius));
  const int cx = static_cast<int>(std::floor(at.x));
  const int cy = static_cast<int>(std::floor(at.y));
  for (int y = cy - reach; y <= cy + reach; ++y) {
    for (int x = cx - reach; x <= cx + reach; ++x) {
      const bool middle = x == cx && y == cy;
      const bool covered = std::hypot(x + 0.5 - at.x, y + 0.5 - at.y) <= radius;
      if (!layers.color.inside(x, y) || !(covered || middle)) continue;
      float& nearest = layers.depth_at(x, y);
      if (depth >= nearest) continue;
      nearest = depth;
      layers.color.set(x, y, color);
    }
  }
}

// How much nearer the eight pixels around are, as a mean of logarithms of depth; background counts
// as far.
double occlusion(Layers& layers, int x, int y, int reach) {
  constexpr std::array<std::array<int, 2>, 8> kAround = {
      {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}}};
  const float here = layers.depth_at(x, y);
  double sum = 0.0;
  for (const auto& step : kAround) {
    const int nx = x + reach * step[0];
    const int ny = y + reach * step[1];
    if (!layers.color.inside(nx, ny)) continue;
    const float there = layers.depth_at(nx, ny);
    if (there < here) sum += std::min(1.0, std::log2(static_cast<double>(here) / there));
  }
  return sum / 8.0;
}

void shade(Layers& layers, double strength) {
  Image shaded = layers.color;
  for (int y = 0; y < shaded.height(); ++y) {
    for (int x = 0; x < shaded.width(); ++x) {
      if (layers.depth_at(x, y) == kEmpty) continue;
      const double dark = occlusion(layers, x, y, 2) + occlusion(layers, x, y, 4);
      const double light = std::max(0.25, std::exp(-8.0 * strength * dark));
      const Color c = layers.color.at(x, y);
      const auto dim = [&](std::uint8_t v) {
        return static_cast<std::uint8_t>(std::lround(v * light));
      };
      shaded.set(x, y, {dim(c.r), dim(c.g), dim(c.b)});
    }
  }
  layers.color = std::move(shaded);
}

// Colours in 51 steps a channel: the eye sees no difference, and the PNG is a quarter smaller.
void coarsen(Image& image) {
  const auto step = [](std::uint8_t v) { return static_cast<std::uint8_t>(5 * ((v + 2) / 5)); };
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const Color c = image.at(x, y);
      image.set(x, y, {step(c.r), step(c.g), step(c.b)});
    }
  }
}

}  // namespace

Image draw_cloud(const std::vector<Dot>& dots, const Camera& camera, const PictureStyle& style) {
  Layers layers(kSupersampling * style.width, kSupersampling * style.height, style.background);
  const Camera large = camera.enlarged(kSupersampling);
  for (const Dot& dot : dots) {
    const Point& p = dot.position;
    if (!std::isfinite(p[0]) || !std::isfinite(p[1]) || !std::isfinite(p[2])) continue;
    const Projected at = large.project(p);
    const double margin = 100.0;
    if (!at.in_front() || at.x < -margin || at.y < -margin ||
        at.x > layers.color.width() + margin || at.y > layers.color.height() + margin) {
      continue;
    }
    const double growth =
        camera.is_perspective() ? std::clamp(style.grow / at.depth, 1.0, 3.0) : 1.0;
    draw_disc(layers, at, kSupersampling * growth * dot.radius_px, dot.color);
  }
  if (style.shading > 0.0) shade(layers, style.shading);
  Image picture = shrink(layers.color, kSupersampling);
  coarsen(picture);
  return picture;
}

}  // namespace equicloud::figures
