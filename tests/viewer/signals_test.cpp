// SPDX-License-Identifier: BSD-3-Clause
// What the panel shows of a thing: its power does not turn, its maps are the features' harmonics.
#include "viewer/signals.h"

#include <equicloud/base/random.h>
#include <equicloud/points/motion.h>

#include <gtest/gtest.h>

#include <cmath>

namespace equicloud::viewer {
namespace {

// The surface of a box with one side longer.
std::vector<float> box() {
  Random random(3);
  std::vector<float> xyz;
  for (int i = 0; i < 900; ++i) {
    double p[3] = {random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)};
    p[random.below(3)] = random.uniform() < 0.5 ? -1.0 : 1.0;
    xyz.insert(xyz.end(), {static_cast<float>(p[0]), static_cast<float>(p[1]),
                           static_cast<float>(2.0 * p[2])});
  }
  return xyz;
}

TEST(SphericalSignals, PowerDoesNotTurnMapsDo) {
  const std::vector<float> still = box();
  Random random(5);
  const std::vector<float> turned =
      moved(PointsView(still), random_motion(PointsView(still), random));
  const auto a = spherical_signals(PointsView(still));
  const auto b = spherical_signals(PointsView(turned));
  ASSERT_TRUE(a && b);
  for (std::size_t l = 0; l < a->power.size(); ++l)
    EXPECT_NEAR(a->power[l], b->power[l], 1e-4 * a->power[0]) << l;
  EXPECT_NE(a->shells[5], b->shells[5]);
}

TEST(SphericalSignals, TheMeanOfEachMapIsItsCoefficientOfDegreeZero) {
  const auto signals = spherical_signals(PointsView(box()));
  ASSERT_TRUE(signals);
  double power_of_means = 0.0;
  for (const std::vector<float>& map : signals->shells) {
    double sum = 0.0, area = 0.0;
    for (int row = 0; row < kMapHeight; ++row)
      for (int column = 0; column < kMapWidth; ++column) {
        const double weight = std::sin(M_PI * (row + 0.5) / kMapHeight);
        sum +=
            weight * static_cast<double>(map[static_cast<std::size_t>(row * kMapWidth + column)]);
        area += weight;
      }
    power_of_means += (sum / area) * (sum / area);
  }
  EXPECT_NEAR(power_of_means, signals->power[0], 0.02 * signals->power[0]);  // a rule of 24 rings
}

TEST(SphericalSignals, ALineHasNone) {
  std::vector<float> line;
  for (int i = 0; i < 100; ++i) line.insert(line.end(), {static_cast<float>(i), 0.0F, 0.0F});
  EXPECT_FALSE(spherical_signals(PointsView(line)));
}

}  // namespace
}  // namespace equicloud::viewer
