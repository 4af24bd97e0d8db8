// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/shape_recipe.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

constexpr std::size_t kPoints = 1024;
constexpr double kRounding = 1e-6;  // of coordinates near 1 in float, a few operations

std::size_t points_of(const Cloud& cloud) { return cloud.size() / 3; }

double radius_of(const Cloud& cloud, std::size_t i) {
  const Point p = point_of(cloud, i);
  return std::hypot(p[0], p[1], p[2]);
}

std::set<Point> set_of(const Cloud& cloud) {
  std::set<Point> points;
  for (std::size_t i = 0; i < points_of(cloud); ++i) points.insert(point_of(cloud, i));
  return points;
}

bool is_part_of(const Cloud& part, const Cloud& whole) {
  const std::set<Point> all = set_of(whole);
  const std::set<Point> some = set_of(part);
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

/// Root mean square over the coordinates of b - a.
double difference(const Cloud& a, const Cloud& b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (b[i] - a[i]) * (b[i] - a[i]);
  return std::sqrt(squares / static_cast<double>(a.size()));
}

/// A cube's surface, half side 1.
Cloud cube(std::size_t points, Random& random) {
  Cloud cloud;
  for (std::size_t i = 0; i < points; ++i) {
    Point p = {};
    for (float& c : p) c = static_cast<float>(random.uniform(-1.0, 1.0));
    p[i % 3] = i / 3 % 2 == 0 ? 1.0F : -1.0F;
    append(cloud, p);
  }
  return cloud;
}

TEST(ShapeDamage, SizeOfASphereIsItsRadius) {
  const CloudSize size = size_of(sphere(4000, 1));
  for (const float c : size.centre) EXPECT_NEAR(c, 0.0, 0.04);  // 4 / sqrt(3 n)
  EXPECT_NEAR(size.robust, 1.0, 0.05);
  EXPECT_GE(size.largest, size.robust);
  EXPECT_EQ(size_of({}).largest, 0.0);
  EXPECT_EQ(size_of({1, 2, 3}).robust, 0.0);
}

TEST(ShapeDamage, SpacingIsThatOfTheGrid) {
  Cloud grid;
  for (int i = 0; i < 900; ++i) {
    append(grid, {0.1F * static_cast<float>(i % 30), 0.1F * static_cast<float>(i / 30), 0.0F});
  }
  EXPECT_NEAR(sampled_spacing(grid), 0.1, kRounding);
  EXPECT_EQ(sampled_spacing(Cloud(30, 1.0F)), 0.0);
}

TEST(ShapeDamage, TurningKeepsDistancesAndReachesEveryDirection) {
  const Cloud cloud = plate(50, 1);
  std::array<double, 3> mean{};
  Random random(2);
  for (int t = 0; t < 2000; ++t) {
    const Cloud other = turned(cloud, random);
    for (std::size_t i = 0; i < 50; ++i) {
      ASSERT_NEAR(radius_of(other, i), radius_of(cloud, i), kRounding);
    }
    for (std::size_t a = 0; a < 3; ++a) mean[a] += other[a] / radius_of(cloud, 0) / 2000.0;
  }
  // A direction's coordinate has variance 1/3: 4 standard errors.
  for (const double m : mean) EXPECT_NEAR(m, 0.0, 4.0 / std::sqrt(3.0 * 2000.0));
}

TEST(ShapeDamage, StretchIsOneFactorAnAxisWithinItsRange) {
  const Cloud cloud = sphere(100, 1);
  Random random(3);
  const Cloud other = stretched(cloud, 0.2, random);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const double factor = other[i % 3] / cloud[i % 3];
    EXPECT_LE(std::abs(std::log(factor)), 0.2 + kRounding);
    EXPECT_NEAR(other[i], factor * cloud[i], kRounding);
  }
}

TEST(ShapeDamage, JitterHasTheDeviationAskedFor) {
  const Cloud cloud = sphere(4000, 1);
  Random random(4);
  // 12000 numbers: standard error 0.65 %.
  EXPECT_NEAR(difference(cloud, jittered(cloud, 0.02, random)), 0.02, 0.03 * 0.02);
}

TEST(ShapeDamage, WarpIsSmoothAndOfItsAmplitude) {
  const Cloud cloud = sphere(500, 1);
  Cloud moved = cloud;
  for (float& c : moved) c += 1e-3F;
  double squares = 0.0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random first(seed), second(seed);
    const Cloud here = warped(cloud, 0.1, 2.0, first);
    const Cloud there = warped(moved, 0.1, 2.0, second);
    squares += std::pow(difference(cloud, here), 2) / 100.0;
    // The field's slope is about 0.1 x 2 pi / 2 = 0.3, a few times that at worst.
    EXPECT_LE(difference(here, there), 5.0 * 1e-3) << seed;
  }
  EXPECT_NEAR(std::sqrt(squares), 0.1, 0.02);  // 100 fields of 6 waves
}

TEST(ShapeDamage, CutKeepsItsShareBeyondAPlane) {
  const Cloud cloud = sphere(1001, 1);
  for (const double keep : {0.1, 0.5, 0.95, 1.0}) {
    Random random(6), same(6);
    const Cloud kept = halved(cloud, keep, random);
    EXPECT_EQ(points_of(kept), static_cast<std::size_t>(std::ceil(keep * 1001.0)));
    EXPECT_TRUE(is_part_of(kept, cloud));
    const std::array<double, 3> d = random_direction(same);
    const auto height = [&](const Point& p) { return p[0] * d[0] + p[1] * d[1] + p[2] * d[2]; };
    double lowest = 2.0;
    for (const Point& p : set_of(kept)) lowest = std::min(lowest, height(p));
    const std::set<Point> in = set_of(kept);
    for (const Point& p : set_of(cloud)) {
      EXPECT_TRUE(in.count(p) != 0 || height(p) <= lowest);
    }
  }
  Random random(1);
  EXPECT_THROW(halved(cloud, 0.0, random), InvalidArgument);
  EXPECT_THROW(halved(cloud, 1.1, random), InvalidArgument);
}

/// visible_from() by its sentence.
Cloud slowly_visible(const Cloud& cloud, const std::array<double, 3>& eye, double radius,
                     double depth) {
  Cloud kept;
  for (std::size_t i = 0; i < points_of(cloud); ++i) {
    bool hidden = false;
    for (std::size_t j = 0; j < points_of(cloud); ++j) {
      double near = 0.0, square = 0.0;
      for (std::size_t a = 0; a < 3; ++a) {
        const double d = double(cloud[3 * j + a]) - cloud[3 * i + a];
        near += d * eye[a];
        square += d * d;
      }
      hidden |= near > depth && square - near * near < radius * radius;
    }
    if (!hidden) append(kept, point_of(cloud, i));
  }
  return kept;
}

TEST(ShapeDamage, VisiblePointsAreThoseNoDiscStandsBefore) {
  Random random(7);
  for (int t = 0; t < 10; ++t) {
    const Cloud cloud = t % 2 == 0 ? sphere(600, 1) : cube(600, random);
    const std::array<double, 3> eye = random_direction(random);
    EXPECT_EQ(visible_from(cloud, eye, 0.15, 0.3), slowly_visible(cloud, eye, 0.15, 0.3));
  }
}

TEST(ShapeDamage, OneViewOfASphereShowsHalfOfIt) {
  double kept = 0.0, far = 0.0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Random random(seed), same(seed);
    const Cloud seen = one_view(sphere(kPoints, seed), 1.0, random);
    const std::array<double, 3> eye = random_direction(same);
    for (std::size_t i = 0; i < points_of(seen); ++i) {
      const Point p = point_of(seen, i);
      far += p[0] * eye[0] + p[1] * eye[1] + p[2] * eye[2] < 0.0 ? 1.0 : 0.0;
    }
    kept += static_cast<double>(points_of(seen));
  }
  // Half of it less what slants too much, and a few gaps that the far side is seen through.
  EXPECT_NEAR(kept / 20.0, 430.0, 30.0);
  EXPECT_LE(far / kept, 0.04);
}

TEST(ShapeDamage, OneViewOfACubeShowsItsNearFaces) {
  double kept = 0.0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Random random(seed);
    kept += static_cast<double>(points_of(one_view(cube(kPoints, random), 1.0, random)));
  }
  EXPECT_NEAR(kept / 20.0, 430.0, 40.0);
}

TEST(ShapeDamage, HolesTakeTheirPointsButLeaveEnough) {
  const Cloud cloud = sphere(400, 1);
  Random random(8);
  const Cloud left = with_holes(cloud, 3, 20, random);
  EXPECT_EQ(points_of(left), 340U);
  EXPECT_TRUE(is_part_of(left, cloud));
  EXPECT_EQ(points_of(with_holes(cloud, 30, 200, random)), kFewestShapePoints);
}

TEST(ShapeDamage, StrayPointsAreTheShareAskedForAndNotFarAway) {
  const Cloud cloud = sphere(kPoints, 1);
  for (std::uint64_t seed = 0; seed < 8; ++seed) {  // ball and cube
    Random random(seed);
    const Cloud dirty = with_stray_points(cloud, 0.1, random);
    ASSERT_EQ(points_of(dirty), kPoints + 102);
    EXPECT_TRUE(std::equal(cloud.begin(), cloud.end(), dirty.begin()));
    const double most = 1.2 * std::sqrt(3.0) * (1.0 + size_of(cloud).largest);
    for (std::size_t i = kPoints; i < points_of(dirty); ++i) EXPECT_LE(radius_of(dirty, i), most);
  }
}

TEST(ShapeRecipe, FixedDamagesHaveTheirNumberOfPoints) {
  const Cloud cloud = sphere(kPoints, 1);
  StrayFilter filter;
  const auto points = [&](Damage damage) { return points_of(damaged(cloud, damage, 5, filter)); };
  EXPECT_EQ(points(Damage::clean), kPoints);
  EXPECT_EQ(points(Damage::points512), 512U);
  EXPECT_EQ(points(Damage::points256), 256U);
  EXPECT_EQ(points(Damage::half), 512U);
  EXPECT_EQ(points(Damage::jitter1), kPoints);
  EXPECT_EQ(points(Damage::jitter2), kPoints);
  EXPECT_LT(points(Damage::view), 512U);
  EXPECT_LT(points(Damage::stray10), kPoints + 102);  // most of them are filtered out again
  EXPECT_GT(points(Damage::stray10), kPoints - 102);
}

TEST(ShapeRecipe, FixedNoiseIsToldInFarthestDistances) {
  Cloud cloud = sphere(kPoints, 1);
  append(cloud, {3.0F, 0.0F, 0.0F});  // a handle: the robust radius stays near 1
  StrayFilter filter;
  const Cloud still = damaged(cloud, Damage::clean, 5, filter);
  const Cloud noisy = damaged(cloud, Damage::jitter2, 5, filter);
  const double expected = 0.02 * size_of(cloud).largest;
  EXPECT_NEAR(difference(still, noisy), expected, 0.06 * expected);  // 3075 numbers, 4 errors
}

TEST(ShapeRecipe, SameSeedGivesSameBitsAndAnotherSeedOthers) {
  const Cloud cloud = sphere(kPoints, 1);
  StrayFilter filter;
  for (std::size_t d = 0; d < kDamages; ++d) {
    const auto damage = static_cast<Damage>(d);
    const Cloud once = damaged(cloud, damage, 7, filter);
    EXPECT_EQ(once, damaged(cloud, damage, 7, filter)) << name_of(damage);
    EXPECT_NE(once, damaged(cloud, damage, 8, filter)) << name_of(damage);
  }
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Random first(seed), second(seed);
    const Recipe a = random_recipe(first), b = random_recipe(second);
    EXPECT_EQ(damaged(cloud, a, first, filter), damaged(cloud, b, second, filter));
  }
}

TEST(ShapeRecipe, NoRecipeLeavesTooLittle) {
  StrayFilter filter;
  Random random(9);
  for (int t = 0; t < 300; ++t) {
    Recipe recipe = random_recipe(random);
    recipe.filter = recipe.filter && t % 10 == 0;  // slow, and met often enough
    const Cloud cloud = t % 2 == 0 ? sphere(kPoints, 1) : plate(kPoints, 1);
    const Cloud result = damaged(cloud, recipe, random, filter);
    EXPECT_GE(points_of(result), kFewestShapePoints);
    EXPECT_LE(points_of(result), kPoints * 112 / 100 + 1);
    for (const float c : result) ASSERT_TRUE(std::isfinite(c));
  }
}

TEST(ShapeRecipe, MixtureHasItsShares) {
  constexpr int kDraws = 20000;
  Random random(10);
  int whole = 0, few = 0, cuts = 0, views = 0, stray = 0, filtered = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Recipe r = random_recipe(random);
    whole +=
        r.points == 0 && r.point_share == 1.0 && r.cut == 1.0 && r.view == 0.0 && r.stray == 0.0;
    few += r.points > 0;
    cuts += r.cut < 1.0;
    views += r.view > 0.0;
    stray += r.stray > 0.0;
    filtered += r.filter;
    EXPECT_LE(r.stray, 0.12);
    EXPECT_TRUE(r.stray == 0.0 || r.filter);
  }
  const auto expect_share = [&](int count, double share) {
    EXPECT_NEAR(count / double(kDraws), share, 0.015);  // 4 standard errors at most
  };
  expect_share(whole, 0.5 * 0.45 + 0.09 / 16);
  expect_share(few, 0.10);
  expect_share(cuts, 0.12 + 0.045);
  expect_share(views, 0.12 + 0.045);
  expect_share(stray, 0.12 + 0.045);
  expect_share(filtered, 0.165 + (1.0 - 0.165) / 3.0);
}

TEST(ShapeRecipe, FilterTakesStrayPointsAndLeavesThePlate) {
  const Cloud cloud = plate(kPoints, 1);
  StrayFilter filter;
  Random random(11);
  const Cloud dirty = with_stray_points(cloud, 0.05, random);
  const Cloud kept = filter(dirty);
  EXPECT_TRUE(is_part_of(kept, dirty));
  const std::set<Point> left = set_of(kept);
  std::size_t surface = 0;
  for (const Point& p : set_of(cloud)) surface += left.count(p);
  EXPECT_GE(surface, kPoints * 98 / 100);
  EXPECT_LE(points_of(kept) - surface, 51U / 4);  // of 51: those near the plate
}

}  // namespace
}  // namespace equicloud::train
