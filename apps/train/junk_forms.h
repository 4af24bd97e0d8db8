// SPDX-License-Identifier: BSD-3-Clause
// Inside the junk: forms that no object has, made of formulas alone. Each has kJunkPoints points, a
// place, a size and a pose that mean nothing.
#pragma once

#include <equicloud/base/random.h>
#include <train/shape_damage.h>

namespace equicloud::train {

/// 2-4 closed surfaces, ellipsoids or boxes, one in another.
Cloud nested_surfaces(Random& random);
/// A wire along 1-3 smooth curves, closed or open: six Fourier terms an axis.
Cloud smooth_curves(Random& random);
/// Rings or balls on a smooth curve, one behind the other.
Cloud chain(Random& random);
/// The struts of a lattice of 1-3 cells an axis, some of them missing, all slanted.
Cloud frame(Random& random);
/// 3-12 triangles and parallelograms through each other.
Cloud polygons(Random& random);
/// A piece of a quadric: saddle, paraboloid, hyperboloid or cone.
Cloud quadric(Random& random);
/// A ball or a plane with 4-20 bumps and dents.
Cloud bumps(Random& random);
/// Where a random smooth field, a sum of waves, is zero within a ball.
Cloud level_set(Random& random);
/// The attractor of 3-5 random contractions (Hutchinson 1981, "Fractals and self-similarity").
Cloud fractal(Random& random);
/// A wall with openings and ledges, or two side by side.
Cloud wall(Random& random);

}  // namespace equicloud::train
