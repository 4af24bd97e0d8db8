// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/palette.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

std::uint8_t channel(double value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

MaterialId add_near(Scene& scene, Random& random, double r, double g, double b,
                    double reflectivity) {
  const double brighter = random.uniform(-15, 15);
  const double warmer = random.uniform(-6, 6);
  return scene.add_material(
      {{channel(r + brighter + warmer), channel(g + brighter), channel(b + brighter - warmer)},
       reflectivity});
}

}  // namespace

Palette add_palette(Scene& scene, Random& random) {
  const auto near = [&](double r, double g, double b, double reflectivity) {
    return add_near(scene, random, r, g, b, reflectivity);
  };
  Palette p{};
  p.asphalt = near(80, 80, 84, 0.12);
  p.pavement = near(150, 146, 138, 0.30);
  p.plaster = near(205, 190, 160, 0.55);
  p.brick = near(160, 90, 70, 0.35);
  p.glass = near(60, 75, 90, 0.06);
  p.metal = near(130, 134, 140, 0.45);
  p.paint = near(190, 60, 50, 0.40);
  p.white = near(225, 225, 220, 0.80);
  p.wood = near(150, 105, 65, 0.45);
  p.fabric = near(90, 105, 150, 0.50);
  p.bark = near(90, 72, 55, 0.30);
  p.leaf = near(75, 125, 55, 0.50);
  p.grass = near(95, 130, 65, 0.45);
  p.rubber = near(40, 40, 42, 0.08);
  p.skin = near(200, 155, 130, 0.50);
  p.tile = near(165, 85, 60, 0.30);
  return p;
}

MaterialId add_bright(Scene& scene, Random& random) {
  double rgb[3] = {random.uniform(50, 100), random.uniform(70, 150), random.uniform(120, 190)};
  std::swap(rgb[0], rgb[random.below(3)]);
  std::swap(rgb[1], rgb[random.below(3)]);
  return scene.add_material(
      {{channel(rgb[0]), channel(rgb[1]), channel(rgb[2])}, random.uniform(0.2, 0.7)});
}

}  // namespace equicloud::simulate
