// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/clusters/ground.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "clusters/scenes.h"

namespace equicloud::clusters {
namespace {

constexpr double kLeastRecall = 0.98;

GroundOptions options_of(Surface surface) {
  GroundOptions options;
  options.surface = surface;
  return options;
}

struct Verdict {
  double recall = 0.0;  // of the ground's points
  double lost = 0.0;    // share of the things' points above two thicknesses taken for ground
};

Verdict judge(const TrueScene& scene, const Ground& ground) {
  double on = 0, found = 0, above = 0, lost = 0;
  for (std::size_t i = 0; i < scene.thing.size(); ++i) {
    if (scene.thing[i] == TrueScene::kGround) {
      ++on;
      found += ground.is_ground[i];
    } else if (scene.height[i] > 2.0 * ground.thickness) {
      ++above;
      lost += ground.is_ground[i];
    }
  }
  return {found / on, lost / above};
}

void expect_good(const TrueScene& scene, const Ground& ground, const char* name) {
  ASSERT_TRUE(ground.found) << name;
  const Verdict verdict = judge(scene, ground);
  EXPECT_GE(verdict.recall, kLeastRecall) << name;
  EXPECT_EQ(verdict.lost, 0.0) << name;
}

TEST(Terrain, FindsGroundOnSlopesAndKerbsAndLosesNoThing) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const TrueScene scene = street(seed);
    expect_good(scene, find_ground(PointsView(scene.cloud)), "street");
  }
}

TEST(Terrain, FindsGroundOfAHillyHillsideAndLosesNoHouse) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const TrueScene scene = hillside(seed);
    expect_good(scene, find_ground(PointsView(scene.cloud)), "hillside");
  }
}

TEST(Terrain, HeightsAreThoseAboveTheTrueGround) {
  const TrueScene scene = street(4);
  const Ground ground = find_ground(PointsView(scene.cloud));
  std::size_t off = 0;
  for (std::size_t i = 0; i < scene.height.size(); ++i)
    off += std::fabs(ground.height[i] - scene.height[i]) > ground.thickness;
  EXPECT_LE(static_cast<double>(off), 0.02 * static_cast<double>(scene.height.size()));
}

TEST(Terrain, UpMayPointAnywhere) {
  Random random(5);
  const TrueScene scene = street(5);
  for (int k = 0; k < 5; ++k) {
    const Eigen::Isometry3d g = laws::random_motion(random, 100.0);
    const Eigen::Vector3d up = 3.0 * g.linear().col(2);
    GroundOptions options;
    options.up = {up.x(), up.y(), up.z()};
    const laws::Cloud moved = laws::moved(scene.cloud, g);
    expect_good(scene, find_ground(PointsView(moved), options), "moved street");
  }
}

// Floats are 0.008 apart there.
TEST(Terrain, FarFromZeroIsFine) {
  TrueScene scene = street(6);
  for (float& x : scene.cloud) x += 1e5F;
  expect_good(scene, find_ground(PointsView(scene.cloud)), "street far away");
}

TEST(Terrain, StrayPointsBelowAndFarAwayDoNotMoveIt) {
  Random random(7);
  TrueScene scene = street(7);
  for (int i = 0; i < 200; ++i) {
    laws::add_point(scene.cloud, random.uniform(-25.0, 25.0), random.uniform(-15.0, 15.0),
                    random.uniform(-20.0, -5.0));
    laws::add_point(scene.cloud, 1e4 * random.normal(), 1e4 * random.normal(), random.normal());
  }
  expect_good(scene, find_ground(PointsView(scene.cloud)), "street with stray points");
}

TEST(DominantPlane, FindsATiltedTableAndLosesNoThing) {
  Random random(8);
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const TrueScene scene = table(seed);
    const Eigen::Isometry3d g = laws::random_motion(random, 2.0);
    const laws::Cloud moved = laws::moved(scene.cloud, g);
    const Ground ground = find_ground(PointsView(moved), options_of(Surface::dominant_plane));
    expect_good(scene, ground, "table");
    EXPECT_NEAR(std::fabs(g.linear().col(2).dot(Eigen::Vector3d(ground.plane.normal.data()))), 1.0,
                1e-4);
  }
}

TEST(DominantPlane, MovesWithTheCloud) {
  // Both planes settle on the same supporters but for a few at the edge of the thickness.
  constexpr double few = 0.002;
  Random random(9);
  const TrueScene scene = table(6);
  const Ground still = find_ground(PointsView(scene.cloud), options_of(Surface::dominant_plane));
  for (int k = 0; k < 10; ++k) {
    const laws::Cloud moved = laws::moved(scene.cloud, laws::random_motion(random, 2.0));
    const Ground ground = find_ground(PointsView(moved), options_of(Surface::dominant_plane));
    std::size_t changed = 0;
    for (std::size_t i = 0; i < still.is_ground.size(); ++i)
      changed += ground.is_ground[i] != still.is_ground[i];
    EXPECT_LE(static_cast<double>(changed), few * static_cast<double>(still.is_ground.size()));
  }
}

TEST(LevelPlane, KeepsToTheFloorWhereAWallHasMorePoints) {
  Random random(10);
  laws::Cloud cloud;
  for (int i = 0; i < 20000; ++i)  // every fourth on the floor z = -1, else on the wall x = 2
    if (i % 4 == 0)
      laws::add_point(cloud, random.uniform(0.0, 2.0), random.uniform(0.0, 4.0), -1.0);
    else
      laws::add_point(cloud, 2.0, random.uniform(0.0, 4.0), random.uniform(-1.0, 5.0));
  const Ground floor = find_ground(PointsView(cloud), options_of(Surface::plane));
  const Ground wall = find_ground(PointsView(cloud), options_of(Surface::dominant_plane));
  // Where they meet, the foot of the one within the thickness of the other pulls at it.
  constexpr double pulled_cosine = 1e-3;
  EXPECT_NEAR(floor.plane.normal[2], 1.0, pulled_cosine);
  EXPECT_NEAR(floor.plane.offset, -1.0, floor.thickness);
  EXPECT_NEAR(std::fabs(wall.plane.normal[0]), 1.0, pulled_cosine);
}

void for_all_surfaces(const std::function<void(const GroundOptions&, const TrueScene&)>& body) {
  body(options_of(Surface::terrain), street(11));
  body(options_of(Surface::plane), table(11));
  body(options_of(Surface::dominant_plane), table(12));
}

TEST(Ground, PermutingPointsPermutesItToTheLastBit) {
  for_all_surfaces([](const GroundOptions& options, const TrueScene& scene) {
    Random random(13);
    const auto order = laws::random_permutation(scene.thing.size(), random);
    const laws::Cloud permuted = laws::permuted(scene.cloud, order);
    const Ground a = find_ground(PointsView(scene.cloud), options);
    const Ground b = find_ground(PointsView(permuted), options);
    EXPECT_EQ(a.plane.normal, b.plane.normal);
    EXPECT_EQ(a.plane.offset, b.plane.offset);
    for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(b.height[i], a.height[order[i]]);
  });
}

TEST(Ground, SameBitsForAnyNumberOfThreads) {
  for_all_surfaces([](const GroundOptions& options, const TrueScene& scene) {
    const Ground a = find_ground(PointsView(scene.cloud), options);
    for (const int threads : {2, 4}) {
      const Ground b = find_ground(PointsView(scene.cloud), options, ThreadPool(threads));
      EXPECT_EQ(a.height, b.height);
      EXPECT_EQ(a.is_ground, b.is_ground);
    }
  });
}

TEST(Ground, DoesNotDependOnTheUnit) {
  for_all_surfaces([](const GroundOptions& options, const TrueScene& scene) {
    laws::Cloud in_milli = scene.cloud;
    for (float& x : in_milli) x *= 1024.0F;  // exact
    EXPECT_EQ(find_ground(PointsView(in_milli), options).is_ground,
              find_ground(PointsView(scene.cloud), options).is_ground);
  });
}

TEST(Ground, NonFinitePointsAreNone) {
  for_all_surfaces([](const GroundOptions& options, const TrueScene& scene) {
    laws::Cloud cloud = scene.cloud;
    cloud[3] = NAN;
    cloud[7] = INFINITY;
    const Ground ground = find_ground(PointsView(cloud), options);
    for (const std::size_t i : {1U, 2U}) {
      EXPECT_EQ(ground.is_ground[i], 0);
      EXPECT_TRUE(std::isnan(ground.height[i]));
    }
    EXPECT_TRUE(std::isfinite(ground.height[0]));
  });
}

TEST(Ground, IsNotFoundWhereThereIsNothingToStandOn) {
  const laws::Cloud point = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3};
  const laws::Cloud nothing = {NAN, 0, 0, NAN, 0, 0};
  for (const Surface surface : {Surface::terrain, Surface::plane, Surface::dominant_plane})
    for (const laws::Cloud& cloud : {laws::Cloud{}, point, nothing}) {
      const Ground ground = find_ground(PointsView(cloud), options_of(surface));
      EXPECT_FALSE(ground.found);
      ASSERT_EQ(ground.is_ground.size(), cloud.size() / 3);
      for (const float height : ground.height) EXPECT_TRUE(std::isnan(height));
    }
  EXPECT_FALSE(find_ground(PointsView(laws::line(200)), options_of(Surface::plane)).found);
}

TEST(Ground, OfACloudWithoutAPlaneIsNotFound) {
  Random random(14);
  const laws::Cloud blob = laws::normals(3000, random);
  GroundOptions options = options_of(Surface::dominant_plane);
  options.thickness = 0.01;
  EXPECT_FALSE(find_ground(PointsView(blob), options).found);
}

std::string refusal(const std::function<void(GroundOptions&)>& change) {
  GroundOptions options;
  change(options);
  try {
    find_ground(PointsView(), options);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Ground, RefusesOptionsOutsideTheirRangeByName) {
  const auto names = [](const std::string& message, const char* name) {
    return message.find(name) != std::string::npos;
  };
  EXPECT_TRUE(names(refusal([](auto& o) { o.up = {0, 0, 0}; }), "up"));
  EXPECT_TRUE(names(refusal([](auto& o) { o.up[1] = NAN; }), "up"));
  EXPECT_TRUE(names(refusal([](auto& o) { o.thickness = -1; }), "thickness"));
  EXPECT_TRUE(names(refusal([](auto& o) { o.cell = NAN; }), "cell"));
  EXPECT_TRUE(names(refusal([](auto& o) { o.max_tilt_rad = 1.6; }), "max_tilt_rad"));
  EXPECT_TRUE(names(refusal([](auto& o) { o.max_slope = 0; }), "max_slope"));
  EXPECT_TRUE(names(refusal([](auto& o) { o.min_support = 1.5; }), "min_support"));
}

}  // namespace
}  // namespace equicloud::clusters
