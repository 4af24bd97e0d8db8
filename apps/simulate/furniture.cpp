// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/furniture.h>

namespace equicloud::simulate {
namespace {

void add_leg(Scene& scene, MaterialId m, const Pose& pose, double x, double y, double height,
             double radius) {
  add_cone(scene, m, pose.at({x, y, 0}), pose.at({x, y, height}), radius, radius);
}

// Books side by side along x from x0 to x1, standing at height z, one now and then leaning.
void add_books(Scene& scene, const Pose& pose, double x0, double x1, double z, Random& random) {
  double x = x0;
  while (x < x1 - 0.06) {
    const double thick = random.uniform(0.012, 0.05);
    const double height = random.uniform(0.17, 0.28);
    const double deep = random.uniform(0.08, 0.12);
    add_box(scene, add_bright(scene, random), pose, {x + 0.5 * thick, 0.02, z + 0.5 * height},
            {0.48 * thick, deep, 0.5 * height});
    x += thick + (random.uniform() < 0.1 ? 0.06 : 0.001);
  }
}

void add_bottle(Scene& scene, MaterialId m, Vec3 foot, double height) {
  const double r = 0.14 * height;
  const Vec3 shoulder = foot + Vec3{0, 0, 0.6 * height};
  const Vec3 neck = foot + Vec3{0, 0, 0.75 * height};
  add_cone(scene, m, foot, shoulder, r, r);
  add_cone(scene, m, shoulder, neck, r, 0.35 * r);
  add_cylinder(scene, m, neck, foot + Vec3{0, 0, height}, 0.35 * r);
}

void add_cup(Scene& scene, MaterialId m, Vec3 foot, Random& random) {
  const double height = random.uniform(0.08, 0.11);
  add_cone(scene, m, foot, foot + Vec3{0, 0, height}, 0.033, 0.042);
  add_disc(scene, m, foot + Vec3{0, 0, 0.01}, {0, 0, 1}, 0.033);
  const Vec3 side = direction_of(random.uniform(0, 2 * kPi), 0.0);
  add_torus(scene, m, foot + Vec3{0, 0, 0.5 * height} + 0.045 * side, cross(side, {0, 0, 1}), 0.025,
            0.006, 8);
}

void add_desk_lamp(Scene& scene, const Palette& palette, Vec3 foot, double azimuth) {
  const Vec3 elbow = foot + Vec3{0, 0, 0.38};
  const Vec3 head = elbow + 0.25 * direction_of(azimuth, 0.3);
  add_cylinder(scene, palette.metal, foot, foot + Vec3{0, 0, 0.02}, 0.08);
  add_cone(scene, palette.metal, foot, elbow, 0.008, 0.008);
  add_cone(scene, palette.metal, elbow, head, 0.008, 0.008);
  add_cone(scene, palette.paint, head, head + Vec3{0.03, 0, -0.11}, 0.03, 0.08);
}

// One thing of the sort that stands on boards and tables.
void add_thing(Scene& scene, const Palette& palette, const Pose& at, Random& random) {
  const MaterialId colour = add_bright(scene, random);
  switch (random.below(7)) {
    case 0:
      return add_bottle(scene, colour, at.origin, random.uniform(0.2, 0.32));
    case 1:
      return add_cup(scene, colour, at.origin, random);
    case 2:
      return add_vase(scene, colour, at.origin, random.uniform(0.12, 0.3), random);
    case 3: {
      const double r = random.uniform(0.04, 0.1);
      return add_sphere(scene, colour, at.origin + Vec3{0, 0, r}, r);
    }
    case 4: {
      const Vec3 half{random.uniform(0.03, 0.1), random.uniform(0.03, 0.1),
                      random.uniform(0.02, 0.1)};
      return add_box(scene, colour, at, {0, 0, half.z}, half);
    }
    case 5: {
      const Vec3 half{0.1, 0.14, random.uniform(0.01, 0.03)};
      return add_box(scene, colour, at, {0, 0, half.z}, half);
    }
    default:
      return add_superquadric(scene, palette.white, at, {0, 0, 0.05}, {0.09, 0.07, 0.05}, 3.0, 12);
  }
}

}  // namespace

void add_table(Scene& scene, const Palette& palette, const Pose& pose, double half_x, double half_y,
               double height) {
  add_box(scene, palette.wood, pose, {0, 0, height - 0.02}, {half_x, half_y, 0.02});
  for (const double x : {-half_x + 0.06, half_x - 0.06}) {
    for (const double y : {-half_y + 0.06, half_y - 0.06}) {
      add_leg(scene, palette.metal, pose, x, y, height - 0.04, 0.022);
    }
  }
}

void add_chair(Scene& scene, const Palette& palette, const Pose& pose) {
  add_box(scene, palette.wood, pose, {0, 0, 0.45}, {0.21, 0.21, 0.018});
  for (const double x : {-0.18, 0.18}) {
    add_leg(scene, palette.wood, pose, x, 0.18, 0.44, 0.016);
    add_leg(scene, palette.wood, pose, x, -0.18, 0.9, 0.016);
  }
  for (const double z : {0.6, 0.72, 0.84}) {
    add_box(scene, palette.wood, pose, {0, -0.18, z}, {0.18, 0.008, 0.035});
  }
}

void add_shelf(Scene& scene, const Palette& palette, const Pose& pose, Random& random) {
  const double half = random.uniform(0.4, 0.7);
  const int boards = 5;
  const double gap = 0.36;
  for (const double side : {-half, half}) {
    add_box(scene, palette.wood, pose, {side, 0, 0.5 * gap * boards},
            {0.012, 0.15, 0.5 * gap * boards});
  }
  for (int board = 0; board <= boards; ++board) {
    const double z = board * gap + 0.012;
    add_box(scene, palette.wood, pose, {0, 0, z}, {half, 0.15, 0.012});
    if (board == boards) break;
    const double split = random.uniform(-half, half);
    add_books(scene, pose, -half + 0.02, split, z + 0.013, random);
    for (double x = split + 0.14; x < half - 0.12; x += random.uniform(0.16, 0.3)) {
      add_thing(scene, palette, pose.inside({x, 0.02, z + 0.013}, random.uniform(0, 3)), random);
    }
  }
}

void add_table_clutter(Scene& scene, const Palette& palette, const Pose& pose, double half_x,
                       double half_y, Random& random) {
  for (std::size_t i = 6 + random.below(7); i > 0; --i) {
    const Vec3 spot{random.uniform(-half_x, half_x), random.uniform(-half_y, half_y), 0.0};
    add_thing(scene, palette, pose.inside(spot, random.uniform(0.0, 6.0)), random);
  }
  add_desk_lamp(scene, palette, pose.at({-0.8 * half_x, 0.6 * half_y, 0.0}),
                random.uniform(-2.0, 0.0));
}

void add_hanging_lamp(Scene& scene, const Palette& palette, Vec3 ceiling, double drop) {
  const Vec3 top = ceiling - Vec3{0, 0, drop};
  add_cone(scene, palette.rubber, top, ceiling, 0.007, 0.007);
  add_cone(scene, palette.white, top, top - Vec3{0, 0, 0.2}, 0.04, 0.2);
  add_sphere(scene, palette.white, top - Vec3{0, 0, 0.12}, 0.05);
}

void add_sofa(Scene& scene, const Palette& palette, const Pose& pose) {
  const MaterialId m = palette.fabric;
  for (const double x : {-0.4, 0.4}) {
    add_superquadric(scene, m, pose, {x, 0.05, 0.33}, {0.4, 0.4, 0.14}, 5.0, 14);
    add_superquadric(scene, m, pose, {x, -0.35, 0.62}, {0.4, 0.13, 0.3}, 4.0, 14);
  }
  for (const double x : {-0.92, 0.92}) {
    add_superquadric(scene, m, pose, {x, 0, 0.35}, {0.13, 0.48, 0.32}, 5.0, 14);
  }
}

void add_vase(Scene& scene, MaterialId m, Vec3 foot, double height, Random& random) {
  const double belly = random.uniform(0.25, 0.4);
  const double waist = random.uniform(0.4, 1.0);
  add_surface(scene, m, 28, 14, [&](double u, double v) {
    const double r = height * (0.1 + belly * std::sin(kPi * std::pow(v, waist)) * (1.0 - 0.4 * v));
    return foot + Vec3{r * std::cos(2 * kPi * u), r * std::sin(2 * kPi * u), height * v};
  });
}

}  // namespace equicloud::simulate
