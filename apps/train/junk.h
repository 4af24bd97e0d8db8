// SPDX-License-Identifier: BSD-3-Clause
// Clouds that are no object, for a class "unknown". Each has 1024 points and a random rotation; its
// place and scale mean nothing. Damage them as objects are damaged (shape_recipe.h) before they are
// learned from, lest the number of points or the lack of noise tell them. The kinds that are
// learned from stand here; those that only measure whether the refusal carries over to what was
// never seen are in held_out_junk.h.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/base/span.h>
#include <train/shape_damage.h>
#include <train/shape_set.h>

#include <cstddef>

namespace equicloud::train {

constexpr std::size_t kJunkPoints = 1024;

enum class Junk {
  blob,      ///< a Gaussian of unequal axes
  solid,     ///< a filled box or ball, stretched
  plane,     ///< a patch of a noisy plane
  corner,    ///< three planes that meet as in a corner of a room, or two in a T
  merged,    ///< two shapes of different classes into each other, with an offset
  parts,     ///< pieces cut from 3-6 shapes, scattered
  warped,    ///< a shape, displaced by a smooth field of large amplitude
  shuffled,  ///< a shape whose radii were dealt to its directions anew
  blobs,     ///< 3-8 small blobs
  sheet,     ///< a curved sheet among 15-50 % stray points
  nested,    ///< closed surfaces one in another; this and what follows: junk_forms.h
  curve,     ///< smooth wires
  chain,     ///< rings or balls on a wire
  frame,     ///< a slanted lattice of struts
  polygons,  ///< triangles and parallelograms through each other
  quadric,   ///< a piece of a saddle, paraboloid, hyperboloid or cone
  bumps,     ///< a ball or a plane with bumps and dents
  level,     ///< the zeros of a smooth field
  fractal,   ///< the attractor of a few contractions
  wall,      ///< a wall with openings
};
constexpr std::size_t kJunkKinds = 20;
const char* name_of(Junk kind) noexcept;

/// Junk of one kind. @param allowed  rows of `shapes` that pieces may be taken from, one at least
/// (checked; throws InvalidArgument); give the training rows, lest validation shapes be learned.
Cloud training_junk(Junk kind, const ShapeSet& shapes, Span<const std::size_t> allowed,
                    Random& random);
/// Of a random kind, all equally often.
Cloud training_junk(const ShapeSet& shapes, Span<const std::size_t> allowed, Random& random);

}  // namespace equicloud::train
