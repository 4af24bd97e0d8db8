// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/points/motion.h>
#include <simulate/vec3.h>
#include <train/shape_damage.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace equicloud::train {
namespace {

using simulate::Vec3;

constexpr std::size_t kSpacingSamples = 64;
constexpr std::size_t kWaves = 6;
constexpr double kStrayRadius = 1.2;

Vec3 vec(const Point& p) { return {p[0], p[1], p[2]}; }
Vec3 vec(const std::array<double, 3>& d) { return {d[0], d[1], d[2]}; }

Cloud rows_of(const Cloud& cloud, const std::vector<char>& kept) {
  Cloud result;
  result.reserve(cloud.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i]) append(result, point_of(cloud, i));
  }
  return result;
}

/// 1 for the `count` points with the smallest values (of equal ones the first).
std::vector<char> smallest(const std::vector<double>& values, std::size_t count) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto less = [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] < values[b] : a < b;
  };
  if (count < order.size()) {
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                     less);
  }
  std::vector<char> mask(values.size(), 0);
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) mask[order[i]] = 1;
  return mask;
}

std::vector<double> squared_distances(const Cloud& cloud, const Point& from) {
  std::vector<double> squares(cloud.size() / 3);
  for (std::size_t i = 0; i < squares.size(); ++i) {
    const Vec3 d = vec(point_of(cloud, i)) - vec(from);
    squares[i] = dot(d, d);
  }
  return squares;
}

/// Of the points elsewhere; infinite if there are none. In float: the loop is the time of a view.
double distance_to_nearest(const Cloud& cloud, const Point& from) {
  float least = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < cloud.size(); i += 3) {
    const float x = cloud[i] - from[0], y = cloud[i + 1] - from[1], z = cloud[i + 2] - from[2];
    const float square = x * x + y * y + z * z;
    least = square > 0.0F && square < least ? square : least;
  }
  return std::sqrt(double(least));
}

struct Wave {
  Vec3 number, amplitude;
  double phase = 0.0;
};

Wave random_wave(double amplitude, double wavelength, Random& random) {
  const double length = random.uniform(0.5, 1.5) * 2.0 * M_PI / wavelength;
  const Vec3 number = length * vec(random_direction(random));
  const double scale = amplitude * std::sqrt(2.0 / kWaves);
  const double x = random.normal(), y = random.normal(), z = random.normal();
  return {number, scale * Vec3{x, y, z}, random.uniform(0.0, 2.0 * M_PI)};
}

/// A point as the eye sees it: across the line of sight, and towards the eye.
struct Seen {
  double across = 0.0, up = 0.0, near = 0.0;
  std::size_t row = 0;
};

std::vector<Seen> seen_by(const Cloud& cloud, Vec3 eye) {
  const Vec3 u = perpendicular(eye), v = cross(eye, u);
  std::vector<Seen> points(cloud.size() / 3);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec3 p = vec(point_of(cloud, i));
    points[i] = {dot(p, u), dot(p, v), dot(p, eye), i};
  }
  return points;
}

/// Whether q's disc stands before p.
bool hides(const Seen& q, const Seen& p, double radius, double depth) {
  const double a = q.across - p.across, b = q.up - p.up;
  return q.near - p.near > depth && a * a + b * b < radius * radius;
}

/// Uniform in [-1, 1)^3, or in the ball within it.
Vec3 random_inside(bool ball, Random& random) {
  if (ball) return std::cbrt(random.uniform()) * vec(random_direction(random));
  const double x = random.uniform(-1.0, 1.0), y = random.uniform(-1.0, 1.0);
  return {x, y, random.uniform(-1.0, 1.0)};
}

}  // namespace

CloudSize size_of(const Cloud& cloud) {
  CloudSize size;
  const std::size_t n = cloud.size() / 3;
  if (n == 0) return size;
  std::array<double, 3> sum{};
  for (std::size_t i = 0; i < 3 * n; ++i) sum[i % 3] += cloud[i];
  for (std::size_t a = 0; a < 3; ++a) {
    size.centre[a] = static_cast<float>(sum[a] / static_cast<double>(n));
  }
  std::vector<double> radii = squared_distances(cloud, size.centre);
  for (double& r : radii) r = std::sqrt(r);
  std::sort(radii.begin(), radii.end());
  const auto low = static_cast<std::size_t>(0.80 * static_cast<double>(n));
  const auto high = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(n)));
  for (std::size_t i = low; i < high; ++i) size.robust += radii[i];
  size.robust /= static_cast<double>(high - low);
  size.largest = radii.back();
  return size;
}

double sampled_spacing(const Cloud& cloud) {
  const std::size_t n = cloud.size() / 3;
  const std::size_t samples = std::min(n, kSpacingSamples);
  std::vector<double> nearest;
  for (std::size_t s = 0; s < samples; ++s) {
    const double least = distance_to_nearest(cloud, point_of(cloud, s * n / samples));
    if (std::isfinite(least)) nearest.push_back(least);
  }
  if (nearest.empty()) return 0.0;
  const auto middle = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 2);
  std::nth_element(nearest.begin(), middle, nearest.end());
  return *middle;
}

Cloud turned(const Cloud& cloud, Random& random) {
  Motion motion = random_motion(PointsView(cloud), random);
  motion.centre = motion.place = {};
  return moved(PointsView(cloud), motion);
}

Cloud stretched(Cloud cloud, double range, Random& random) {
  std::array<double, 3> factor{};
  for (double& f : factor) f = std::exp(random.uniform(-range, range));
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    cloud[i] = static_cast<float>(factor[i % 3] * cloud[i]);
  }
  return cloud;
}

Cloud jittered(Cloud cloud, double sigma, Random& random) {
  for (float& c : cloud) c = static_cast<float>(c + sigma * random.normal());
  return cloud;
}

Cloud warped(Cloud cloud, double amplitude, double wavelength, Random& random) {
  std::array<Wave, kWaves> waves;
  for (Wave& wave : waves) wave = random_wave(amplitude, wavelength, random);
  for (std::size_t i = 0; i < cloud.size() / 3; ++i) {
    const Vec3 p = vec(point_of(cloud, i));
    Vec3 to = p;
    for (const Wave& wave : waves) {
      to = to + std::sin(dot(wave.number, p) + wave.phase) * wave.amplitude;
    }
    cloud[3 * i] = static_cast<float>(to.x);
    cloud[3 * i + 1] = static_cast<float>(to.y);
    cloud[3 * i + 2] = static_cast<float>(to.z);
  }
  return cloud;
}

Cloud halved(const Cloud& cloud, double keep, Random& random) {
  if (!(keep > 0.0 && keep <= 1.0)) {
    throw InvalidArgument("the share of points that a cut keeps must be in (0, 1], got " +
                          std::to_string(keep));
  }
  const Vec3 direction = vec(random_direction(random));
  std::vector<double> below(cloud.size() / 3);
  for (std::size_t i = 0; i < below.size(); ++i)
    below[i] = -dot(direction, vec(point_of(cloud, i)));
  const auto count = static_cast<std::size_t>(std::ceil(keep * static_cast<double>(below.size())));
  return rows_of(cloud, smallest(below, count));
}

Cloud visible_from(const Cloud& cloud, const std::array<double, 3>& eye, double radius,
                   double depth) {
  std::vector<Seen> points = seen_by(cloud, vec(eye));
  std::sort(points.begin(), points.end(), [](const Seen& a, const Seen& b) {
    return a.across != b.across ? a.across < b.across : a.row < b.row;
  });
  // Only points of a strip as wide as the disc can hide one another.
  std::vector<char> visible(points.size(), 1);
  std::size_t first = 0;
  for (const Seen& p : points) {
    while (p.across - points[first].across >= radius) ++first;
    for (std::size_t j = first; j < points.size() && points[j].across - p.across < radius; ++j) {
      if (!hides(points[j], p, radius, depth)) continue;
      visible[p.row] = 0;
      break;
    }
  }
  return rows_of(cloud, visible);
}

Cloud one_view(const Cloud& cloud, double factor, Random& random) {
  const double radius = kViewRadius * factor * sampled_spacing(cloud);
  const std::array<double, 3> eye = random_direction(random);
  return radius > 0.0 ? visible_from(cloud, eye, radius, kViewDepth * radius) : cloud;
}

Cloud with_holes(const Cloud& cloud, std::size_t holes, std::size_t size, Random& random) {
  Cloud left = cloud;
  for (std::size_t hole = 0; hole < holes; ++hole) {
    const std::size_t n = left.size() / 3;
    if (n <= kFewestShapePoints) break;
    const Point centre = point_of(left, random.below(n));
    std::vector<char> kept =
        smallest(squared_distances(left, centre), std::min(size, n - kFewestShapePoints));
    for (char& k : kept) k = k == 0 ? 1 : 0;
    left = rows_of(left, kept);
  }
  return left;
}

Cloud with_stray_points(Cloud cloud, double share, Random& random) {
  const CloudSize size = size_of(cloud);
  const auto count =
      static_cast<std::size_t>(std::llround(share * static_cast<double>(cloud.size() / 3)));
  const bool ball = random.uniform() < 0.5;
  for (std::size_t i = 0; i < count; ++i) {
    const Vec3 p = random_inside(ball, random);
    append(cloud, along(size.centre, {p.x, p.y, p.z}, kStrayRadius * size.largest));
  }
  return cloud;
}

}  // namespace equicloud::train
