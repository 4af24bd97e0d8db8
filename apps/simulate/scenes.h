// SPDX-License-Identifier: BSD-3-Clause
// Whole scenes, each a function of a random stream: no two alike. All are sealed, z is up, lengths
// in metres.
#pragma once

#include <simulate/scene.h>

namespace equicloud::simulate {

/// A street along x, about 80 m long, its middle at the origin, the road near z = 0: houses with
/// windows and balconies, parked cars, poles, sagging wires, signs, trees, bushes, pedestrians,
/// fences.
/// @param leaves  of each tree
Scene street_scene(Random random, int leaves = 1500);

/// A room, x and y within about +-3, floor at z = 0: table, chairs, shelf with things, lamp on a
/// cable, plants, curved objects, books, clutter.
Scene room_scene(Random random);

/// Undulating ground, about 120 m square around the origin: houses with pitched roofs, flat blocks,
/// trees, a power line.
Scene terrain_scene(Random random);

/// One tree on a patch of ground.
Scene tree_scene(Random random, int leaves = 8000);

/// A machine part about 1 in size around the origin: plates with holes, gears, bent sheets, tori,
/// rounded and sharp blocks, thin pieces.
Scene part_scene(Random random);

/// A rounded body about 1 in size around the origin, smooth or rough: a star-shaped surface with
/// bumps, a union of blobs and limbs, or a spiral shell.
Scene organic_scene(Random random);

}  // namespace equicloud::simulate
