// SPDX-License-Identifier: BSD-3-Clause
// Rigid motions of clouds: what scores must not depend on.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <vector>

namespace equicloud {

/// x -> rotation (x - centre) + place, in double.
struct Motion {
  std::array<std::array<double, 3>, 3> rotation{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};  ///< orthogonal
  std::array<double, 3> centre{};
  std::array<double, 3> place{};
};

/// A rotation about the middle of the cloud's bounding box, uniform over SO(3) (a normalised
/// Gaussian quaternion; Shoemake 1992), that puts the middle at up to one diagonal of the box from
/// 0 in a uniform direction. For no finite point the middle is 0 and the diagonal 0.
Motion random_motion(PointsView points, Random& random);

/// The moved points, packed x y z, each coordinate rounded to float once.
std::vector<float> moved(PointsView points, const Motion& motion);

}  // namespace equicloud
