// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/vegetation.h>

#include <vector>

namespace equicloud::simulate {
namespace {

Vec3 random_direction(Random& random) {
  const double z = random.uniform(-1.0, 1.0);
  const double azimuth = random.uniform(0.0, 2.0 * kPi);
  const double across = std::sqrt(1.0 - z * z);
  return {across * std::cos(azimuth), across * std::sin(azimuth), z};
}

Vec3 normal3(Random& random) {
  const double x = random.normal();
  const double y = random.normal();
  return {x, y, random.normal()};
}

// The direction turned away by `angle` towards azimuth `turn` around it.
Vec3 tilt(Vec3 direction, double angle, double turn) {
  const Vec3 e = perpendicular(direction);
  const Vec3 f = cross(direction, e);
  return std::cos(angle) * direction + std::sin(angle) * (std::cos(turn) * e + std::sin(turn) * f);
}

struct Growth {
  Scene& scene;
  MaterialId bark;
  const TreeForm& form;
  Random& random;
  std::vector<Vec3> twig_ends;  // where leaves hang

  // One branch and, at its end and along it, those that grow from it.
  void branch(Vec3 from, Vec3 direction, double length, double radius, int generation) {
    const Vec3 bent = normalized(direction + 0.12 * normal3(random) + Vec3{0, 0, 0.08});
    const Vec3 middle = from + 0.5 * length * direction;
    const Vec3 end = middle + 0.5 * length * bent;
    add_cone(scene, bark, from, middle, radius, 0.8 * radius);
    add_cone(scene, bark, middle, end, 0.8 * radius, 0.62 * radius);
    if (generation + 1 >= form.generations) {
      twig_ends.push_back(end);
      twig_ends.push_back(middle);
      return;
    }
    const auto children = 2 + static_cast<int>(random.below(2));
    const double turn = random.uniform(0.0, 2.0 * kPi);
    for (int i = 0; i < children; ++i) {
      const double angle = form.spread * random.uniform(0.6, 1.3);
      const Vec3 way = tilt(bent, angle, turn + 2.0 * kPi * i / children + 0.3 * random.normal());
      branch(i == 0 ? middle : end, way, length * random.uniform(0.6, 0.85), 0.6 * radius,
             generation + 1);
    }
  }

  // A straight stem with whorls of drooping branches, shorter towards the top.
  void conifer(Vec3 foot) {
    const double height = form.height;
    add_cone(scene, bark, foot, foot + Vec3{0, 0, height}, form.trunk_radius, 0.02);
    const int whorls = 8 + static_cast<int>(height);
    for (int w = 0; w < whorls; ++w) {
      const double up = height * (0.12 + 0.86 * w / whorls);
      const double reach = 0.28 * form.spread / 0.6 * (height - up) + 0.1;
      const int branches = 5 + static_cast<int>(random.below(4));
      const double turn = random.uniform(0.0, 2.0 * kPi);
      for (int i = 0; i < branches; ++i) {
        const double azimuth = turn + 2.0 * kPi * i / branches + 0.2 * random.normal();
        const Vec3 from = foot + Vec3{0, 0, up};
        const Vec3 end = from + reach * random.uniform(0.8, 1.15) *
                                    direction_of(azimuth, -random.uniform(0.0, 0.5));
        add_cone(scene, bark, from, end, 0.025, 0.006);
        for (const double t : {0.4, 0.6, 0.8, 1.0}) twig_ends.push_back(from + t * (end - from));
      }
    }
  }
};

void add_leaves(Scene& scene, MaterialId leaf, const std::vector<Vec3>& around, int leaves,
                double scatter, double radius, Random& random) {
  for (int i = 0; i < leaves; ++i) {
    const Vec3 centre = around[random.below(around.size())] + scatter * normal3(random);
    add_disc(scene, leaf, centre, random_direction(random), radius * random.uniform(0.6, 1.3));
  }
}

}  // namespace

TreeForm random_tree_form(Random& random, int leaves) {
  TreeForm form;
  const double kind = random.uniform();
  form.kind = kind < 0.65 ? TreeKind::broad : kind < 0.85 ? TreeKind::conifer : TreeKind::bare;
  form.height = random.uniform(4.0, 11.0);
  form.spread = random.uniform(0.4, 0.8);
  form.trunk_radius = 0.018 * form.height * random.uniform(0.7, 1.3);
  form.generations = 5 + static_cast<int>(random.below(2));
  form.leaves = form.kind == TreeKind::bare ? 0 : leaves;
  form.leaf_radius = random.uniform(0.03, 0.08);
  return form;
}

void add_tree(Scene& scene, const Palette& palette, Vec3 foot, const TreeForm& form,
              Random& random) {
  Growth growth{scene, palette.bark, form, random, {}};
  if (form.kind == TreeKind::conifer) {
    growth.conifer(foot);
  } else {
    const Vec3 up = normalized(Vec3{0, 0, 1} + 0.05 * normal3(random));
    growth.branch(foot, up, 0.3 * form.height, form.trunk_radius, 0);
  }
  const double scatter = form.kind == TreeKind::conifer ? 0.12 : 0.035 * form.height;
  add_leaves(scene, palette.leaf, growth.twig_ends, form.leaves, scatter, form.leaf_radius, random);
}

void add_bush(Scene& scene, const Palette& palette, Vec3 foot, double radius, int leaves,
              Random& random) {
  std::vector<Vec3> ends;
  for (int i = 0; i < 14; ++i) {
    const Vec3 end = foot + radius * random.uniform(0.5, 1.0) *
                                direction_of(random.uniform(0, 2 * kPi), random.uniform(0.2, 1.5));
    add_cone(scene, palette.bark, foot, end, 0.012, 0.006);
    ends.push_back(end);
  }
  add_leaves(scene, palette.leaf, ends, leaves, 0.2 * radius, 0.03, random);
}

void add_pot_plant(Scene& scene, const Palette& palette, Vec3 foot, double height, Random& random) {
  const double pot = 0.3 * height;
  add_cone(scene, palette.tile, foot, foot + Vec3{0, 0, pot}, 0.11 * height, 0.16 * height);
  add_disc(scene, palette.bark, foot + Vec3{0, 0, 0.9 * pot}, {0, 0, 1}, 0.152 * height);
  for (int stem = 0; stem < 9; ++stem) {
    const double azimuth = random.uniform(0, 2 * kPi);
    Vec3 at = foot + Vec3{0, 0, 0.9 * pot};
    double elevation = random.uniform(0.9, 1.5);
    for (int piece = 0; piece < 4; ++piece) {
      const Vec3 next = at + 0.18 * height * direction_of(azimuth, elevation);
      add_cone(scene, palette.leaf, at, next, 0.006, 0.005);
      elevation -= random.uniform(0.1, 0.4);
      at = next;
    }
    add_disc(scene, palette.leaf, at, direction_of(azimuth, elevation + 1.2),
             height * random.uniform(0.06, 0.1));
  }
}

}  // namespace equicloud::simulate
