// SPDX-License-Identifier: BSD-3-Clause
// What stands and lies in a room, each at the foot and yaw of a pose.
#pragma once

#include <simulate/palette.h>
#include <simulate/shapes.h>

namespace equicloud::simulate {

/// @param half_x, half_y  half lengths of the top; its upper side lies `height` above the pose's
/// origin
void add_table(Scene& scene, const Palette& palette, const Pose& pose, double half_x, double half_y,
               double height);
void add_chair(Scene& scene, const Palette& palette, const Pose& pose);
/// Boards between two sides, filled with books, boxes, bowls and bottles; open towards the pose's
/// +y.
void add_shelf(Scene& scene, const Palette& palette, const Pose& pose, Random& random);
/// Cups, bottles, bowls, books, a lamp with a thin stem: within half_x, half_y of the pose.
void add_table_clutter(Scene& scene, const Palette& palette, const Pose& pose, double half_x,
                       double half_y, Random& random);
/// A shade that hangs from the ceiling on a thin cable.
void add_hanging_lamp(Scene& scene, const Palette& palette, Vec3 ceiling, double drop);
void add_sofa(Scene& scene, const Palette& palette, const Pose& pose);
/// A vase: a turned, waisted surface.
void add_vase(Scene& scene, MaterialId m, Vec3 foot, double height, Random& random);

}  // namespace equicloud::simulate
