// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/shapes.h>

#include <algorithm>
#include <vector>

namespace equicloud::simulate {
namespace {

Primitive primitive(Shape shape, MaterialId m, Vec3 a, Vec3 b, double r0, double r1) {
  return {shape, m, a, b, {}, r0, r1};
}

// sign(c) |c|^e: the "signed power" of superquadrics (Barr 1981).
double signed_power(double c, double e) { return c < 0.0 ? -std::pow(-c, e) : std::pow(c, e); }

}  // namespace

void add_triangle(Scene& scene, MaterialId m, Vec3 a, Vec3 b, Vec3 c) {
  if (norm(cross(b - a, c - a)) > 1e-12) scene.add({Shape::triangle, m, a, b, c, 0.0, 0.0});
}

void add_quad(Scene& scene, MaterialId m, Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
  add_triangle(scene, m, a, b, c);
  add_triangle(scene, m, a, c, d);
}

void add_box(Scene& scene, MaterialId m, const Pose& pose, Vec3 centre, Vec3 half) {
  const auto corner = [&](int x, int y, int z) {
    return pose.at(centre + Vec3{x * half.x, y * half.y, z * half.z});
  };
  for (const int s : {-1, 1}) {
    add_quad(scene, m, corner(s, -1, -1), corner(s, 1, -1), corner(s, 1, 1), corner(s, -1, 1));
    add_quad(scene, m, corner(-1, s, -1), corner(1, s, -1), corner(1, s, 1), corner(-1, s, 1));
    add_quad(scene, m, corner(-1, -1, s), corner(1, -1, s), corner(1, 1, s), corner(-1, 1, s));
  }
}

void add_disc(Scene& scene, MaterialId m, Vec3 centre, Vec3 n, double radius) {
  scene.add(primitive(Shape::disc, m, centre, normalized(n), radius, 0.0));
}

void add_cone(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double ra, double rb) {
  scene.add(primitive(Shape::cone, m, a, b, ra, rb));
}

void add_cylinder(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double radius) {
  add_cone(scene, m, a, b, radius, radius);
  add_disc(scene, m, a, b - a, radius);
  add_disc(scene, m, b, b - a, radius);
}

void add_sphere(Scene& scene, MaterialId m, Vec3 centre, double radius) {
  scene.add(primitive(Shape::sphere, m, centre, {}, radius, 0.0));
}

void add_capsule(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double radius) {
  add_cone(scene, m, a, b, radius, radius);
  add_sphere(scene, m, a, radius);
  add_sphere(scene, m, b, radius);
}

void add_wire(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double sag, double radius) {
  constexpr int pieces = 12;
  Vec3 last = a;
  for (int i = 1; i <= pieces; ++i) {
    const double t = static_cast<double>(i) / pieces;
    Vec3 next = a + t * (b - a);
    next.z -= 4.0 * sag * t * (1.0 - t);
    add_cone(scene, m, last, next, radius, radius);
    last = next;
  }
}

void add_surface(Scene& scene, MaterialId m, int nu, int nv, const SurfaceFunction& point) {
  std::vector<Vec3> row;
  std::vector<Vec3> above;
  for (int j = 0; j <= nv; ++j) {
    row.clear();
    for (int i = 0; i <= nu; ++i) {
      row.push_back(point(static_cast<double>(i) / nu, static_cast<double>(j) / nv));
    }
    for (std::size_t i = 0; j > 0 && i + 1 < row.size(); ++i) {
      add_quad(scene, m, above[i], above[i + 1], row[i + 1], row[i]);
    }
    above.swap(row);
  }
}

void add_extrusion(Scene& scene, MaterialId m, const Pose& pose, const Outline& outer,
                   const Outline& inner, double z0, double z1, int cells) {
  const auto on = [&](const Outline& outline, int i, double z) {
    const double angle = 2.0 * kPi * i / cells;
    const double r = outline ? outline(angle) : 0.0;
    return pose.at({r * std::cos(angle), r * std::sin(angle), z});
  };
  for (int i = 0; i < cells; ++i) {
    for (const double z : {z0, z1}) {
      add_quad(scene, m, on(outer, i, z), on(outer, i + 1, z), on(inner, i + 1, z),
               on(inner, i, z));
    }
    add_quad(scene, m, on(outer, i, z0), on(outer, i + 1, z0), on(outer, i + 1, z1),
             on(outer, i, z1));
    if (!inner) continue;
    add_quad(scene, m, on(inner, i, z0), on(inner, i + 1, z0), on(inner, i + 1, z1),
             on(inner, i, z1));
  }
}

Outline polygon(int corners, double radius) {
  const double sector = 2.0 * kPi / corners;
  return [=](double angle) {
    const double off = angle - sector * std::floor(angle / sector) - 0.5 * sector;
    return radius * std::cos(0.5 * sector) / std::cos(off);
  };
}

Outline circle(double radius) {
  return [=](double) { return radius; };
}

void add_superquadric(Scene& scene, MaterialId m, const Pose& pose, Vec3 centre, Vec3 half,
                      double power, int cells) {
  const double e = 2.0 / power;
  add_surface(scene, m, 2 * cells, cells, [&](double u, double v) {
    const double azimuth = 2.0 * kPi * u;
    const double elevation = kPi * (v - 0.5);
    const double across = std::pow(std::max(0.0, std::cos(elevation)), e);
    return pose.at(centre + Vec3{half.x * across * signed_power(std::cos(azimuth), e),
                                 half.y * across * signed_power(std::sin(azimuth), e),
                                 half.z * signed_power(std::sin(elevation), e)});
  });
}

void add_torus(Scene& scene, MaterialId m, Vec3 centre, Vec3 axis, double ring, double tube,
               int cells) {
  const Vec3 n = normalized(axis);
  const Vec3 e = perpendicular(n);
  const Vec3 f = cross(n, e);
  add_surface(scene, m, 2 * cells, cells, [&](double u, double v) {
    const Vec3 out = std::cos(2.0 * kPi * u) * e + std::sin(2.0 * kPi * u) * f;
    return centre + (ring + tube * std::cos(2.0 * kPi * v)) * out +
           (tube * std::sin(2.0 * kPi * v)) * n;
  });
}

}  // namespace equicloud::simulate
