// SPDX-License-Identifier: BSD-3-Clause
// What is pinned by the readers' tests as well (tests/io/positions_test.cpp), here for blocks of
// doubles.
#include <equicloud/base/random.h>
#include <equicloud/points/positions.h>
#include <gtest/gtest.h>

#include <cmath>

namespace equicloud {
namespace {

constexpr double kHalfStep = 0x1p-16;  // half the distance of floats between 256 and 512

std::vector<double> far_away(std::size_t points) {
  Random random(4);
  std::vector<double> xyz;
  for (std::size_t i = 0; i < points; ++i)
    for (const double centre : {512345.678, 5403987.123, 402.5})
      xyz.push_back(centre + random.uniform(-100, 100));
  return xyz;
}

TEST(PositionsBuilder, DistancesFarAwaySurviveNearAnOrigin) {
  const std::vector<double> xyz = far_away(400);
  PositionsBuilder builder(Origin::near);
  builder.append(xyz);
  const Positions positions = builder.take();
  for (std::size_t i = 0; i < xyz.size(); ++i)
    EXPECT_NEAR(positions.origin[i % 3] + positions.xyz[i], xyz[i], kHalfStep);
}

TEST(PositionsBuilder, AnOriginOfZeroShiftsNothing) {
  const std::vector<double> xyz = far_away(10);
  PositionsBuilder builder(Origin::zero);
  builder.append(xyz);
  for (std::size_t i = 0; i < xyz.size(); ++i)
    EXPECT_EQ(builder.positions().xyz[i], static_cast<float>(xyz[i]));
}

TEST(PositionsBuilder, AllPointsAtOnceAreTheSameAsBlocks) {
  const std::vector<double> xyz = far_away(kBlockPoints + 500);
  PositionsBuilder builder(Origin::near);
  const Span<const double> all(xyz);
  builder.append(all.subspan(0, 3 * kBlockPoints));
  builder.append(all.subspan(3 * kBlockPoints, 1500));
  const Positions positions =
      positions_of(xyz.size() / 3, Origin::near,
                   [&](std::size_t i, double* out) { std::copy_n(xyz.data() + 3 * i, 3, out); });
  EXPECT_EQ(positions.origin, builder.positions().origin);
  EXPECT_EQ(positions.xyz, builder.positions().xyz);
}

}  // namespace
}  // namespace equicloud
