// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/buildings.h>
#include <simulate/scenes.h>
#include <simulate/vegetation.h>

#include <vector>

namespace equicloud::simulate {
namespace {

constexpr double kHalf = 60.0;

// A sum of a few long waves.
struct Hills {
  struct Wave {
    double x, y, phase, height;
  };
  std::vector<Wave> waves;

  explicit Hills(Random& random) {
    const double steepness = random.uniform(0.0, 1.0);
    for (int i = 0; i < 6; ++i) {
      const double length = random.uniform(12.0, 90.0);
      const double azimuth = random.uniform(0.0, 2.0 * kPi);
      const double k = 2.0 * kPi / length;
      waves.push_back({k * std::cos(azimuth), k * std::sin(azimuth), random.uniform(0.0, 2.0 * kPi),
                       0.015 * steepness * length});
    }
  }
  Vec3 at(double x, double y) const {
    double z = 0.0;
    for (const Wave& w : waves) z += w.height * std::sin(w.x * x + w.y * y + w.phase);
    return {x, y, z};
  }
};

// Blocks on a loose grid, so that streets and yards lie between them.
void add_blocks(Scene& scene, const Palette& palette, const Hills& hills, Random& random) {
  const double cell = random.uniform(16.0, 30.0);
  const double grid_yaw = random.uniform(0.0, kPi);
  const double share = random.uniform(0.3, 0.9);
  const double flat_share = random.uniform();
  for (double x = -kHalf; x < kHalf; x += cell) {
    for (double y = -kHalf; y < kHalf; y += cell) {
      if (random.uniform() > share) continue;
      Pose pose{hills.at(x + 0.5 * cell, y + 0.5 * cell), grid_yaw + 0.1 * random.normal()};
      pose.origin.z -= 1.5;
      const bool flat = random.uniform() < flat_share;
      const double wall = 1.5 + (flat ? random.uniform(4.0, 22.0) : random.uniform(3.0, 9.0));
      add_roofed_block(scene, palette, pose, random.uniform(3.5, 0.38 * cell),
                       random.uniform(3.5, 0.3 * cell), wall,
                       flat ? 0.0 : random.uniform(0.3, 1.0));
    }
  }
}

void add_trees(Scene& scene, const Palette& palette, const Hills& hills, Random& random) {
  for (std::size_t i = 10 + random.below(30); i > 0; --i) {
    const Vec3 foot = hills.at(random.uniform(-kHalf, kHalf), random.uniform(-kHalf, kHalf));
    TreeForm form = random_tree_form(random, 350);
    form.generations = 4;
    form.leaf_radius = 0.16;
    add_tree(scene, palette, foot, form, random);
  }
}

void add_power_line(Scene& scene, const Palette& palette, const Hills& hills, Random& random) {
  const double azimuth = random.uniform(0.0, kPi);
  const double off = random.uniform(-25.0, 25.0);
  const Vec3 way = direction_of(azimuth, 0.0);
  const Vec3 across = direction_of(azimuth + 0.5 * kPi, 0.0);
  const double height = random.uniform(9.0, 20.0);
  std::vector<Vec3> tops;
  for (const double along : {-55.0, -18.0, 18.0, 55.0}) {
    const Vec3 p = along * way + off * across;
    const Vec3 foot = hills.at(p.x, p.y);
    tops.push_back(foot + Vec3{0, 0, height});
    add_cone(scene, palette.metal, foot, tops.back(), 0.25, 0.12);
    add_cone(scene, palette.metal, tops.back() - 1.6 * across, tops.back() + 1.6 * across, 0.1,
             0.1);
  }
  for (const double side : {-1.5, 0.0, 1.5}) {
    for (std::size_t i = 0; i + 1 < tops.size(); ++i) {
      add_wire(scene, palette.rubber, tops[i] + side * across, tops[i + 1] + side * across, 1.2,
               0.06);
    }
  }
}

}  // namespace

Scene terrain_scene(Random random) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  const Hills hills(random);
  add_surface(scene, palette.grass, 50, 50, [&](double u, double v) {
    return hills.at(kHalf * (2.0 * u - 1.0), kHalf * (2.0 * v - 1.0));
  });
  add_blocks(scene, palette, hills, random);
  add_trees(scene, palette, hills, random);
  if (random.uniform() < 0.5) add_power_line(scene, palette, hills, random);
  scene.seal();
  return scene;
}

Scene tree_scene(Random random, int leaves) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  const double slope = random.uniform(-0.1, 0.1);
  const double patch = random.uniform(0.5, 4.0);
  add_surface(scene, palette.grass, 12, 12, [&](double u, double v) {
    const double x = patch * (2.0 * u - 1.0);
    const double y = patch * (2.0 * v - 1.0);
    return Vec3{x, y, slope * x + 0.03 * std::sin(3.0 * y)};
  });
  TreeForm form = random_tree_form(random, leaves);
  form.generations += 1;
  add_tree(scene, palette, {0, 0, -0.1}, form, random);
  scene.seal();
  return scene;
}

}  // namespace equicloud::simulate
