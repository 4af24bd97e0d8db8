// SPDX-License-Identifier: BSD-3-Clause
// Single objects: machine parts and rounded bodies.
#include <simulate/palette.h>
#include <simulate/scenes.h>
#include <simulate/shapes.h>

#include <algorithm>
#include <array>
#include <vector>

namespace equicloud::simulate {
namespace {

Vec3 random_direction(Random& random) {
  return direction_of(random.uniform(0.0, 2.0 * kPi), std::asin(random.uniform(-1.0, 1.0)));
}

// A gear's outline: flat tops and roots, slanted flanks.
Outline gear(int teeth, double root, double tip) {
  return [=](double angle) {
    const double t = angle * teeth / (2.0 * kPi);
    const double wave = std::abs(2.0 * (t - std::floor(t)) - 1.0);  // 1 at the root, 0 at the tip
    return root + (tip - root) * std::clamp(2.5 * (0.7 - wave), 0.0, 1.0);
  };
}

void add_gear(Scene& scene, MaterialId m, const Pose& pose, Random& random) {
  const int teeth = 8 + static_cast<int>(random.below(20));
  const double tip = random.uniform(0.25, 0.55);
  const double root = tip * random.uniform(0.75, 0.92);
  const double half = random.uniform(0.02, 0.15);
  add_extrusion(scene, m, pose, gear(teeth, root, tip), circle(root * random.uniform(0.15, 0.5)),
                -half, half, 12 * teeth);
  if (random.uniform() < 0.6) {
    add_cylinder(scene, m, pose.at({0, 0, -2.5 * half}), pose.at({0, 0, 3.0 * half}), 0.12 * root);
  }
}

// A plate with a round hole, and a nut or a pipe on it.
void add_flange(Scene& scene, MaterialId m, const Pose& pose, Random& random) {
  const double size = random.uniform(0.3, 0.6);
  const double thick = random.uniform(0.01, 0.12);
  const double hole = size * random.uniform(0.1, 0.5);
  const int corners = 3 + static_cast<int>(random.below(6));
  add_extrusion(scene, m, pose, polygon(corners, size), circle(hole), 0.0, thick, 12 * corners);
  const double wall = random.uniform(0.01, 0.06);
  const double top = thick + random.uniform(0.0, 0.5);
  add_extrusion(scene, m, pose,
                random.uniform() < 0.5 ? circle(hole + wall) : polygon(6, hole + 2 * wall),
                circle(hole), thick, top, 72);
}

// A sheet bent along a curve: an angle, a wave or a roll, with a little thickness or none.
void add_bent_sheet(Scene& scene, MaterialId m, const Pose& pose, Random& random) {
  const double width = random.uniform(0.3, 0.9);
  const double length = random.uniform(0.6, 1.2);
  const double sharpness = random.uniform(1.0, 40.0);
  const double amplitude = random.uniform(0.05, 0.35);
  const auto bends = static_cast<double>(1 + random.below(3));
  const double thick = random.uniform() < 0.5 ? 0.0 : random.uniform(0.004, 0.03);
  const auto profile = [&](double u) {
    return amplitude * std::tanh(sharpness * std::sin(bends * kPi * u + 0.4));
  };
  for (const double z : {0.0, thick}) {
    add_surface(scene, m, 80, 2, [&](double u, double v) {
      return pose.at({length * (u - 0.5), width * (v - 0.5), z + profile(u)});
    });
    if (thick == 0.0) return;
  }
  for (const double edge : {-0.5, 0.5}) {
    add_surface(scene, m, 80, 1, [&](double u, double v) {
      return pose.at({length * (u - 0.5), width * edge, v * thick + profile(u)});
    });
  }
}

// Blocks on blocks, with bosses, some sharp, some rounded.
void add_blocks(Scene& scene, MaterialId m, const Pose& pose, Random& random) {
  Vec3 half{random.uniform(0.25, 0.55), random.uniform(0.15, 0.5), random.uniform(0.04, 0.25)};
  double top = -0.2;
  for (std::size_t i = 2 + random.below(3); i > 0; --i) {
    const Vec3 centre{random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), top + half.z};
    if (random.uniform() < 0.5) {
      add_box(scene, m, pose, centre, half);
    } else {
      add_superquadric(scene, m, pose, centre, half, random.uniform(2.0, 10.0), 20);
    }
    top += 2.0 * half.z;
    half = {half.x * random.uniform(0.4, 0.9), half.y * random.uniform(0.4, 0.9),
            half.z * random.uniform(0.5, 1.4)};
  }
  for (std::size_t i = random.below(4); i > 0; --i) {
    const Vec3 foot{random.uniform(-0.4, 0.4), random.uniform(-0.3, 0.3), -0.2};
    add_cylinder(scene, m, pose.at(foot), pose.at(foot + Vec3{0, 0, random.uniform(0.2, 0.7)}),
                 random.uniform(0.015, 0.1));
  }
}

// Thin plates at angles to one another, as in a bracket or a heat sink.
void add_bracket(Scene& scene, MaterialId m, const Pose& pose, Random& random) {
  const double thin = random.uniform(0.003, 0.03);
  add_box(scene, m, pose, {0, 0, 0}, {0.5, random.uniform(0.2, 0.4), thin});
  const auto fins = static_cast<int>(1 + random.below(7));
  const double height = random.uniform(0.15, 0.5);
  for (int i = 0; i < fins; ++i) {
    const double x = fins == 1 ? 0.5 : -0.48 + 0.96 * i / (fins - 1);
    add_box(scene, m, pose, {x, 0, height}, {thin, random.uniform(0.18, 0.3), height});
  }
}

void add_ring(Scene& scene, MaterialId m, const Pose& pose, Random& random) {
  const double ring = random.uniform(0.25, 0.5);
  const Vec3 axis = random_direction(random);
  add_torus(scene, m, pose.origin, axis, ring, ring * random.uniform(0.04, 0.45), 28);
  if (random.uniform() < 0.5) {
    add_cylinder(scene, m, pose.origin - ring * perpendicular(axis),
                 pose.origin + ring * perpendicular(axis), random.uniform(0.01, 0.06));
  }
}

// r(direction) = 1 + smooth bumps + rough ripples, never below 0.25.
struct StarSurface {
  struct Bump {
    Vec3 direction;
    double height, sharpness;
  };
  struct Ripple {
    Vec3 wave;
    double phase, height;
  };
  std::vector<Bump> bumps;
  std::vector<Ripple> ripples;
  Vec3 scale;

  explicit StarSurface(Random& random)
      : scale{random.uniform(0.25, 0.5), random.uniform(0.25, 0.5), random.uniform(0.25, 0.5)} {
    for (std::size_t i = 2 + random.below(9); i > 0; --i) {
      bumps.push_back(
          {random_direction(random), random.uniform(-0.35, 0.7), random.uniform(2.0, 40.0)});
    }
    const double rough = random.uniform() < 0.5 ? 0.0 : random.uniform(0.002, 0.015);
    for (int octave = 0; rough > 0.0 && octave < 8; ++octave) {
      ripples.push_back(
          {random.uniform(6.0, 40.0) * random_direction(random), random.uniform(0.0, 6.3), rough});
    }
  }
  Vec3 at(Vec3 d) const {
    double r = 1.0;
    for (const Bump& b : bumps) r += b.height * std::exp(b.sharpness * (dot(d, b.direction) - 1.0));
    for (const Ripple& w : ripples) r += w.height * std::sin(dot(w.wave, d) + w.phase);
    r = std::max(0.25, r);
    return {scale.x * r * d.x, scale.y * r * d.y, scale.z * r * d.z};
  }
};

void add_star(Scene& scene, MaterialId m, Random& random) {
  const StarSurface star(random);
  add_surface(scene, m, 96, 48, [&](double u, double v) {
    return star.at(direction_of(2.0 * kPi * u, kPi * (v - 0.5)));
  });
}

// A body on limbs: blobs joined by tapering tubes, as animals are.
void add_creature(Scene& scene, MaterialId m, Random& random) {
  const Vec3 half{random.uniform(0.2, 0.4), random.uniform(0.1, 0.22), random.uniform(0.1, 0.25)};
  add_superquadric(scene, m, {}, {0, 0, 0}, half, 2.0, 28);
  const Vec3 head{half.x + 0.05, 0, half.z + random.uniform(0.0, 0.15)};
  add_sphere(scene, m, head, random.uniform(0.08, 0.15));
  add_cone(scene, m, {0.7 * half.x, 0, 0}, head, 0.1, 0.07);
  for (const double x : {-0.7 * half.x, 0.7 * half.x}) {
    for (const double y : {-0.6 * half.y, 0.6 * half.y}) {
      const Vec3 foot{x + 0.05 * random.normal(), y, -half.z - random.uniform(0.1, 0.3)};
      add_cone(scene, m, {x, y, -0.3 * half.z}, foot, 0.065, 0.035);
      add_sphere(scene, m, foot, 0.04);
    }
  }
  Vec3 tail{-0.95 * half.x, 0, 0};
  for (int i = 0; i < 8; ++i) {
    const Vec3 next = tail + Vec3{-0.04, 0.02 * random.normal(), 0.01 * i};
    add_cone(scene, m, tail, next, 0.03 - 0.003 * i, 0.027 - 0.003 * i);
    tail = next;
  }
}

// A tube that winds outwards and grows, as shells and horns do.
void add_spiral(Scene& scene, MaterialId m, Random& random) {
  const double turns = random.uniform(1.0, 3.0);
  const double growth = random.uniform(0.15, 0.5);
  const double lift = random.uniform(0.0, 0.5);
  const double thickness = random.uniform(0.2, 0.5);
  const double ribs = random.uniform() < 0.5 ? 0.0 : 0.08;
  add_surface(scene, m, 200, 24, [&](double u, double v) {
    const double turn = 2.0 * kPi * turns * u;
    const double grown = 0.45 * std::exp(growth * (turn - 2.0 * kPi * turns));
    const double tube = thickness * grown * (1.0 + ribs * std::sin(18.0 * turn));
    const double across = grown + tube * std::cos(2.0 * kPi * v);
    return Vec3{across * std::cos(turn), across * std::sin(turn),
                lift * (grown - 0.45) + tube * std::sin(2.0 * kPi * v)};
  });
}

}  // namespace

Scene part_scene(Random random) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  using Builder = void (*)(Scene&, MaterialId, const Pose&, Random&);
  constexpr std::array<Builder, 6> builders = {add_gear,   add_flange,  add_bent_sheet,
                                               add_blocks, add_bracket, add_ring};
  const std::size_t pieces = 1 + random.below(3);
  for (std::size_t i = 0; i < pieces; ++i) {
    const double off = i == 0 ? 0.0 : 0.45;
    const Pose pose{{off * random.normal(), off * random.normal(), off * random.normal()},
                    random.uniform(0.0, 2.0 * kPi)};
    builders[random.below(builders.size())](scene, palette.metal, pose, random);
  }
  scene.seal();
  return scene;
}

Scene organic_scene(Random random) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  const double kind = random.uniform();
  if (kind < 0.6) {
    add_star(scene, palette.skin, random);
  } else if (kind < 0.8) {
    add_creature(scene, palette.skin, random);
  } else {
    add_spiral(scene, palette.skin, random);
  }
  scene.seal();
  return scene;
}

}  // namespace equicloud::simulate
