// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/sampling.h>
#include <simulate/scanner.h>
#include <simulate/scenes.h>
#include <simulate/training_scene.h>

#include <equicloud/base/error.h>

#include <algorithm>
#include <array>
#include <string>

namespace equicloud::simulate {
namespace {

using Points = std::vector<Vec3>;

Vec3 centre_of(const Scene& scene) {
  const Bounds b = scene.bounds();
  return 0.5 * (b.low + b.high);
}

double radius_of(const Scene& scene) {
  const Bounds b = scene.bounds();
  return 0.5 * norm(b.high - b.low);
}

// Sets rows and columns so that all views together see about `count` points: a coarse look tells
// which share of the rays hits. `stretch` > 1 makes scan lines: closer along than across.
void fit_grids(const Scene& scene, std::vector<GridView>& views, double farthest, std::size_t count,
               double stretch) {
  constexpr std::size_t coarse = 24;
  Points seen;
  for (GridView view : views) {
    view.rows = view.columns = coarse;
    append_view(scene, view, farthest, 0.0, Random(0), seen);
  }
  const double share =
      std::max(0.002, static_cast<double>(seen.size()) / static_cast<double>(coarse * coarse));
  const double cells = static_cast<double>(count) / share;
  const double rows = std::clamp(std::sqrt(cells / stretch), 8.0, 2000.0);
  for (GridView& view : views) {
    view.rows = static_cast<std::size_t>(rows);
    view.columns = static_cast<std::size_t>(rows * stretch);
  }
}

Points through(const Scene& scene, std::vector<GridView> views, double farthest, std::size_t count,
               double stretch, double noise, const Random& random) {
  fit_grids(scene, views, farthest, count, stretch);
  Points points;
  for (std::size_t i = 0; i < views.size(); ++i) {
    append_view(scene, views[i], farthest, noise, random.fork(i), points);
  }
  return points;
}

// Views from all around an object, at 2.5 to 4 radii.
std::vector<GridView> views_around(const Scene& scene, std::size_t count, Random& random) {
  const double radius = radius_of(scene);
  const double jitter = random.uniform() < 0.5 ? 0.0 : 1.0;
  std::vector<GridView> views;
  for (std::size_t i = 0; i < count; ++i) {
    const double away = radius * random.uniform(2.5, 4.0);
    const Vec3 way =
        direction_of(random.uniform(0.0, 2.0 * kPi), std::asin(random.uniform(-1.0, 1.0)));
    views.push_back(
        {centre_of(scene) + away * way, centre_of(scene), std::asin(radius / away), 0, 0, jitter});
  }
  return views;
}

// Mean distance of neighbours if `count` points lie evenly on a body of the scene's size.
double spacing_of(const Scene& scene, std::size_t count) {
  return 2.0 * radius_of(scene) / std::sqrt(static_cast<double>(count));
}

Points object_views(const Scene& scene, std::size_t views, std::size_t count, double noise_share,
                    Random& random) {
  const double noise = noise_share * random.uniform(0.0, 0.2) * spacing_of(scene, count);
  return through(scene, views_around(scene, views, random), kNever, count, random.uniform(1.0, 2.0),
                 noise, random.fork(1));
}

// Keeps fewer and fewer points along a direction: uneven density.
void thin_along(Points& points, double least_share, Random& random) {
  const Vec3 way = direction_of(random.uniform(0.0, 2.0 * kPi), random.uniform(-1.5, 1.5));
  Bounds range;
  for (const Vec3& p : points) range.include(Vec3{dot(p, way), 0, 0});
  const double length = std::max(1e-9, range.high.x - range.low.x);
  const auto dropped = [&](const Vec3& p) {
    const double along = (dot(p, way) - range.low.x) / length;
    return random.uniform() > least_share + (1.0 - least_share) * along;
  };
  points.erase(std::remove_if(points.begin(), points.end(), dropped), points.end());
}

Points object_surface(const Scene& scene, std::size_t count, double noise_share, Random& random) {
  const double noise = noise_share * random.uniform(0.0, 0.2) * spacing_of(scene, count);
  const bool uneven = random.uniform() < 0.4;
  Points points = sample_surface(scene, {}, uneven ? 2 * count : count, noise, random.fork(1));
  if (uneven) thin_along(points, random.uniform(0.05, 0.4), random);
  return points;
}

// From eye height at a few places around, as mobile and tripod scanners see a tree.
Points tree_by_laser(const Scene& scene, std::size_t count, double noise_share, Random& random) {
  const Bounds b = scene.bounds();
  const double radius = radius_of(scene);
  const std::size_t places = 1 + random.below(4);
  const double first = random.uniform(0.0, 2.0 * kPi);
  const bool road = random.uniform() < 0.4;  // all places along one side
  std::vector<GridView> views;
  for (std::size_t i = 0; i < places; ++i) {
    const double azimuth =
        first + (road ? 0.35 : 1.6) * static_cast<double>(i) + 0.2 * random.normal();
    const double away = radius + random.uniform(1.5, 10.0);
    const Vec3 eye{away * std::cos(azimuth), away * std::sin(azimuth), random.uniform(1.2, 2.5)};
    const Vec3 middle{0, 0, 0.5 * (b.low.z + b.high.z)};
    views.push_back({eye, middle,
                     std::min(1.2, std::asin(std::min(0.93, radius / norm(middle - eye)))), 0, 0,
                     random.uniform(0.2, 1.0)});
  }
  return through(scene, views, kNever, count, random.uniform(1.0, 2.5),
                 noise_share * random.uniform(0.0, 0.015), random.fork(1));
}

Points airborne_block(const Scene& scene, std::size_t count, double noise_share, Random& random) {
  AirborneScanner scanner;
  scanner.height_m = random.uniform(250.0, 800.0);
  scanner.half_x = random.uniform(20.0, 55.0);
  scanner.half_y = scanner.half_x;
  scanner.passes = 1 + static_cast<int>(random.below(3));
  scanner.zigzag = random.uniform() < 0.5;
  scanner.sweep_angle_rad = 2.0 * std::atan(scanner.half_x / scanner.height_m);
  // Spacing that gives the count: passes * (2 half_x / line) * (4 half_x / point) points.
  const double stretch = random.uniform(1.0, 2.5);
  const double cell =
      8.0 * scanner.half_x * scanner.half_x * scanner.passes / static_cast<double>(count);
  scanner.line_step_m = std::sqrt(cell * stretch);
  scanner.point_step_m = cell / scanner.line_step_m;
  Points points;
  append_airborne(scene, scanner, noise_share * random.uniform(0.0, 0.03), random.fork(1), points);
  return points;
}

Points street_rings(const Scene& scene, std::size_t count, double noise_share, Random& random) {
  constexpr std::array<std::size_t, 4> kRings = {16, 32, 64, 128};
  SpinningLidar lidar;
  lidar.eye = {random.uniform(-12.0, 12.0), random.uniform(-2.0, 2.0), random.uniform(1.5, 2.3)};
  const std::size_t rings = kRings[random.below(kRings.size())];
  lidar.elevations_rad =
      even_elevations(rings, random.uniform(-0.5, -0.3), random.uniform(0.03, 0.35));
  lidar.steps =
      static_cast<std::uint32_t>(1.35 * static_cast<double>(count) / static_cast<double>(rings)) +
      1;
  lidar.azimuth_begin_rad = random.uniform(0.0, 2.0 * kPi);
  lidar.azimuth_end_rad =
      lidar.azimuth_begin_rad + std::min(2.0 * kPi, lidar.steps * random.uniform(0.0025, 0.008));
  lidar.beam.noise.base_m = random.uniform(0.0, 0.015);
  lidar.beam.noise.base_m *= noise_share;
  lidar.beam.noise.quadratic *= noise_share;
  Points points;
  for (const Return& r : scan(scene, lidar, {}, random.fork(1))) points.push_back(r.position);
  return points;
}

// A piece of the street 10 to 24 m across.
Points street_surface(const Scene& scene, std::size_t count, double noise_share, Random& random) {
  const Vec3 centre{random.uniform(-25.0, 25.0), random.uniform(-8.0, 8.0), 1.0};
  return sample_surface(scene, {centre, random.uniform(5.0, 12.0)}, count,
                        noise_share * random.uniform(0.0, 0.02), random.fork(1));
}

// Views from inside, near one wall or the middle, in random directions.
Points room_camera(const Scene& scene, std::size_t count, double noise_share, Random& random) {
  const Bounds b = scene.bounds();
  std::vector<GridView> views;
  const double jitter = random.uniform() < 0.5 ? 0.0 : 1.0;
  for (std::size_t i = 1 + random.below(3); i > 0; --i) {
    const Vec3 eye{0.8 * random.uniform(b.low.x, b.high.x), 0.8 * random.uniform(b.low.y, b.high.y),
                   random.uniform(0.9, 1.8)};
    const Vec3 target{0.3 * random.normal(), 0.3 * random.normal() + 0.2 * b.high.y,
                      random.uniform(0.3, 1.0)};
    views.push_back({eye, target, random.uniform(0.35, 0.7), 0, 0, jitter});
  }
  return through(scene, views, 8.0, count, 1.0, noise_share * random.uniform(0.0, 0.006),
                 random.fork(1));
}

// The `count` points nearest to one of them: a piece of a scene at its own density.
void crop(Points& points, std::size_t count, Random& random) {
  if (points.size() <= count) return;
  const Vec3 seed = points[random.below(points.size())];
  const auto nearer = [&](const Vec3& a, const Vec3& b) { return norm(a - seed) < norm(b - seed); };
  std::nth_element(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(count),
                   points.end(), nearer);
  points.resize(count);
}

// Every point with the same chance: the whole of an object, less dense.
void thin(Points& points, std::size_t count, Random& random) {
  for (std::size_t i = 0; i < count && points.size() > count; ++i) {
    std::swap(points[i], points[i + random.below(points.size() - i)]);
  }
  if (points.size() > count) points.resize(count);
}

std::vector<float> packed(const Points& points) {
  std::vector<float> xyz;
  xyz.reserve(3 * points.size());
  for (const Vec3& p : points) {
    for (const double v : {p.x, p.y, p.z}) xyz.push_back(static_cast<float>(v));
  }
  return xyz;
}

// Scene and sensor of one kind; the scene takes the stream itself, the sensor a fork of it.
Points points_of(TrainingKind kind, const Random& stream, std::size_t count, double noise_share,
                 Random& random) {
  const auto leaves = [&](double per_point) {
    return static_cast<int>(std::min(20000.0, per_point * static_cast<double>(count)));
  };
  switch (kind) {
    case TrainingKind::tree_by_laser:
      return tree_by_laser(tree_scene(stream, leaves(random.uniform(0.2, 0.9))), count, noise_share,
                           random);
    case TrainingKind::airborne_block:
      return airborne_block(terrain_scene(stream), count, noise_share, random);
    case TrainingKind::street_rings:
      return street_rings(street_scene(stream, 800), count, noise_share, random);
    case TrainingKind::street_surface:
      return street_surface(street_scene(stream, 300), count, noise_share, random);
    case TrainingKind::room_camera:
      return room_camera(room_scene(stream), count, noise_share, random);
    case TrainingKind::part_few_views:
      return object_views(part_scene(stream), 1 + random.below(3), count, noise_share, random);
    case TrainingKind::part_surface:
      return object_surface(part_scene(stream), count, noise_share, random);
    case TrainingKind::part_views:
      return object_views(part_scene(stream), 5 + random.below(4), count, noise_share, random);
    case TrainingKind::organic_surface:
      return object_surface(organic_scene(stream), count, noise_share, random);
    case TrainingKind::organic_views:
      return object_views(organic_scene(stream), 5 + random.below(4), count, noise_share, random);
  }
  return {};
}

bool is_scene(TrainingKind kind) {
  return kind == TrainingKind::airborne_block || kind == TrainingKind::street_rings ||
         kind == TrainingKind::street_surface || kind == TrainingKind::room_camera;
}

}  // namespace

Random scene_stream(Use use, std::uint64_t seed) noexcept {
  const std::uint64_t mixed = Random(seed).bits() >> 1;
  return Random(use == Use::training ? mixed : mixed | (std::uint64_t{1} << 63));
}

TrainingKind training_kind(std::uint64_t seed) noexcept {
  // Shares in percent, in the order of the kinds; they add up to 100.
  constexpr std::array<int, kTrainingKinds> kShares = {18, 11, 12, 4, 9, 10, 11, 8, 9, 8};
  auto left = static_cast<int>(scene_stream(Use::training, seed).fork(0).below(100));
  int kind = 0;
  while (left >= kShares[static_cast<std::size_t>(kind)])
    left -= kShares[static_cast<std::size_t>(kind++)];
  return static_cast<TrainingKind>(kind);
}

std::vector<float> training_cloud(TrainingKind kind, std::uint64_t seed, std::size_t about_points,
                                  double noise_share) {
  if (about_points < 500) {
    throw InvalidArgument("training_cloud: about_points is " + std::to_string(about_points) +
                          ", expected at least 500");
  }
  const Random stream = scene_stream(Use::training, seed);
  Random random = stream.fork(1);
  Points points = points_of(kind, stream, about_points, noise_share, random);
  if (is_scene(kind)) {
    crop(points, about_points, random);
  } else {
    thin(points, about_points, random);
  }
  return packed(points);
}

std::vector<float> training_cloud(std::uint64_t seed, std::size_t about_points,
                                  double noise_share) {
  return training_cloud(training_kind(seed), seed, about_points, noise_share);
}

}  // namespace equicloud::simulate
