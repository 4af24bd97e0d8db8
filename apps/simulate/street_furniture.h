// SPDX-License-Identifier: BSD-3-Clause
// What stands in a street, each at the foot and yaw of a pose.
#pragma once

#include <simulate/palette.h>
#include <simulate/shapes.h>

namespace equicloud::simulate {

/// About 4.3 m long along the pose's x.
void add_car(Scene& scene, const Palette& palette, const Pose& pose, Random& random);
/// A post with an arm along the pose's x that carries a lamp.
void add_lamp_post(Scene& scene, const Palette& palette, const Pose& pose, double height);
void add_sign(Scene& scene, const Palette& palette, const Pose& pose, Random& random);
void add_bin(Scene& scene, const Palette& palette, const Pose& pose, Random& random);
/// Thin bars between two rails along the pose's x.
void add_fence(Scene& scene, const Palette& palette, const Pose& pose, double length);
void add_pedestrian(Scene& scene, const Palette& palette, const Pose& pose, Random& random);

}  // namespace equicloud::simulate
