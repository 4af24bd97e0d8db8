// SPDX-License-Identifier: BSD-3-Clause
#include <train/junk.h>
#include <train/junk_forms.h>
#include <train/junk_points.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace equicloud::train {
namespace {

using simulate::Vec3;

constexpr double kTwoPi = 2.0 * M_PI;

/// Each axis multiplied by its own number.
Vec3 scaled(Vec3 p, Vec3 by) { return {p.x * by.x, p.y * by.y, p.z * by.z}; }

/// Three numbers exp(u), u uniform in [-range, range).
Vec3 random_scales(double range, Random& random) {
  const double x = std::exp(random.uniform(-range, range));
  const double y = std::exp(random.uniform(-range, range));
  return {x, y, std::exp(random.uniform(-range, range))};
}

Vec3 on_cube(Random& random) {
  std::array<double, 3> p = {random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0),
                             random.uniform(-1.0, 1.0)};
  p[random.below(3)] = random.uniform() < 0.5 ? -1.0 : 1.0;
  return {p[0], p[1], p[2]};
}

/// t in [0, 1] -> R^3, a sum of six waves an axis whose amplitudes fall as 1 / frequency.
class SmoothCurve {
 public:
  SmoothCurve(bool closed, Random& random) : closed_(closed) {
    for (Wave& wave : waves_) {
      for (double& a : wave.amplitude) a = random.normal();
      for (double& p : wave.phase) p = random.uniform(0.0, kTwoPi);
    }
  }
  Vec3 operator()(double t) const {
    std::array<double, 3> p = {};
    const double turn = closed_ ? kTwoPi : M_PI;
    for (std::size_t k = 0; k < waves_.size(); ++k) {
      const auto frequency = static_cast<double>(k + 1);
      for (std::size_t axis = 0; axis < 3; ++axis) {
        p[axis] += waves_[k].amplitude[axis] / frequency *
                   std::sin(frequency * turn * t + waves_[k].phase[axis]);
      }
    }
    return {p[0], p[1], p[2]};
  }

 private:
  struct Wave {
    std::array<double, 3> amplitude, phase;
  };
  bool closed_;
  std::array<Wave, 6> waves_{};
};

/// A smooth field sum_j a_j sin(k_j . x + phase_j) and its gradient.
class SmoothField {
 public:
  SmoothField(double largest_frequency, Random& random) {
    for (Wave& wave : waves_) {
      wave.direction = random.uniform(0.4, 1.0) * largest_frequency * random_unit(random);
      wave.phase = random.uniform(0.0, kTwoPi);
      wave.amplitude = random.normal();
    }
  }
  double at(Vec3 p) const {
    double sum = 0.0;
    for (const Wave& w : waves_) sum += w.amplitude * std::sin(dot(w.direction, p) + w.phase);
    return sum;
  }
  Vec3 gradient(Vec3 p) const {
    Vec3 sum;
    for (const Wave& w : waves_)
      sum = sum + w.amplitude * std::cos(dot(w.direction, p) + w.phase) * w.direction;
    return sum;
  }

 private:
  struct Wave {
    Vec3 direction;
    double phase = 0.0, amplitude = 0.0;
  };
  std::array<Wave, 6> waves_{};
};

/// Rectangles [x0, x1] x [y0, y1] that nothing stands in.
struct Opening {
  double x0, x1, y0, y1;
  bool holds(double x, double y) const { return x > x0 && x < x1 && y > y0 && y < y1; }
};

/// A wall in the plane z = 0, [-1, 1] x [-height, height], with openings whose reveals go back by
/// `depth`, and a ledge.
void add_wall(Cloud& cloud, std::size_t count, Vec3 at, Random& random) {
  const double height = random.uniform(0.4, 1.0), depth = random.uniform(0.05, 0.3);
  const double noise = random.uniform(0.0, 0.02), reveal = random.uniform(0.1, 0.4);
  std::vector<Opening> openings(1 + random.below(4));
  for (Opening& o : openings) {
    const double x = random.uniform(-0.8, 0.6), y = height * random.uniform(-0.8, 0.4);
    o = {x, x + random.uniform(0.15, 0.5), y, y + height * random.uniform(0.2, 0.8)};
  }
  while (count > 0) {
    Vec3 p = {random.uniform(-1.0, 1.0), height * random.uniform(-1.0, 1.0), 0.0};
    if (random.uniform() < reveal) {
      const Opening& o = openings[random.below(openings.size())];
      p = {random.uniform() < 0.5 ? o.x0 : o.x1, random.uniform(o.y0, o.y1),
           -depth * random.uniform()};
    } else if (std::any_of(openings.begin(), openings.end(),
                           [&](const Opening& o) { return o.holds(p.x, p.y); })) {
      continue;
    }
    append(cloud, at + p + noise * random_normal(random));
    --count;
  }
}

Vec3 on_quadric(int kind, double u, double angle) {
  const double x = u * std::cos(angle), y = u * std::sin(angle);
  switch (kind) {
    case 0:
      return {x, y, x * x - y * y};
    case 1:
      return {x, y, u * u};
    case 2:  // one sheet, about z
      return {std::cosh(u) * std::cos(angle), std::cosh(u) * std::sin(angle), std::sinh(u)};
    default:  // both halves of a cone
      return {x, y, u};
  }
}

}  // namespace

Cloud nested_surfaces(Random& random) {
  const std::size_t count = 2 + random.below(3);
  Cloud cloud;
  double size = 1.0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool box = random.uniform() < 0.5;
    const Vec3 scales = size * random_scales(0.25, random);
    const std::size_t last = kJunkPoints * (i + 1) / count;
    while (cloud.size() < 3 * last)
      append(cloud, scaled(box ? on_cube(random) : random_unit(random), scales));
    size *= random.uniform(0.35, 0.75);
  }
  return cloud;
}

Cloud smooth_curves(Random& random) {
  const std::size_t count = 1 + random.below(3);
  const double wire = random.uniform(0.003, 0.06);
  Cloud cloud;
  for (std::size_t i = 0; i < count; ++i) {
    const SmoothCurve curve(random.uniform() < 0.5, random);
    const Vec3 at = count > 1 ? 0.7 * random_normal(random) : Vec3{};
    const std::size_t last = kJunkPoints * (i + 1) / count;
    while (cloud.size() < 3 * last)
      append(cloud, at + curve(random.uniform()) + wire * random_unit(random));
  }
  return cloud;
}

Cloud chain(Random& random) {
  const std::size_t links = 5 + random.below(12);
  const bool rings = random.uniform() < 0.5;
  const double size = random.uniform(0.08, 0.25), wire = random.uniform(0.005, 0.03);
  const SmoothCurve curve(random.uniform() < 0.3, random);
  Cloud cloud;
  for (std::size_t i = 0; i < links; ++i) {
    const Vec3 at = curve(static_cast<double>(i) / static_cast<double>(links));
    const Vec3 axis = random_unit(random), u = perpendicular(axis), v = cross(axis, u);
    const std::size_t last = kJunkPoints * (i + 1) / links;
    while (cloud.size() < 3 * last) {
      const double angle = random.uniform(0.0, kTwoPi);
      const Vec3 p = rings ? std::cos(angle) * u + std::sin(angle) * v : random_unit(random);
      append(cloud, at + size * p + wire * random_unit(random));
    }
  }
  return cloud;
}

Cloud frame(Random& random) {
  const std::array<std::size_t, 3> cells = {1 + random.below(3), 1 + random.below(3),
                                            1 + random.below(3)};
  std::array<Vec3, 3> side{};
  for (Vec3& s : side) s = random_normal(random);
  std::vector<std::array<Vec3, 2>> struts;
  const auto corner = [&](std::array<std::size_t, 3> at) {
    Vec3 p;
    for (std::size_t axis = 0; axis < 3; ++axis) p = p + static_cast<double>(at[axis]) * side[axis];
    return p;
  };
  for (std::size_t i = 0; i <= cells[0]; ++i)
    for (std::size_t j = 0; j <= cells[1]; ++j)
      for (std::size_t k = 0; k <= cells[2]; ++k)
        for (std::size_t axis = 0; axis < 3; ++axis) {
          std::array<std::size_t, 3> from = {i, j, k}, to = from;
          if (++to[axis] <= cells[axis] && random.uniform() < 0.9)
            struts.push_back({corner(from), corner(to)});
        }
  if (struts.empty()) struts.push_back({Vec3{}, side[0]});
  const double thick = random.uniform(0.01, 0.08);
  Cloud cloud;
  while (cloud.size() < 3 * kJunkPoints) {
    const auto& [a, b] = struts[random.below(struts.size())];
    append(cloud, a + random.uniform() * (b - a) + thick * random_unit(random));
  }
  return cloud;
}

Cloud polygons(Random& random) {
  struct Polygon {
    Vec3 at, u, v;
    bool triangle;
  };
  std::vector<Polygon> all(3 + random.below(10));
  for (Polygon& p : all)
    p = {0.6 * random_in_cube(random), 0.8 * random_in_cube(random), 0.8 * random_in_cube(random),
         random.uniform() < 0.5};
  Cloud cloud;
  while (cloud.size() < 3 * kJunkPoints) {
    const Polygon& p = all[random.below(all.size())];
    double s = random.uniform(), t = random.uniform();
    if (p.triangle && s + t > 1.0) {
      s = 1.0 - s;
      t = 1.0 - t;
    }
    append(cloud, p.at + s * p.u + t * p.v);
  }
  return cloud;
}

Cloud quadric(Random& random) {
  const auto kind = static_cast<int>(random.below(4));
  const double reach = random.uniform(0.7, 1.5), arc = random.uniform(0.4, 1.0) * kTwoPi;
  const Vec3 scales = random_scales(0.4, random);
  const double first = kind < 2 ? 0.0 : -reach * random.uniform(0.3, 1.0);
  Cloud cloud;
  while (cloud.size() < 3 * kJunkPoints) {
    double u = random.uniform(first, reach);
    if (kind != 2) u = std::copysign(std::sqrt(std::abs(u) * reach), u);  // evenly by area
    append(cloud, scaled(on_quadric(kind, u, arc * random.uniform()), scales));
  }
  return cloud;
}

Cloud bumps(Random& random) {
  struct Bump {
    Vec3 at;
    double width, height;
  };
  const bool ball = random.uniform() < 0.5;
  std::vector<Bump> all(4 + random.below(17));
  for (Bump& b : all) {
    const double width = random.uniform(0.1, 0.5);
    b = {ball ? random_unit(random) : random_in_cube(random), width, 0.5 * random.normal()};
    if (!ball) b.at.z = 0.0;
  }
  Cloud cloud;
  while (cloud.size() < 3 * kJunkPoints) {
    Vec3 p = ball ? random_unit(random) : random_in_cube(random);
    if (!ball) p.z = 0.0;
    double height = 0.0;
    for (const Bump& b : all) {
      const double d = norm(p - b.at) / b.width;
      height += b.height * std::exp(-0.5 * d * d);
    }
    append(cloud, ball ? (1.0 + height) * p : p + Vec3{0.0, 0.0, height});
  }
  return cloud;
}

Cloud level_set(Random& random) {
  SmoothField field(random.uniform(2.5, 6.0), random);
  Cloud cloud;
  for (std::size_t tries = 1; cloud.size() < 3 * kJunkPoints; ++tries) {
    if (tries % (50 * kJunkPoints) == 0) {  // a field without zeros nearby
      field = SmoothField(6.0, random);
      cloud.clear();
    }
    Vec3 p = random_in_cube(random);
    for (int step = 0; step < 8; ++step) {  // Newton, along the gradient
      const Vec3 g = field.gradient(p);
      p = p - std::clamp(field.at(p) / std::max(dot(g, g), 1e-6), -0.2, 0.2) * g;
    }
    if (norm(p) < 1.2 && std::abs(field.at(p)) < 0.01) append(cloud, p);
  }
  return cloud;
}

Cloud fractal(Random& random) {
  struct Contraction {
    std::array<Vec3, 3> row;
    Vec3 shift;
  };
  std::vector<Contraction> all(3 + random.below(3));
  for (Contraction& c : all) {
    const double factor = random.uniform(0.35, 0.6);
    const Vec3 axis = random_unit(random), u = perpendicular(axis);
    c.row = {factor * axis, factor * u, factor * cross(axis, u)};
    c.shift = random_in_cube(random);
  }
  Cloud cloud;
  Vec3 p;
  for (std::size_t i = 0; i < kJunkPoints + 30; ++i) {
    const Contraction& c = all[random.below(all.size())];
    p = Vec3{dot(c.row[0], p), dot(c.row[1], p), dot(c.row[2], p)} + c.shift;
    if (i >= 30) append(cloud, p);  // by then it is on the attractor
  }
  return cloud;
}

Cloud wall(Random& random) {
  Cloud cloud;
  const bool two = random.uniform() < 0.4;
  add_wall(cloud, two ? kJunkPoints / 2 : kJunkPoints, {}, random);
  if (two)
    add_wall(cloud, kJunkPoints - kJunkPoints / 2,
             {random.uniform(-0.5, 0.5), 0.0, random.uniform(0.3, 1.5)}, random);
  return cloud;
}

}  // namespace equicloud::train
