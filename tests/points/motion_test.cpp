// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/points/motion.h>
#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "laws/clouds.h"

namespace equicloud {
namespace {

Eigen::Matrix3d matrix_of(const Motion& motion) {
  Eigen::Matrix3d m;
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 3; ++c)
      m(r, c) = motion.rotation[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
  return m;
}

TEST(Motion, RandomOnesAreRotationsOfEveryKind) {
  const laws::Cloud cloud = laws::lattice(3);
  Random random(1);
  Eigen::Matrix3d mean = Eigen::Matrix3d::Zero();
  constexpr int kMotions = 4000;
  for (int i = 0; i < kMotions; ++i) {
    const Eigen::Matrix3d m = matrix_of(random_motion(PointsView(cloud), random));
    EXPECT_LE((m * m.transpose() - Eigen::Matrix3d::Identity()).norm(), 1e-14);
    EXPECT_NEAR(m.determinant(), 1.0, 1e-14);
    mean += m / kMotions;
  }
  // Over SO(3) each entry has mean 0 and variance 1/3; 5 standard errors.
  EXPECT_LE(mean.cwiseAbs().maxCoeff(), 5.0 / std::sqrt(3.0 * kMotions));
}

TEST(Motion, DistancesStayAndTheCentreGoesToItsPlace) {
  const laws::Cloud cloud = laws::sheet_with_outliers(200, 3);
  Random random(2);
  const Motion motion = random_motion(PointsView(cloud), random);
  const std::vector<float> result = moved(PointsView(cloud), motion);
  const auto at = [](const std::vector<float>& xyz, std::size_t i) {
    return Eigen::Vector3d(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]);
  };
  for (std::size_t i = 1; i < 200; ++i)
    EXPECT_NEAR((at(result, i) - at(result, 0)).norm(), (at(cloud, i) - at(cloud, 0)).norm(), 1e-5);
  const double distance = std::hypot(motion.place[0], motion.place[1], motion.place[2]);
  EXPECT_LE(distance, laws::diameter(cloud) * (1.0 + 1e-6));
}

TEST(Motion, CloudsWithoutAFinitePointTurnAboutZero) {
  Random random(3);
  const laws::Cloud none = {std::numeric_limits<float>::quiet_NaN(), 0, 0};
  const Motion motion = random_motion(PointsView(none), random);
  for (std::size_t a = 0; a < 3; ++a) EXPECT_EQ(motion.centre[a] + motion.place[a], 0.0);
  EXPECT_TRUE(std::isnan(moved(PointsView(none), motion)[0]));
  EXPECT_TRUE(moved(PointsView(), motion).empty());
}

}  // namespace
}  // namespace equicloud
