// SPDX-License-Identifier: BSD-3-Clause
#include <train/held_out_junk.h>
#include <train/junk_points.h>

#include <array>
#include <cmath>
#include <vector>

namespace equicloud::train {
namespace {

using simulate::Vec3;

constexpr double kTwoPi = 2.0 * M_PI;

Cloud walk(Random& random) {
  Cloud cloud;
  Vec3 at;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    at = at + random_normal(random);
    append(cloud, at);
  }
  return cloud;
}

/// Heights as a sum of waves whose amplitude falls as frequency^-roughness, octave by octave.
Cloud terrain(Random& random) {
  struct Ripple {
    double x, y, phase, height;
  };
  const double roughness = random.uniform(0.7, 1.2), height = random.uniform(0.25, 0.6);
  std::vector<Ripple> ripples;
  for (int i = 0; i < 36; ++i) {
    const double frequency = std::exp2(i / 6.0) * M_PI / 2.0;
    const double azimuth = random.uniform(0.0, kTwoPi), phase = random.uniform(0.0, kTwoPi);
    ripples.push_back({frequency * std::cos(azimuth), frequency * std::sin(azimuth), phase,
                       height * std::pow(frequency, -roughness) * random.normal()});
  }
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    Vec3 p = random_in_cube(random);
    p.z = 0.0;
    for (const Ripple& r : ripples) p.z += r.height * std::sin(r.x * p.x + r.y * p.y + r.phase);
    append(cloud, p);
  }
  return cloud;
}

Cloud segments(Random& random) {
  std::vector<std::array<Vec3, 2>> ends(8 + random.below(25));
  for (auto& end : ends) end = {random_in_cube(random), random_in_cube(random)};
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    const auto& [a, b] = ends[random.below(ends.size())];
    append(cloud, a + random.uniform() * (b - a) + 0.005 * random_normal(random));
  }
  return cloud;
}

/// A helix about a random axis.
Cloud spring(std::size_t count, Random& random) {
  const Vec3 axis = random_unit(random), u = perpendicular(axis), v = cross(axis, u);
  const Vec3 middle = 0.5 * random_normal(random);
  const double radius = random.uniform(0.2, 0.6), length = random.uniform(1.0, 2.5);
  const double turns = random.uniform(3.0, 9.0), wire = random.uniform(0.005, 0.03);
  Cloud cloud;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = random.uniform(), angle = kTwoPi * turns * t;
    const Vec3 p = middle + length * (t - 0.5) * axis + radius * std::cos(angle) * u +
                   radius * std::sin(angle) * v;
    append(cloud, p + wire * random_unit(random));
  }
  return cloud;
}

Cloud springs(Random& random) {
  const std::size_t count = 1 + random.below(3);
  Cloud cloud;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t points = kJunkPoints * (i + 1) / count - cloud.size() / 3;
    const Cloud one = spring(points, random);
    cloud.insert(cloud.end(), one.begin(), one.end());
  }
  return cloud;
}

/// Spheres about one centre, each with round holes of its own, evenly covered.
Cloud shells(Random& random) {
  struct Shell {
    double radius;
    std::vector<Vec3> holes;
    double cosine;  // of the holes' half angle
  };
  std::vector<Shell> all(2 + random.below(3));
  double squares = 0.0;
  for (std::size_t s = 0; s < all.size(); ++s) {
    all[s] = {static_cast<double>(s + 1) / static_cast<double>(all.size()),
              std::vector<Vec3>(3 + random.below(4)), std::cos(random.uniform(0.35, 0.6))};
    for (Vec3& hole : all[s].holes) hole = random_unit(random);
    squares += all[s].radius * all[s].radius;
  }
  Cloud cloud;
  while (cloud.size() < 3 * kJunkPoints) {
    double share = squares * random.uniform();
    std::size_t s = 0;
    while (s + 1 < all.size() && share >= all[s].radius * all[s].radius) {
      share -= all[s].radius * all[s].radius;
      ++s;
    }
    const Vec3 direction = random_unit(random);
    bool in_hole = false;
    for (const Vec3& hole : all[s].holes) in_hole |= dot(direction, hole) > all[s].cosine;
    if (!in_hole) append(cloud, all[s].radius * direction);
  }
  return cloud;
}

/// Point of the (p, q) torus knot at t in [0, 1): p times around the axis, q times through the
/// hole.
Vec3 on_knot(double p, double q, double t) {
  const double around = kTwoPi * p * t, through = kTwoPi * q * t;
  const double distance = 1.0 + 0.45 * std::cos(through);
  return {distance * std::cos(around), distance * std::sin(around), 0.45 * std::sin(through)};
}

Cloud knot(Random& random) {
  static constexpr std::array<std::array<double, 2>, 4> kinds = {{{2, 3}, {2, 5}, {3, 4}, {3, 5}}};
  const auto& [p, q] = kinds[random.below(kinds.size())];
  const double tube = random.uniform(0.05, 0.16);
  Cloud cloud;
  for (std::size_t i = 0; i < kJunkPoints; ++i) {
    const double t = random.uniform(), angle = random.uniform(0.0, kTwoPi);
    const Vec3 tangent = normalized(on_knot(p, q, t + 1e-4) - on_knot(p, q, t - 1e-4));
    const Vec3 u = perpendicular(tangent), v = cross(tangent, u);
    append(cloud, on_knot(p, q, t) + tube * (std::cos(angle) * u + std::sin(angle) * v));
  }
  return cloud;
}

Cloud unturned_junk(HeldOutJunk kind, Random& random) {
  switch (kind) {
    case HeldOutJunk::walk:
      return walk(random);
    case HeldOutJunk::terrain:
      return terrain(random);
    case HeldOutJunk::segments:
      return segments(random);
    case HeldOutJunk::springs:
      return springs(random);
    case HeldOutJunk::shells:
      return shells(random);
    case HeldOutJunk::knot:
      break;
  }
  return knot(random);
}

}  // namespace

const char* name_of(HeldOutJunk kind) noexcept {
  static constexpr const char* names[kHeldOutJunkKinds] = {"walk",    "terrain", "segments",
                                                           "springs", "shells",  "knot"};
  return names[static_cast<std::size_t>(kind)];
}

Cloud held_out_junk(HeldOutJunk kind, Random& random) {
  return turned(unturned_junk(kind, random), random);
}

}  // namespace equicloud::train
