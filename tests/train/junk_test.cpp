// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <gtest/gtest.h>
#include <train/held_out_junk.h>
#include <train/junk.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

#include "train/surfaces.h"

namespace equicloud::train {
namespace {

/// Six shapes of three classes; the last one has fewer points than junk.
ShapeSet some_shapes() {
  return {{"ball", "plate", "few"},
          {sphere(1024, 1), plate(1024, 1), sphere(1024, 2), plate(1024, 2), sphere(1500, 3),
           plate(200, 3)},
          {0, 1, 0, 1, 0, 2}};
}

const std::vector<std::size_t> kAllRows = {0, 1, 2, 3, 4, 5};

void expect_cloud(const Cloud& cloud, const char* name) {
  EXPECT_EQ(cloud.size(), 3 * kJunkPoints) << name;
  EXPECT_TRUE(std::all_of(cloud.begin(), cloud.end(), [](float c) { return std::isfinite(c); }))
      << name;
  std::set<Point> distinct;
  for (std::size_t i = 0; i < kJunkPoints; ++i) distinct.insert(point_of(cloud, i));
  EXPECT_EQ(distinct.size(), kJunkPoints) << name;
}

TEST(Junk, EveryKindHasItsPoints) {
  const ShapeSet shapes = some_shapes();
  for (std::size_t kind = 0; kind < kJunkKinds; ++kind) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      Random random(seed);
      expect_cloud(training_junk(static_cast<Junk>(kind), shapes, kAllRows, random),
                   name_of(static_cast<Junk>(kind)));
    }
  }
}

TEST(Junk, EveryHeldOutKindHasItsPoints) {
  for (std::size_t kind = 0; kind < kHeldOutJunkKinds; ++kind) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      Random random(seed);
      expect_cloud(held_out_junk(static_cast<HeldOutJunk>(kind), random),
                   name_of(static_cast<HeldOutJunk>(kind)));
    }
  }
}

TEST(Junk, NoKindIsBothLearnedAndHeldOut) {
  std::set<std::string> names;
  for (std::size_t k = 0; k < kJunkKinds; ++k) names.insert(name_of(static_cast<Junk>(k)));
  for (std::size_t k = 0; k < kHeldOutJunkKinds; ++k) {
    names.insert(name_of(static_cast<HeldOutJunk>(k)));
  }
  EXPECT_EQ(names.size(), kJunkKinds + kHeldOutJunkKinds);
}

TEST(Junk, SameSeedGivesSameBitsAndAnotherSeedOthers) {
  const ShapeSet shapes = some_shapes();
  const auto make = [&](std::size_t kind, std::uint64_t seed) {
    Random random(seed);
    return kind < kJunkKinds ? training_junk(static_cast<Junk>(kind), shapes, kAllRows, random)
                             : held_out_junk(static_cast<HeldOutJunk>(kind - kJunkKinds), random);
  };
  for (std::size_t kind = 0; kind < kJunkKinds + kHeldOutJunkKinds; ++kind) {
    EXPECT_EQ(make(kind, 3), make(kind, 3)) << kind;
    EXPECT_NE(make(kind, 3), make(kind, 4)) << kind;
  }
}

TEST(Junk, OnlyAllowedShapesAreUsed) {
  ShapeSet shapes = some_shapes();
  const std::vector<std::size_t> allowed = {0, 3};
  const auto make = [&](std::size_t kind) {
    Random random(kind);
    return training_junk(static_cast<Junk>(kind), shapes, allowed, random);
  };
  std::vector<Cloud> before;
  for (std::size_t kind = 0; kind < kJunkKinds; ++kind) before.push_back(make(kind));
  for (const std::size_t row : {1, 2, 4, 5}) shapes.clouds[row] = sphere(64, 99);
  for (std::size_t kind = 0; kind < kJunkKinds; ++kind) EXPECT_EQ(make(kind), before[kind]) << kind;
}

TEST(Junk, NoAllowedShapeIsRefused) {
  Random random(1);
  EXPECT_THROW(training_junk(some_shapes(), {}, random), InvalidArgument);
}

TEST(Junk, ShufflingKeepsTheRadii) {
  const ShapeSet shapes = some_shapes();
  const std::vector<std::size_t> plate_alone = {1};
  Random random(5);
  const Cloud cloud = training_junk(Junk::shuffled, shapes, plate_alone, random);
  const auto sorted_radii = [](const Cloud& points, double scale, const Point& centre) {
    std::vector<double> radii;
    for (std::size_t i = 0; i < points.size() / 3; ++i) {
      const Point p = point_of(points, i);
      radii.push_back(scale * std::hypot(p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]));
    }
    std::sort(radii.begin(), radii.end());
    return radii;
  };
  const CloudSize size = size_of(shapes.clouds[1]);
  const std::vector<double> before = sorted_radii(shapes.clouds[1], 1.0 / size.robust, size.centre);
  const std::vector<double> after = sorted_radii(cloud, 1.0, {});
  for (std::size_t i = 0; i < before.size(); ++i) {
    ASSERT_NEAR(after[i], before[i], 1e-5);  // three roundings to float of numbers up to 2
  }
}

TEST(Junk, RandomKindsAreAllMet) {
  // The kind is the first number drawn: the same stream asked for it by name gives the same cloud.
  const ShapeSet shapes = some_shapes();
  std::set<std::size_t> met;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Random any(seed), named(seed);
    const std::size_t kind = named.below(kJunkKinds);
    met.insert(kind);
    if (seed % 10 != 0) continue;
    EXPECT_EQ(training_junk(shapes, kAllRows, any),
              training_junk(static_cast<Junk>(kind), shapes, kAllRows, named));
  }
  EXPECT_EQ(met.size(), kJunkKinds);
}

}  // namespace
}  // namespace equicloud::train
