// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/street_furniture.h>

namespace equicloud::simulate {

void add_car(Scene& scene, const Palette& palette, const Pose& pose, Random& random) {
  const MaterialId body = add_bright(scene, random);
  const double half = random.uniform(1.9, 2.4);
  const double wide = random.uniform(0.82, 0.95);
  const double roof = random.uniform(0.28, 0.55);
  add_superquadric(scene, body, pose, {0, 0, 0.62}, {half, wide, 0.36}, random.uniform(4, 8), 12);
  add_superquadric(scene, palette.glass, pose, {-0.1 * half, 0, 0.98},
                   {0.6 * half, 0.88 * wide, 0.16 + roof}, random.uniform(3, 5), 12);
  for (const double x : {-0.62 * half, 0.62 * half}) {
    for (const double side : {-1.0, 1.0}) {
      add_cylinder(scene, palette.rubber, pose.at({x, side * (wide - 0.2), 0.32}),
                   pose.at({x, side * (wide + 0.01), 0.32}), 0.32);
    }
  }
  for (const double side : {-1.0, 1.0}) {
    add_box(scene, body, pose, {0.35 * half, side * (wide + 0.08), 0.98}, {0.05, 0.09, 0.07});
  }
}

void add_lamp_post(Scene& scene, const Palette& palette, const Pose& pose, double height) {
  add_cone(scene, palette.metal, pose.at({0, 0, -0.2}), pose.at({0, 0, height}), 0.085, 0.05);
  add_cone(scene, palette.metal, pose.at({0, 0, -0.2}), pose.at({0, 0, 0.9}), 0.12, 0.12);
  add_cone(scene, palette.metal, pose.at({0, 0, height - 0.1}), pose.at({1.4, 0, height + 0.2}),
           0.035, 0.03);
  add_box(scene, palette.white, pose, {1.6, 0, height + 0.2}, {0.3, 0.11, 0.05});
}

void add_sign(Scene& scene, const Palette& palette, const Pose& pose, Random& random) {
  const double height = random.uniform(2.0, 2.8);
  add_cone(scene, palette.metal, pose.at({0, 0, -0.2}), pose.at({0, 0, height}), 0.03, 0.03);
  if (random.uniform() < 0.5) {
    add_disc(scene, palette.white, pose.at({0, 0.04, height - 0.3}), pose.turn({0, 1, 0}), 0.3);
  } else {
    add_box(scene, palette.paint, pose, {0, 0.05, height - 0.3},
            {random.uniform(0.2, 0.5), 0.01, 0.3});
  }
}

void add_bin(Scene& scene, const Palette& palette, const Pose& pose, Random& random) {
  const MaterialId body = add_bright(scene, random);
  if (random.uniform() < 0.5) {
    add_box(scene, body, pose, {0, 0, 0.5}, {0.3, 0.35, 0.52});
    add_box(scene, palette.rubber, pose, {0, 0.03, 1.05}, {0.32, 0.38, 0.03});
  } else {
    add_cylinder(scene, body, pose.at({0, 0, -0.1}), pose.at({0, 0, 0.85}),
                 random.uniform(0.2, 0.3));
  }
}

void add_fence(Scene& scene, const Palette& palette, const Pose& pose, double length) {
  for (const double z : {0.2, 1.0}) {
    add_cone(scene, palette.metal, pose.at({0, 0, z}), pose.at({length, 0, z}), 0.02, 0.02);
  }
  const int bars = static_cast<int>(length / 0.14);
  for (int i = 0; i <= bars; ++i) {
    const double x = length * i / bars;
    const double radius = i % 14 == 0 ? 0.03 : 0.009;
    add_cone(scene, palette.metal, pose.at({x, 0, 0}), pose.at({x, 0, 1.0}), radius, radius);
  }
}

void add_pedestrian(Scene& scene, const Palette& palette, const Pose& pose, Random& random) {
  const MaterialId clothes = add_bright(scene, random);
  const MaterialId trousers = add_bright(scene, random);
  const double size = random.uniform(0.9, 1.08);
  const double stride = random.uniform(0.0, 0.28);
  const auto at = [&](double x, double y, double z) { return pose.at(size * Vec3{x, y, z}); };
  for (const double side : {-1.0, 1.0}) {
    add_capsule(scene, trousers, at(side * stride, side * 0.09, 0.06), at(0, side * 0.09, 0.85),
                0.075 * size);
    add_capsule(scene, clothes, at(0, side * 0.2, 1.38), at(-side * stride, side * 0.27, 0.85),
                0.05 * size);
    add_capsule(scene, palette.rubber, at(side * stride, side * 0.09, 0.05),
                at(side * stride + 0.16, side * 0.09, 0.05), 0.05 * size);
  }
  add_capsule(scene, clothes, at(0, -0.06, 0.95), at(0, -0.08, 1.35), 0.13 * size);
  add_capsule(scene, clothes, at(0, 0.06, 0.95), at(0, 0.08, 1.35), 0.13 * size);
  add_cone(scene, palette.skin, at(0, 0, 1.45), at(0, 0, 1.55), 0.05 * size, 0.05 * size);
  add_sphere(scene, palette.skin, at(0, 0, 1.64), 0.115 * size);
}

}  // namespace equicloud::simulate
