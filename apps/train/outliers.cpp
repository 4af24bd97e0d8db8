// SPDX-License-Identifier: BSD-3-Clause
#include <train/outliers.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace equicloud::train {
namespace {

constexpr int kTries = 32;  // for one place; then the limits give way

class Placer {
 public:
  Placer(const Surface& surface, double local_clearance, Random& random)
      : surface_(surface), local_clearance_(local_clearance), random_(random) {}

  std::vector<float> uniform(std::size_t count) {
    std::vector<float> placed;
    Box box = surface_.box().enlarged(0.1 * surface_.box().diagonal());
    while (placed.size() < 3 * count) append(placed, free_place(box, 1.5));
    return placed;
  }

  std::vector<float> far(std::size_t count) {
    std::vector<float> placed;
    const double diagonal = surface_.box().diagonal();
    while (placed.size() < 3 * count) {
      append(placed, along(surface_.box().centre(), random_direction(random_),
                           diagonal * random_.uniform(0.7, 2.0)));
    }
    return placed;
  }

  std::vector<float> near(std::size_t count) {
    std::vector<float> placed;
    while (placed.size() < 3 * count) append(placed, near_place());
    return placed;
  }

  std::vector<float> cluster(std::size_t count) {
    std::vector<float> placed;
    Box box = surface_.box().enlarged(0.1 * surface_.box().diagonal());
    while (placed.size() < 3 * count) {
      const std::size_t left = count - placed.size() / 3;
      const std::size_t size =
          left <= 60 ? left : std::min<std::size_t>(8 + random_.below(53), left - 8);
      cloudlet(free_place(box, 8.0), size, placed);
    }
    return placed;
  }

  std::vector<float> blob(std::size_t count) {
    return groups(count, 200, 2000, [this](std::size_t size, std::vector<float>& placed) {
      // A ball with a point in every cube of a spacing.
      const double radius = std::cbrt(0.75 / M_PI * static_cast<double>(size));
      const Point centre = far_place(8.0 + radius);
      for (std::size_t i = 0; i < size; ++i)
        append(placed, along(centre, random_direction(random_),
                             surface_.spacing() * radius * std::cbrt(random_.uniform())));
    });
  }

  std::vector<float> sheet(std::size_t count) {
    return groups(count, 100, 1000, [this](std::size_t size, std::vector<float>& placed) {
      const std::vector<float> patch = patch_of(std::min(size, surface_.size()));
      for (std::size_t i = 0; i < size; ++i)
        append(placed, point_of(patch, i % (patch.size() / 3)));
    });
  }

  std::vector<float> line(std::size_t count) {
    return groups(count, 10, 60, [this](std::size_t size, std::vector<float>& placed) {
      const Point middle = far_place(5.0);
      const std::array<double, 3> direction = random_direction(random_);
      const double step = surface_.spacing() * random_.uniform(0.5, 1.0);
      for (std::size_t i = 0; i < size; ++i)
        append(placed, along(middle, direction,
                             step * (static_cast<double>(i) - 0.5 * static_cast<double>(size))));
    });
  }

  std::vector<float> floater(std::size_t count) {
    return groups(count, 50, 500, [this](std::size_t size, std::vector<float>& placed) {
      const double radius = std::sqrt(static_cast<double>(size) / M_PI);
      const Point centre = far_place(8.0 + radius);
      const auto [u, v] = plane();
      for (std::size_t i = 0; i < size; ++i) {
        const double r = surface_.spacing() * radius * std::sqrt(random_.uniform());
        const double angle = random_.uniform(0.0, 2.0 * M_PI);
        append(placed, along(along(centre, u, r * std::cos(angle)), v, r * std::sin(angle)));
      }
    });
  }

  std::vector<float> mixed(std::size_t count) {
    std::vector<float> placed;
    // Several sensor places, as one may see no depth edge at all (a sphere alone in space).
    for (int view = 0; view < 4 && placed.size() < 3 * count; ++view) {
      mixed_from_one_place((count + 1) / 2, count, placed);
    }
    const std::vector<float> rest = near(count - placed.size() / 3);
    placed.insert(placed.end(), rest.begin(), rest.end());
    return placed;
  }

 private:
  bool is_free(const Point& place, double clearance) const {
    const Surface::Nearest nearest = surface_.nearest(place);
    return nearest.distance >= clearance * surface_.spacing() &&
           nearest.distance >= local_clearance_ * nearest.local_spacing;
  }

  /// A place in the box; the box grows while there is no room, so this ends.
  Point free_place(Box& box, double clearance) {
    for (;;) {
      for (int i = 0; i < kTries; ++i) {
        const Point place = box.random_point(random_);
        if (is_free(place, clearance)) return place;
      }
      box = box.enlarged(0.25 * box.diagonal() + surface_.spacing());
    }
  }

  Point near_place() {
    // Inside a dense volume nothing is 2 spacings off: then go 2-15 spacings out of the box.
    for (int i = 0; i < kTries; ++i) {
      const Point from = point_of(surface_.xyz(), random_.below(surface_.size()));
      const double length = random_.uniform(2.0, 15.0) * surface_.spacing();
      const Point place = along(from, random_direction(random_), length);
      if (is_free(place, 2.0)) return place;
    }
    return beside_extreme_point();
  }

  /// 2-15 spacings straight out of the box at the point that touches a random face of it.
  Point beside_extreme_point() {
    const std::size_t axis = random_.below(3);
    const double sign = random_.uniform() < 0.5 ? -1.0 : 1.0;
    Point extreme = point_of(surface_.xyz(), 0);
    for (std::size_t i = 1; i < surface_.size(); ++i) {
      const Point p = point_of(surface_.xyz(), i);
      if (sign * (p[axis] - extreme[axis]) > 0) extreme = p;
    }
    std::array<double, 3> out = {};
    out[axis] = sign;
    return along(extreme, out, random_.uniform(2.0, 15.0) * surface_.spacing());
  }

  /// Groups of `least` to `most` points, the last one with what is left, until there are `count`.
  template <typename Group>
  std::vector<float> groups(std::size_t count, std::size_t least, std::size_t most,
                            const Group& group) {
    std::vector<float> placed;
    while (placed.size() < 3 * count) {
      const std::size_t left = count - placed.size() / 3;
      const std::size_t size = least + random_.below(most - least + 1);
      group(left < size + least ? std::min(left, most) : size, placed);
    }
    return placed;
  }

  Point far_place(double clearance) {
    Box box = surface_.box().enlarged(0.1 * surface_.box().diagonal());
    return free_place(box, clearance);
  }

  /// Two random directions at right angles.
  std::pair<std::array<double, 3>, std::array<double, 3>> plane() {
    const std::array<double, 3> u = random_direction(random_);
    for (;;) {
      std::array<double, 3> v = random_direction(random_);
      const double along_u = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
      double length = 0.0;
      for (std::size_t a = 0; a < 3; ++a) {
        v[a] -= along_u * u[a];
        length += v[a] * v[a];
      }
      if (length < 0.01) continue;
      for (double& c : v) c /= std::sqrt(length);
      return {u, v};
    }
  }

  /// The `size` points of the surface around one of it, moved together; away from the surface for
  /// the most part, where a few tries find such a place.
  std::vector<float> patch_of(std::size_t size) {
    std::vector<float> best;
    std::size_t most_free = 0;
    for (int i = 0; i < kTries && 10 * most_free < 9 * size; ++i) {
      const Point seed = point_of(surface_.xyz(), random_.below(surface_.size()));
      const std::array<double, 3> direction = random_direction(random_);
      const double length = surface_.spacing() * random_.uniform(5.0, 20.0);
      std::vector<float> moved;
      std::size_t free = 0;
      for (const std::size_t row : nearest_rows(seed, size)) {
        Point p = along(point_of(surface_.xyz(), row), direction, length);
        for (float& c : p)  // a ghost is as noisy as what it is a ghost of
          c = static_cast<float>(c + 0.2 * surface_.spacing() * random_.normal());
        append(moved, p);
        free += is_free(p, 3.0) ? 1 : 0;
      }
      if (i > 0 && free <= most_free) continue;
      most_free = free;
      best = std::move(moved);
    }
    return best;
  }

  std::vector<std::size_t> nearest_rows(const Point& place, std::size_t count) const {
    std::vector<std::pair<double, std::size_t>> by_distance(surface_.size());
    for (std::size_t i = 0; i < surface_.size(); ++i) {
      const Point p = point_of(surface_.xyz(), i);
      by_distance[i] = {
          std::hypot(double(p[0]) - place[0], double(p[1]) - place[1], double(p[2]) - place[2]), i};
    }
    const auto end = by_distance.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(by_distance.begin(), end, by_distance.end());
    std::vector<std::size_t> rows;
    for (auto entry = by_distance.begin(); entry != end; ++entry) rows.push_back(entry->second);
    return rows;
  }

  void cloudlet(const Point& centre, std::size_t size, std::vector<float>& placed) {
    const double sigma = random_.uniform(0.7, 2.0) * surface_.spacing();
    for (std::size_t i = 0; i < size; ++i) {
      Point p = centre;
      for (float& c : p) c = static_cast<float>(c + sigma * random_.normal());
      append(placed, p);
    }
  }

  struct Pixel {
    std::size_t point;
    double range;
  };
  using Pixels = std::unordered_map<std::int64_t, Pixel>;
  static constexpr std::int64_t kRow = 1 << 20;

  /// The nearest point of each pixel of an angular grid, seen from `sensor`.
  Pixels visible(const Point& sensor, double step_rad) const {
    Pixels pixels;
    for (std::size_t i = 0; i < surface_.size(); ++i) {
      const Point p = point_of(surface_.xyz(), i);
      const double x = double(p[0]) - sensor[0], y = double(p[1]) - sensor[1],
                   z = double(p[2]) - sensor[2];
      const double range = std::hypot(x, y, z);
      if (range <= 0.0) continue;
      const auto column = static_cast<std::int64_t>(std::atan2(y, x) / step_rad + 1e5);
      const auto row = static_cast<std::int64_t>(std::asin(z / range) / step_rad + 1e5);
      const auto [slot, fresh] = pixels.try_emplace(row * kRow + column, Pixel{i, range});
      if (!fresh && range < slot->second.range) slot->second = {i, range};
    }
    return pixels;
  }

  struct Edge {
    std::size_t front, back;
  };
  /// Pairs of neighbouring pixels whose ranges differ by more than 6 spacings, in a fixed order.
  std::vector<Edge> depth_edges(const Pixels& pixels) const {
    std::vector<Edge> edges;
    for (const auto& [key, pixel] : pixels) {
      for (const std::int64_t step : {std::int64_t{1}, kRow}) {
        const auto other = pixels.find(key + step);
        if (other == pixels.end()) continue;
        const double jump = other->second.range - pixel.range;
        if (std::abs(jump) < 6.0 * surface_.spacing()) continue;
        edges.push_back({jump > 0 ? pixel.point : other->second.point,
                         jump > 0 ? other->second.point : pixel.point});
      }
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
      return a.front != b.front ? a.front < b.front : a.back < b.back;
    });
    return edges;
  }

  /// Up to `most` mixed pixels, and no more than `count` in all; at most two at an edge.
  void mixed_from_one_place(std::size_t most, std::size_t count, std::vector<float>& placed) {
    const double distance = surface_.box().diagonal() * random_.uniform(0.1, 1.5);
    const Point sensor = along(surface_.box().centre(), random_direction(random_), distance);
    const double step_rad =
        1.5 * surface_.spacing() / std::max(distance, 20.0 * surface_.spacing());
    const std::vector<Edge> edges = depth_edges(visible(sensor, step_rad));
    const std::size_t wanted = std::min({most, count - placed.size() / 3, 2 * edges.size()});
    for (std::size_t i = 0; i < wanted; ++i) {
      const Edge edge = edges[random_.below(edges.size())];
      const Point a = point_of(surface_.xyz(), edge.front), b = point_of(surface_.xyz(), edge.back);
      const double t = random_.uniform(0.05, 0.95);
      Point p;
      for (std::size_t k = 0; k < 3; ++k)
        p[k] = static_cast<float>(a[k] + t * (double(b[k]) - a[k]));
      if (is_free(p, 1.5)) append(placed, p);
    }
  }

  const Surface& surface_;
  double local_clearance_;
  Random& random_;
};

}  // namespace

const char* name_of(OutlierKind kind) noexcept {
  constexpr const char* names[] = {"uniform", "far",   "near", "cluster", "mixed",
                                   "blob",    "sheet", "line", "floater"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<float> make_outliers(const Surface& surface, OutlierKind kind, std::size_t count,
                                 double local_clearance, Random& random) {
  Placer placer(surface, local_clearance, random);
  switch (kind) {
    case OutlierKind::uniform:
      return placer.uniform(count);
    case OutlierKind::far:
      return placer.far(count);
    case OutlierKind::near:
      return placer.near(count);
    case OutlierKind::cluster:
      return placer.cluster(count);
    case OutlierKind::mixed:
      return placer.mixed(count);
    case OutlierKind::blob:
      return placer.blob(count);
    case OutlierKind::sheet:
      return placer.sheet(count);
    case OutlierKind::line:
      return placer.line(count);
    case OutlierKind::floater:
      return placer.floater(count);
  }
  return {};
}

}  // namespace equicloud::train
