// SPDX-License-Identifier: BSD-3-Clause
#include <train/density.h>
#include <train/surface.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace equicloud::train {
namespace {

using Direction = std::array<double, 3>;

double dot(const Point& p, const Direction& d) { return p[0] * d[0] + p[1] * d[1] + p[2] * d[2]; }

Direction cross(const Direction& a, const Direction& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

/// Two unit vectors that span the plane across `view`.
std::array<Direction, 2> screen_of(const Direction& view) {
  const Direction helper = std::abs(view[0]) < 0.7 ? Direction{1, 0, 0} : Direction{0, 1, 0};
  Direction u = cross(view, helper);
  const double length = std::hypot(u[0], u[1], u[2]);
  for (double& c : u) c /= length;
  return {u, cross(view, u)};
}

/// Marks the nearest point of every pixel, looking along `view`.
void mark_seen(const std::vector<float>& xyz, const Direction& view, double pixel,
               std::vector<char>& seen) {
  const auto [u, v] = screen_of(view);
  std::unordered_map<std::int64_t, std::size_t> nearest;
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    const Point p = point_of(xyz, i);
    const auto column = static_cast<std::int64_t>(std::floor(dot(p, u) / pixel));
    const auto row = static_cast<std::int64_t>(std::floor(dot(p, v) / pixel));
    const auto [slot, fresh] = nearest.try_emplace(column * 0x100000LL + row, i);
    if (!fresh && dot(p, view) < dot(point_of(xyz, slot->second), view)) slot->second = i;
  }
  for (const auto& [key, i] : nearest) seen[i] = 1;
}

/// A pixel that hides the far side of an evenly sampled cloud and keeps some thousand points.
double usual_pixel(const std::vector<float>& xyz, Random& random) {
  const std::vector<float> sample = random_subset(xyz, 4000, random);
  const double sample_spacing = Surface(sample).spacing();
  const double spacing = sample_spacing * std::sqrt(static_cast<double>(sample.size()) /
                                                    static_cast<double>(xyz.size()));
  return spacing * random.uniform(1.0, 2.2);
}

double log_uniform(double low, double high, Random& random) {
  return std::exp(random.uniform(std::log(low), std::log(high)));
}

std::vector<float> seen_from_some(const std::vector<float>& xyz, Random& random) {
  const double pixel = usual_pixel(xyz, random);
  return seen_from(xyz, 1 + static_cast<int>(random.below(4)), pixel, random);
}

std::vector<float> thinned_somewhat(const std::vector<float>& xyz, Random& random) {
  return thinned(xyz, log_uniform(1.5, 37.0, random), random);
}

}  // namespace

std::vector<float> random_subset(const std::vector<float>& xyz, std::size_t count, Random& random) {
  const std::size_t n = xyz.size() / 3;
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  count = std::min(count, n);
  std::vector<float> subset;
  subset.reserve(3 * count);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(order[i], order[i + random.below(n - i)]);
    append(subset, point_of(xyz, order[i]));
  }
  return subset;
}

std::vector<float> thinned(const std::vector<float>& xyz, double ratio, Random& random) {
  const Direction direction = random_direction(random);
  double low = std::numeric_limits<double>::max(), high = -low;
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    low = std::min(low, dot(point_of(xyz, i), direction));
    high = std::max(high, dot(point_of(xyz, i), direction));
  }
  std::vector<float> kept;
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    const Point p = point_of(xyz, i);
    const double t = high > low ? (dot(p, direction) - low) / (high - low) : 0.0;
    if (random.uniform() < std::pow(ratio, -t)) append(kept, p);
  }
  return kept;
}

std::vector<float> seen_from(const std::vector<float>& xyz, int views, double pixel,
                             Random& random) {
  std::vector<char> seen(xyz.size() / 3, 0);
  for (int view = 0; view < views; ++view) {
    mark_seen(xyz, random_direction(random), pixel, seen);
  }
  std::vector<float> kept;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i]) append(kept, point_of(xyz, i));
  }
  return kept;
}

std::vector<float> in_rings(const std::vector<float>& xyz, double gap, double width,
                            Random& random) {
  const Direction direction = random_direction(random);
  const double shift = random.uniform();
  std::vector<float> kept;
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    const Point p = point_of(xyz, i);
    const double turns = dot(p, direction) / gap + shift;
    if ((turns - std::floor(turns)) * gap < width) append(kept, p);
  }
  return kept;
}

std::vector<float> flattened(std::vector<float> xyz, double factor, Random& random) {
  const std::size_t axis = random.below(3);
  for (std::size_t i = axis; i < xyz.size(); i += 3) {
    xyz[i] = static_cast<float>(xyz[i] * factor);
  }
  return xyz;
}

std::vector<float> with_crowns(std::vector<float> xyz, double spacing, Random& random) {
  const std::size_t n = xyz.size() / 3;
  std::size_t left = n / 2;
  for (std::size_t crowns = 1 + random.below(12); crowns > 0; --crowns) {
    const double radius = random.uniform(3.0, 14.0);
    const double filling = log_uniform(0.08, 1.0, random) * 4.0 / 3.0 * M_PI * std::pow(radius, 3);
    const std::size_t count =
        std::min({left, static_cast<std::size_t>(filling), std::size_t{2000}});
    const Point centre = along(point_of(xyz, random.below(n)), random_direction(random),
                               random.uniform(0.2, 0.95) * radius * spacing);
    for (std::size_t i = 0; i < count; ++i) {
      append(xyz, along(centre, random_direction(random),
                        std::cbrt(random.uniform()) * radius * spacing));
    }
    left -= count;
  }
  return xyz;
}

std::vector<float> random_density(const std::vector<float>& xyz, std::size_t count,
                                  Random& random) {
  const double kind = random.uniform();
  if (kind < 0.45) return random_subset(xyz, count, random);
  std::vector<float> sampled;
  if (kind < 0.65) {
    sampled = thinned_somewhat(xyz, random);
  } else if (kind < 0.80) {
    sampled = seen_from_some(xyz, random);
  } else {
    const double factor = log_uniform(0.005, 0.15, random);
    sampled = thinned_somewhat(seen_from_some(flattened(xyz, factor, random), random), random);
  }
  // Too little left to be a cloud (a needle seen end on): as it was instead.
  const bool enough = sampled.size() / 3 >= std::min<std::size_t>(count, 1000);
  return random_subset(enough ? sampled : xyz, count, random);
}

}  // namespace equicloud::train
