// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/primitive.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

// Möller & Trumbore 1997.
double hit_triangle(const Primitive& p, const Ray& ray, double nearest) noexcept {
  const Vec3 ab = p.b - p.a;
  const Vec3 ac = p.c - p.a;
  const Vec3 across = cross(ray.direction, ac);
  const double det = dot(ab, across);
  if (det == 0.0) return kNever;
  const Vec3 from_a = ray.origin - p.a;
  const double u = dot(from_a, across) / det;
  if (!(u >= 0.0 && u <= 1.0)) return kNever;
  const Vec3 q = cross(from_a, ab);
  const double v = dot(ray.direction, q) / det;
  if (!(v >= 0.0 && u + v <= 1.0)) return kNever;
  const double t = dot(ac, q) / det;
  return t > nearest ? t : kNever;
}

double hit_disc(const Primitive& p, const Ray& ray, double nearest) noexcept {
  const double facing = dot(ray.direction, p.b);
  if (facing == 0.0) return kNever;
  const double t = dot(p.a - ray.origin, p.b) / facing;
  const Vec3 off = ray.at(t) - p.a;
  return t > nearest && dot(off, off) <= p.r0 * p.r0 ? t : kNever;
}

// The smaller root of a t^2 + 2 b t + c beyond `nearest` that `accept` takes.
template <typename Accept>
double first_root(double a, double b, double c, double nearest, Accept accept) noexcept {
  const double discriminant = b * b - a * c;
  if (discriminant < 0.0 || a == 0.0) return kNever;
  const double root = std::sqrt(discriminant);
  const double t0 = (-b - root) / a;
  const double t1 = (-b + root) / a;
  const double first = std::min(t0, t1);
  const double second = std::max(t0, t1);
  if (first > nearest && accept(first)) return first;
  return second > nearest && accept(second) ? second : kNever;
}

// Points where |across the axis| = r0 + slope * (along the axis), 0 <= along <= height.
double hit_cone(const Primitive& p, const Ray& ray, double nearest) noexcept {
  const double height = norm(p.b - p.a);
  const Vec3 axis = (1.0 / height) * (p.b - p.a);
  const double slope = (p.r1 - p.r0) / height;
  const Vec3 from_a = ray.origin - p.a;
  const double along0 = dot(from_a, axis);
  const double along1 = dot(ray.direction, axis);
  const double radius0 = p.r0 + slope * along0;
  const double radius1 = slope * along1;
  const double qa = 1.0 - along1 * along1 - radius1 * radius1;
  const double qb = dot(from_a, ray.direction) - along0 * along1 - radius0 * radius1;
  const double qc = dot(from_a, from_a) - along0 * along0 - radius0 * radius0;
  return first_root(qa, qb, qc, nearest, [&](double t) {
    const double along = along0 + t * along1;
    return along >= 0.0 && along <= height;
  });
}

double hit_sphere(const Primitive& p, const Ray& ray, double nearest) noexcept {
  const Vec3 off = ray.origin - p.a;
  return first_root(1.0, dot(off, ray.direction), dot(off, off) - p.r0 * p.r0, nearest,
                    [](double) { return true; });
}

double distance_to_segment(Vec3 p, Vec3 a, Vec3 b) noexcept {
  const Vec3 ab = b - a;
  const double t = std::clamp(dot(p - a, ab) / std::max(dot(ab, ab), 1e-300), 0.0, 1.0);
  return norm(p - (a + t * ab));
}

double distance_to_triangle(const Primitive& t, Vec3 p) noexcept {
  const Vec3 n = cross(t.b - t.a, t.c - t.a);
  const bool above = dot(cross(t.b - t.a, p - t.a), n) >= 0 &&
                     dot(cross(t.c - t.b, p - t.b), n) >= 0 &&
                     dot(cross(t.a - t.c, p - t.c), n) >= 0;
  if (above && dot(n, n) > 0.0) return std::abs(dot(p - t.a, n)) / norm(n);
  return std::min({distance_to_segment(p, t.a, t.b), distance_to_segment(p, t.b, t.c),
                   distance_to_segment(p, t.c, t.a)});
}

double distance_to_disc(const Primitive& d, Vec3 p) noexcept {
  const double height = dot(p - d.a, d.b);
  const double across = norm((p - d.a) - height * d.b);
  return std::hypot(height, std::max(0.0, across - d.r0));
}

// In the half plane (along, across) the side is the segment (0, r0) - (height, r1).
double distance_to_cone(const Primitive& c, Vec3 p) noexcept {
  const double height = norm(c.b - c.a);
  const Vec3 axis = (1.0 / height) * (c.b - c.a);
  const double along = dot(p - c.a, axis);
  const double across = norm((p - c.a) - along * axis);
  return distance_to_segment({along, across, 0}, {0, c.r0, 0}, {height, c.r1, 0});
}

// Half the box around a circle of radius r with unit normal n.
Vec3 circle_extent(Vec3 n, double r) noexcept {
  return {r * std::sqrt(std::max(0.0, 1 - n.x * n.x)), r * std::sqrt(std::max(0.0, 1 - n.y * n.y)),
          r * std::sqrt(std::max(0.0, 1 - n.z * n.z))};
}

void include_around(Bounds& box, Vec3 centre, Vec3 extent) noexcept {
  box.include(centre - extent);
  box.include(centre + extent);
}

Vec3 sample_triangle(const Primitive& p, Random& random) noexcept {
  double u = random.uniform();
  double v = random.uniform();
  if (u + v > 1.0) {
    u = 1.0 - u;
    v = 1.0 - v;
  }
  return p.a + u * (p.b - p.a) + v * (p.c - p.a);
}

Vec3 on_circle(Vec3 centre, Vec3 n, double radius, double turn) noexcept {
  const Vec3 e = perpendicular(n);
  return centre + radius * (std::cos(turn) * e + std::sin(turn) * cross(n, e));
}

Vec3 sample_sphere(const Primitive& p, Random& random) noexcept {
  const double z = random.uniform(-1.0, 1.0);
  const double turn = random.uniform(0.0, 2.0 * kPi);
  const double across = std::sqrt(1.0 - z * z);
  return p.a + p.r0 * Vec3{across * std::cos(turn), across * std::sin(turn), z};
}

}  // namespace

void Bounds::include(Vec3 p) noexcept {
  low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
  high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
}

void Bounds::include(const Bounds& other) noexcept {
  include(other.low);
  include(other.high);
}

double Bounds::enter(Vec3 origin, Vec3 inverse, double farthest) const noexcept {
  const double x0 = (low.x - origin.x) * inverse.x;
  const double x1 = (high.x - origin.x) * inverse.x;
  const double y0 = (low.y - origin.y) * inverse.y;
  const double y1 = (high.y - origin.y) * inverse.y;
  const double z0 = (low.z - origin.z) * inverse.z;
  const double z1 = (high.z - origin.z) * inverse.z;
  const double in = std::max({0.0, std::min(x0, x1), std::min(y0, y1), std::min(z0, z1)});
  const double out = std::min({farthest, std::max(x0, x1), std::max(y0, y1), std::max(z0, z1)});
  return in <= out ? in : kNever;
}

double Bounds::squared_distance(Vec3 p) const noexcept {
  const double dx = std::max({0.0, low.x - p.x, p.x - high.x});
  const double dy = std::max({0.0, low.y - p.y, p.y - high.y});
  const double dz = std::max({0.0, low.z - p.z, p.z - high.z});
  return dx * dx + dy * dy + dz * dz;
}

Bounds bounds(const Primitive& p) noexcept {
  Bounds box;
  switch (p.shape) {
    case Shape::triangle:
      box.include(p.a);
      box.include(p.b);
      box.include(p.c);
      break;
    case Shape::disc:
      include_around(box, p.a, circle_extent(p.b, p.r0));
      break;
    case Shape::cone: {
      const Vec3 axis = normalized(p.b - p.a);
      include_around(box, p.a, circle_extent(axis, p.r0));
      include_around(box, p.b, circle_extent(axis, p.r1));
      break;
    }
    case Shape::sphere:
      include_around(box, p.a, {p.r0, p.r0, p.r0});
      break;
  }
  return box;
}

double hit_distance(const Primitive& p, const Ray& ray, double nearest) noexcept {
  switch (p.shape) {
    case Shape::triangle:
      return hit_triangle(p, ray, nearest);
    case Shape::disc:
      return hit_disc(p, ray, nearest);
    case Shape::cone:
      return hit_cone(p, ray, nearest);
    case Shape::sphere:
      return hit_sphere(p, ray, nearest);
  }
  return kNever;
}

Vec3 normal_at(const Primitive& p, Vec3 point) noexcept {
  switch (p.shape) {
    case Shape::triangle:
      return normalized(cross(p.b - p.a, p.c - p.a));
    case Shape::disc:
      return p.b;
    case Shape::cone: {
      const Vec3 axis = normalized(p.b - p.a);
      const Vec3 off = point - p.a;
      return normalized(off - dot(off, axis) * axis);
    }
    case Shape::sphere:
      return normalized(point - p.a);
  }
  return {0, 0, 1};
}

double distance(const Primitive& p, Vec3 point) noexcept {
  switch (p.shape) {
    case Shape::triangle:
      return distance_to_triangle(p, point);
    case Shape::disc:
      return distance_to_disc(p, point);
    case Shape::cone:
      return distance_to_cone(p, point);
    case Shape::sphere:
      return std::abs(norm(point - p.a) - p.r0);
  }
  return kNever;
}

double area(const Primitive& p) noexcept {
  switch (p.shape) {
    case Shape::triangle:
      return 0.5 * norm(cross(p.b - p.a, p.c - p.a));
    case Shape::disc:
      return kPi * p.r0 * p.r0;
    case Shape::cone:
      return kPi * (p.r0 + p.r1) * std::hypot(norm(p.b - p.a), p.r1 - p.r0);
    case Shape::sphere:
      return 4.0 * kPi * p.r0 * p.r0;
  }
  return 0.0;
}

Vec3 sample(const Primitive& p, Random& random) noexcept {
  switch (p.shape) {
    case Shape::triangle:
      return sample_triangle(p, random);
    case Shape::disc: {
      const double radius = p.r0 * std::sqrt(random.uniform());
      return on_circle(p.a, p.b, radius, random.uniform(0.0, 2.0 * kPi));
    }
    case Shape::cone: {
      const double t = random.uniform();
      const Vec3 centre = p.a + t * (p.b - p.a);
      const double radius = p.r0 + t * (p.r1 - p.r0);
      return on_circle(centre, normalized(p.b - p.a), radius, random.uniform(0.0, 2.0 * kPi));
    }
    case Shape::sphere:
      return sample_sphere(p, random);
  }
  return p.a;
}

}  // namespace equicloud::simulate
