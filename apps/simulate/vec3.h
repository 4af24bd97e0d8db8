// SPDX-License-Identifier: BSD-3-Clause
// Three doubles and what rays need of them; and a pose with a yaw, in which street furniture is
// described.
#pragma once

#include <cmath>

namespace equicloud::simulate {

struct Vec3 {
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
};

inline Vec3 operator+(Vec3 a, Vec3 b) noexcept { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec3 operator-(Vec3 a, Vec3 b) noexcept { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec3 operator*(double s, Vec3 a) noexcept { return {s * a.x, s * a.y, s * a.z}; }
inline double dot(Vec3 a, Vec3 b) noexcept { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(Vec3 a, Vec3 b) noexcept {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(Vec3 a) noexcept { return std::sqrt(dot(a, a)); }
/// Unit vector of a; a must not be 0.
inline Vec3 normalized(Vec3 a) noexcept { return (1.0 / norm(a)) * a; }
/// Direction of azimuth (from x to y) and elevation (above the xy plane), radians.
inline Vec3 direction_of(double azimuth_rad, double elevation_rad) noexcept {
  return {std::cos(elevation_rad) * std::cos(azimuth_rad),
          std::cos(elevation_rad) * std::sin(azimuth_rad), std::sin(elevation_rad)};
}

/// Some unit vector at right angles to the unit vector n, the same one for the same n.
inline Vec3 perpendicular(Vec3 n) noexcept {
  const Vec3 other = std::abs(n.x) < 0.7 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  return normalized(cross(n, other));
}

/// Where an object stands: its origin, and its turn about the vertical.
struct Pose {
  Vec3 origin;
  double yaw_rad = 0.0;

  /// World position of the object's point p.
  Vec3 at(Vec3 p) const noexcept { return origin + turn(p); }
  /// World direction of the object's direction d.
  Vec3 turn(Vec3 d) const noexcept {
    const double c = std::cos(yaw_rad);
    const double s = std::sin(yaw_rad);
    return {c * d.x - s * d.y, s * d.x + c * d.y, d.z};
  }
  /// A pose described within this one.
  Pose inside(Vec3 p, double yaw) const noexcept { return {at(p), yaw_rad + yaw}; }
};

}  // namespace equicloud::simulate
