// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/echo.h>
#include <simulate/sampling.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

Vec3 random_direction(Random& random) {
  return direction_of(random.uniform(0.0, 2.0 * kPi), std::asin(random.uniform(-1.0, 1.0)));
}

// Points inside a union of bodies are on a surface that nothing outside can see.
bool reaches_outside(const Scene& scene, Vec3 p, Random& random) {
  constexpr int directions = 5;
  for (int i = 0; i < directions; ++i) {
    const Vec3 way = random_direction(random);
    if (!scene.cast({p + 1e-6 * way, way}).found()) return true;
  }
  return false;
}

}  // namespace

std::vector<Vec3> sample_surface(const Scene& scene, const Region& region, std::size_t count,
                                 double noise_sigma, Random random) {
  std::vector<double> sums;
  double total = 0.0;
  const double reach = region.radius * region.radius;
  for (const Primitive& p : scene.primitives()) {
    if (bounds(p).squared_distance(region.centre) <= reach) total += area(p);
    sums.push_back(total);
  }
  std::vector<Vec3> points;
  // A mostly hidden scene ends with fewer points rather than never.
  for (std::size_t tries = 0; points.size() < count && tries < 4 * count; ++tries) {
    const auto found = std::upper_bound(sums.begin(), sums.end(), random.uniform(0.0, total));
    if (found == sums.end()) continue;
    const auto index = static_cast<std::size_t>(found - sums.begin());
    const Vec3 p = sample(scene.primitives()[index], random);
    if (norm(p - region.centre) > region.radius || !reaches_outside(scene, p, random)) continue;
    points.push_back(p + cut_noise(noise_sigma, random) * random_direction(random));
  }
  return points;
}

void append_view(const Scene& scene, const GridView& view, double farthest, double noise_sigma,
                 Random random, std::vector<Vec3>& points) {
  const Vec3 forward = normalized(view.target - view.eye);
  const Vec3 right = perpendicular(forward);
  const Vec3 down = cross(forward, right);
  const double reach = std::tan(view.half_angle_rad);
  for (std::size_t row = 0; row < view.rows; ++row) {
    for (std::size_t column = 0; column < view.columns; ++column) {
      const double in_u = 0.5 + view.jitter * (random.uniform() - 0.5);
      const double in_v = 0.5 + view.jitter * (random.uniform() - 0.5);
      const double u =
          2.0 * (static_cast<double>(column) + in_u) / static_cast<double>(view.columns) - 1.0;
      const double v =
          2.0 * (static_cast<double>(row) + in_v) / static_cast<double>(view.rows) - 1.0;
      const Ray ray{view.eye, normalized(forward + (reach * u) * right + (reach * v) * down)};
      const Hit hit = scene.cast(ray, farthest);
      if (hit.found()) points.push_back(ray.at(hit.distance + cut_noise(noise_sigma, random)));
    }
  }
}

void append_airborne(const Scene& scene, const AirborneScanner& scanner, double noise_sigma,
                     Random random, std::vector<Vec3>& points) {
  const double angle_step = scanner.point_step_m / scanner.height_m;
  const auto steps = static_cast<int>(2.0 * scanner.sweep_angle_rad / angle_step);
  const auto lines = static_cast<int>(2.0 * scanner.half_x / scanner.line_step_m);
  for (int pass = 0; pass < scanner.passes; ++pass) {
    const double y =
        scanner.half_y * (2.0 * (pass + random.uniform(0.3, 0.7)) / scanner.passes - 1.0);
    const double start = -scanner.half_x + scanner.line_step_m * random.uniform();
    for (int line = 0; line < lines; ++line) {
      for (int step = 0; step < steps; ++step) {
        const double swept = static_cast<double>(step) / steps;
        const double forward = scanner.zigzag ? (line % 2 == 0 ? swept : 1.0 - swept) : 0.0;
        const Vec3 eye{start + (line + forward) * scanner.line_step_m, y, scanner.height_m};
        const double angle = scanner.sweep_angle_rad * (2.0 * swept - 1.0);
        const Ray ray{eye, {0.0, std::sin(angle), -std::cos(angle)}};
        const Hit hit = scene.cast(ray);
        if (hit.found()) points.push_back(ray.at(hit.distance + cut_noise(noise_sigma, random)));
      }
    }
  }
}

}  // namespace equicloud::simulate
