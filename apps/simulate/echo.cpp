// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/echo.h>

#include <algorithm>
#include <array>

namespace equicloud::simulate {
namespace {

// Ranges further apart than this are two surfaces to a beam, not one slanted one.
constexpr double kEdge = 0.15;

// The middle of the beam and six rays on its rim.
std::array<Ray, 7> rays_of_beam(const Ray& axis, double half_angle) {
  std::array<Ray, 7> rays;
  rays.fill(axis);
  const Vec3 e = perpendicular(axis.direction);
  const Vec3 f = cross(axis.direction, e);
  for (int i = 0; i < 6; ++i) {
    const double turn = kPi / 3.0 * i;
    const Vec3 off = half_angle * (std::cos(turn) * e + std::sin(turn) * f);
    rays[static_cast<std::size_t>(i) + 1].direction = normalized(axis.direction + off);
  }
  return rays;
}

Echo from_hit(const Hit& hit) { return {hit.distance, hit.material, hit.cosine, false}; }

// A beam with a width: the surface in its middle; at an edge, now and then, a blend of both
// surfaces; where only the rim meets something (wires, twigs), a return as often as much of the
// beam is covered.
Echo wide_echo(const Scene& scene, const Ray& axis, const Beam& beam, double mixed,
               Random& random) {
  std::array<Hit, 7> hits;
  const std::array<Ray, 7> rays = rays_of_beam(axis, beam.half_angle_rad);
  std::size_t found = 0;
  Hit nearest;
  Hit farthest;
  for (std::size_t i = 0; i < rays.size(); ++i) {
    hits[i] = scene.cast(rays[i], beam.farthest_m);
    if (!hits[i].found()) continue;
    if (found == 0 || hits[i].distance < nearest.distance) nearest = hits[i];
    if (found == 0 || hits[i].distance > farthest.distance) farthest = hits[i];
    ++found;
  }
  const double covered = static_cast<double>(found) / static_cast<double>(rays.size());
  const double choice = random.uniform();
  const double blend = random.uniform(0.1, 0.9);
  if (found == 0) return {};
  if (farthest.distance - nearest.distance > kEdge && choice < mixed) {
    Echo echo = from_hit(blend < 0.5 ? nearest : farthest);
    echo.distance = nearest.distance + blend * (farthest.distance - nearest.distance);
    return echo;
  }
  if (hits[0].found()) return from_hit(hits[0]);
  return random.uniform() < covered ? from_hit(nearest) : Echo{};
}

// Where the ray first comes close to the middle of a cloud of dirt, if it goes through one.
double dirt_range(const Ray& ray, const std::vector<DirtCloud>& dirt, double before,
                  Random& random) {
  double first = kNever;
  for (const DirtCloud& cloud : dirt) {
    const double along = dot(cloud.centre - ray.origin, ray.direction);
    if (along <= 0.0 || along > before) continue;
    const double off = norm(ray.at(along) - cloud.centre);
    if (off > cloud.radius) continue;
    const double half_chord = std::sqrt(cloud.radius * cloud.radius - off * off);
    first = std::min(first, along + half_chord * random.uniform(-1.0, 1.0));
  }
  return first;
}

Echo in_air(double distance) { return {distance, 0, 1.0, true}; }

std::uint8_t shade(std::uint8_t colour, double light) {
  return static_cast<std::uint8_t>(std::clamp(colour * light, 0.0, 255.0));
}

}  // namespace

double truth_bound(const Beam& beam, double range_m) noexcept {
  return 5.0 * beam.noise.sigma(range_m) + beam.half_angle_rad * range_m;
}

double cut_noise(double sigma, Random& random) noexcept {
  return sigma * std::clamp(random.normal(), -3.0, 3.0);
}

Echo echo(const Scene& scene, const Ray& ray, const Beam& beam, const Artefacts& artefacts,
          const std::vector<DirtCloud>& dirt, Random& random) {
  Echo first = beam.half_angle_rad > 0.0
                   ? wide_echo(scene, ray, beam, artefacts.mixed_pixels, random)
                   : from_hit(scene.cast(ray, beam.farthest_m));
  const double choice = random.uniform();
  const double where = random.uniform();
  const double free = std::min(first.distance, beam.farthest_m);
  if (choice < artefacts.specks) {
    // Evenly along the ray: the beam meets more of them farther off, but their light comes back as
    // 1 / r^2.
    first = in_air(beam.nearest_m + where * (std::min(free, 15.0) - beam.nearest_m));
  } else if (choice < artefacts.specks + artefacts.ghosts && first.distance < kNever) {
    first.distance += 0.5 + 7.5 * where;
  }
  if (!dirt.empty()) {
    const double range = dirt_range(ray, dirt, free, random);
    if (range < first.distance && random.uniform() < 0.8) first = in_air(range);
  }
  const bool in_reach = first.distance >= beam.nearest_m && first.distance <= beam.farthest_m;
  return in_reach ? first : Echo{};
}

Return finish_return(const Scene& scene, const Ray& ray, const Echo& echo, double distance,
                     const Beam& beam, bool artefacts_possible, Random& random) {
  Return r;
  r.distance = distance;
  r.position = ray.at(distance);
  const Material dust{{170, 170, 165}, 0.1};
  const Material& material = echo.in_air ? dust : scene.material(echo.material);
  const double facing = 0.3 + 0.7 * echo.cosine;
  const double light = facing * random.uniform(0.93, 1.07);
  r.intensity =
      static_cast<float>(std::round(255.0 * std::min(1.0, material.reflectivity * light)));
  for (std::size_t c = 0; c < 3; ++c) r.rgb[c] = shade(material.rgb[c], 0.35 + 0.7 * light);
  if (artefacts_possible) {
    r.truth = scene.distance(r.position) > truth_bound(beam, distance) ? 1 : 0;
  }
  return r;
}

}  // namespace equicloud::simulate
