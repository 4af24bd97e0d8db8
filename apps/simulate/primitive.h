// SPDX-License-Identifier: BSD-3-Clause
// The four surfaces that every scene is made of: triangle, disc, side of a cone (cylinder), sphere.
// Each can be hit by a ray, measured to, and sampled; nothing else knows the difference.
#pragma once

#include <equicloud/base/random.h>
#include <simulate/vec3.h>

#include <cstdint>
#include <limits>

namespace equicloud::simulate {

constexpr double kPi = 3.14159265358979323846;
constexpr double kNever = std::numeric_limits<double>::infinity();

struct Ray {
  Vec3 origin;
  Vec3 direction;  ///< unit length

  Vec3 at(double distance) const noexcept { return origin + distance * direction; }
};

/// Axis-parallel bounds.
struct Bounds {
  Vec3 low{kNever, kNever, kNever};
  Vec3 high{-kNever, -kNever, -kNever};

  void include(Vec3 p) noexcept;
  void include(const Bounds& other) noexcept;
  /// Distance along the ray at which it enters, 0 if it begins inside, kNever if it misses.
  double enter(Vec3 origin, Vec3 inverse_direction, double farthest) const noexcept;
  /// Squared distance from p, 0 inside.
  double squared_distance(Vec3 p) const noexcept;
};

enum class Shape : std::uint8_t {
  triangle,  ///< corners a, b, c
  disc,      ///< centre a, unit normal b, radius r0
  cone,      ///< side only, from a (radius r0) to b (radius r1)
  sphere,    ///< centre a, radius r0
};

struct Primitive {
  Shape shape = Shape::triangle;
  std::uint16_t material = 0;
  Vec3 a;
  Vec3 b;
  Vec3 c;
  double r0 = 0.0;
  double r1 = 0.0;
};

Bounds bounds(const Primitive& p) noexcept;
/// Distance along the ray of the first hit beyond `nearest`, both sides of a surface count; kNever
/// if none.
double hit_distance(const Primitive& p, const Ray& ray, double nearest) noexcept;
/// Unit normal at a point of the surface, of either sign.
Vec3 normal_at(const Primitive& p, Vec3 point) noexcept;
/// Shortest distance from a point to the surface.
double distance(const Primitive& p, Vec3 point) noexcept;
double area(const Primitive& p) noexcept;
/// A point of the surface, uniform by area (a cone uniform by length along its axis where it
/// tapers).
Vec3 sample(const Primitive& p, Random& random) noexcept;

}  // namespace equicloud::simulate
