// SPDX-License-Identifier: BSD-3-Clause
// Groups as one meets them: together with what they move. `tetrahedron().group()` is the group
// alone.
#pragma once

#include <equicloud/group/g_space.h>

#include <cstddef>

namespace equicloud::group {

/// Z_n turning the n vertices of a polygon; n >= 1 (checked).
GSpace cycle(std::size_t n);
/// The dihedral group of 2n turns and flips on the n vertices of a polygon; n >= 3 (checked).
GSpace polygon(std::size_t n);
/// S_n on n letters; n in 1 .. 6 (checked: 7! is beyond kLargestOrder).
GSpace letters(std::size_t n);

/// The 12 rotations of a tetrahedron on its 4 vertices.
GSpace tetrahedron();
/// The 24 rotations of an octahedron on its 6 vertices +x, -x, +y, -y, +z, -z.
GSpace octahedron();
/// The 60 rotations of an icosahedron on its 12 vertices: 0 the north pole, 1 .. 5 the northern
/// ring at azimuths 72 i degrees, 6 .. 10 the southern ring at 36 + 72 i, 11 the south pole.
GSpace icosahedron();

}  // namespace equicloud::group
