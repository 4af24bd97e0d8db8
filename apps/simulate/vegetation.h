// SPDX-License-Identifier: BSD-3-Clause
// Trees, bushes and pot plants: tapering branches that split, and small discs for leaves.
#pragma once

#include <simulate/palette.h>
#include <simulate/shapes.h>

namespace equicloud::simulate {

enum class TreeKind { broad, conifer, bare };

struct TreeForm {
  TreeKind kind = TreeKind::broad;
  double height = 8.0;
  double spread = 0.6;  ///< radians between a branch and its child
  double trunk_radius = 0.15;
  int generations = 5;  ///< times that branches split
  int leaves = 1500;
  double leaf_radius = 0.05;
};

/// A form to put in a street: any kind, 4 to 11 m, with the given number of leaves.
TreeForm random_tree_form(Random& random, int leaves);
void add_tree(Scene& scene, const Palette& palette, Vec3 foot, const TreeForm& form,
              Random& random);
/// Leaves in a flattened ball on the ground, over a few twigs.
void add_bush(Scene& scene, const Palette& palette, Vec3 foot, double radius, int leaves,
              Random& random);
/// A pot with bent stems and large leaves, for rooms.
void add_pot_plant(Scene& scene, const Palette& palette, Vec3 foot, double height, Random& random);

}  // namespace equicloud::simulate
