// SPDX-License-Identifier: BSD-3-Clause
// Words in which scenes are written: boxes, rods, capsules, wires, height fields, parametric
// surfaces, extruded outlines. Each adds primitives to a scene; lengths in metres, angles in
// radians.
#pragma once

#include <simulate/scene.h>

#include <functional>

namespace equicloud::simulate {

void add_triangle(Scene& scene, MaterialId m, Vec3 a, Vec3 b, Vec3 c);
/// Corners in order around; two triangles.
void add_quad(Scene& scene, MaterialId m, Vec3 a, Vec3 b, Vec3 c, Vec3 d);
/// A box in the pose's own axes: centre and half lengths.
void add_box(Scene& scene, MaterialId m, const Pose& pose, Vec3 centre, Vec3 half);
/// Unit normal n (normalised here).
void add_disc(Scene& scene, MaterialId m, Vec3 centre, Vec3 n, double radius);
/// Side of a cone from a (radius ra) to b (radius rb), without ends; a and b must differ.
void add_cone(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double ra, double rb);
/// A cylinder with both ends closed.
void add_cylinder(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double radius);
void add_sphere(Scene& scene, MaterialId m, Vec3 centre, double radius);
/// A cylinder with spheres at its ends.
void add_capsule(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double radius);
/// A wire from a to b that hangs `sag` below the chord in its middle (parabola, 12 straight
/// pieces).
void add_wire(Scene& scene, MaterialId m, Vec3 a, Vec3 b, double sag, double radius);

/// The surface point(u, v), u and v from 0 to 1, as nu x nv cells of two triangles (degenerate ones
/// left out).
using SurfaceFunction = std::function<Vec3(double u, double v)>;
void add_surface(Scene& scene, MaterialId m, int nu, int nv, const SurfaceFunction& point);

/// What is between two outlines r(angle) around the pose's z axis, from z0 to z1: plates with
/// holes, gears, washers, nuts. `inner` may be empty (no hole). Angles are cut into `cells` steps.
using Outline = std::function<double(double angle)>;
void add_extrusion(Scene& scene, MaterialId m, const Pose& pose, const Outline& outer,
                   const Outline& inner, double z0, double z1, int cells);

/// Outline of a regular polygon with n corners at the given radius.
Outline polygon(int corners, double radius);
Outline circle(double radius);

/// |x/a|^p + ... = 1: p = 2 an ellipsoid, larger p boxy with rounded edges. Pose axes, half
/// lengths.
void add_superquadric(Scene& scene, MaterialId m, const Pose& pose, Vec3 centre, Vec3 half,
                      double power, int cells);
/// A ring of radius `ring` around the direction `axis`, `tube` thick.
void add_torus(Scene& scene, MaterialId m, Vec3 centre, Vec3 axis, double ring, double tube,
               int cells);

}  // namespace equicloud::simulate
