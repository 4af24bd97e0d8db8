// SPDX-License-Identifier: BSD-3-Clause
#include <figures/color_map.h>

#include <algorithm>
#include <cmath>

namespace equicloud::figures {
namespace {

struct Lab {
  double l, a, b;
};

double to_srgb(double linear) {
  const double c = std::clamp(linear, 0.0, 1.0);
  return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1.0 / 2.4) - 0.055;
}

double to_linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double cube(double x) { return x * x * x; }

bool in_gamut(double r, double g, double b) {
  return std::min({r, g, b}) >= -1e-4 && std::max({r, g, b}) <= 1.0001;
}

// Colours that a screen cannot show lose chroma, never lightness.
Color to_color(Lab lab) {
  for (;;) {
    const double l = cube(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
    const double m = cube(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
    const double s = cube(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b);
    const double r = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    const double g = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    const double b = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
    const auto byte = [](double c) {
      return static_cast<std::uint8_t>(std::lround(255.0 * to_srgb(c)));
    };
    if (in_gamut(r, g, b) || std::hypot(lab.a, lab.b) < 1e-3) return {byte(r), byte(g), byte(b)};
    lab.a *= 0.97;
    lab.b *= 0.97;
  }
}

Lab sequential(double t) {
  const double hue = 5.3 - 3.45 * t;  // radians: violet, blue, green, yellow
  const double chroma = 0.13 + 0.06 * t * t;
  return {0.30 + 0.62 * t, chroma * std::cos(hue), chroma * std::sin(hue)};
}

Lab score(double t) {
  // Below a half hardly any chroma: what is likely an inlier stays in the background.
  const double chroma = 0.02 + 0.17 * std::clamp(2.0 * t - 0.3, 0.0, 1.0);
  const double hue = t < 0.3 ? 4.5 : 0.6 + 1.15 * t;
  return {0.42 + 0.46 * t, chroma * std::cos(hue), chroma * std::sin(hue)};
}

}  // namespace

Color color_of(ColorMap map, double t) noexcept {
  if (std::isnan(t)) return {128, 128, 128};
  const double u = std::clamp(t, 0.0, 1.0);
  return to_color(map == ColorMap::sequential ? sequential(u) : score(u));
}

double lightness(Color c) noexcept {
  const double r = to_linear(c.r);
  const double g = to_linear(c.g);
  const double b = to_linear(c.b);
  return 0.2104542553 * std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) +
         0.7936177850 * std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) -
         0.0040720468 * std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
}

}  // namespace equicloud::figures
