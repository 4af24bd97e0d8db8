// SPDX-License-Identifier: BSD-3-Clause
// What may be done to a cloud without its shape and features noticing.
#include <equicloud/classify/set_features.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

struct Everything {
  Shape shape;
  SetFeatures features;
  Axes axes;

  explicit Everything(const Cloud& cloud, const Executor& executor = serial_executor())
      : shape(make_shape(PointsView(cloud), executor)) {
    FeatureExtractor extractor;
    features = extractor.extract(shape);
    axes = extractor.axes();
  }
};

void expect_same_features(const Everything& a, const Everything& b, const std::string& name) {
  EXPECT_EQ(a.shape.status, b.shape.status) << name;
  EXPECT_EQ(a.shape.xyz, b.shape.xyz) << name;
  EXPECT_EQ(a.shape.extent.l0, b.shape.extent.l0) << name;
  EXPECT_EQ(a.axes.axis, b.axes.axis) << name;
  EXPECT_EQ(a.features.point, b.features.point) << name;
  for (std::size_t l = 0; l < kLevels; ++l) {
    EXPECT_EQ(a.features.level[l].neighbors, b.features.level[l].neighbors) << name;
    EXPECT_EQ(a.features.level[l].pairs, b.features.level[l].pairs) << name;
  }
}

void expect_same_bits(const Everything& a, const Everything& b, const std::string& name) {
  expect_same_features(a, b, name);
  EXPECT_EQ(a.shape.frame.center, b.shape.frame.center) << name;
  EXPECT_EQ(a.shape.frame.scale, b.shape.frame.scale) << name;
  EXPECT_EQ(a.shape.distinct_points, b.shape.distinct_points) << name;
}

TEST(Invariance, PermutingThePointsChangesNoBit) {
  Random random(1);
  for (const auto& [name, cloud] : awkward_clouds()) {
    const Everything before(cloud);
    for (int repeat = 0; repeat < 3; ++repeat)
      expect_same_bits(
          before,
          Everything(laws::permuted(cloud, laws::random_permutation(cloud.size() / 3, random))),
          name);
  }
}

TEST(Invariance, CopiesAndNonFinitePointsChangeNoBit) {
  const Cloud cloud = goblet(500, 1);
  Cloud more = cloud;
  more.insert(more.end(), cloud.begin() + 300, cloud.end());
  more.insert(more.end(), {NAN, 1.0F, 2.0F, 0.0F, -INFINITY, 0.0F});
  expect_same_bits(Everything(cloud), Everything(more), "copies");
}

TEST(Invariance, APowerOfTwoInScaleChangesNoBitOfAFeature) {
  for (const auto& [name, cloud] : awkward_clouds()) {
    if (name == "a stray") continue;  // 2^20 of it would overflow
    const Everything before(cloud);
    for (const float factor : {0x1p-20F, 0x1p20F}) {
      Cloud scaled = cloud;
      for (float& value : scaled) value *= factor;
      const Everything after(scaled);
      expect_same_features(before, after, name);
      EXPECT_EQ(after.shape.frame.scale, before.shape.frame.scale * double{factor}) << name;
    }
  }
}

TEST(Invariance, ThreadsChangeNoBit) {
  const Cloud cloud = goblet(60000, 1);
  const Everything alone(cloud);
  for (const int threads : {2, 5}) {
    const ThreadPool pool(threads);
    expect_same_bits(alone, Everything(cloud, pool), std::to_string(threads) + " threads");
  }
}

TEST(Invariance, SimdTargetsChangeNoBit) {
  for (const auto& [name, cloud] : awkward_clouds()) {
    const Everything best(cloud);
    for (const std::string& target : kernels::simd_targets()) {
      kernels::force_simd_target(target);
      expect_same_bits(best, Everything(cloud), std::string(name).append(", ").append(target));
    }
    kernels::force_simd_target("best");
  }
}

// A similarity x -> s R x + t and the row of the moved shape that each row of the shape went to.
struct Moved {
  Everything after;
  std::vector<std::size_t> row;

  Moved(const Everything& before, const Cloud& cloud, const Eigen::Isometry3d& motion, float scale)
      : after(scaled(laws::moved(cloud, motion), scale)) {
    const Cloud turned = laws::moved(before.shape.xyz, Eigen::Isometry3d(motion.linear()));
    const auto squared = [&](std::size_t i, std::size_t j) {
      double sum = 0.0;
      for (std::size_t a = 0; a < 3; ++a)
        sum += std::pow(double{turned[3 * i + a]} - after.shape.xyz[3 * j + a], 2);
      return sum;
    };
    for (std::size_t i = 0; i < before.shape.size(); ++i) {
      std::size_t best = 0;
      for (std::size_t j = 1; j < after.shape.size(); ++j)
        if (squared(i, j) < squared(i, best)) best = j;
      row.push_back(best);
    }
  }
  static Cloud scaled(Cloud cloud, float factor) {
    for (float& value : cloud) value *= factor;
    return cloud;
  }
};

// Moved coordinates are rounded to float, 1e-7 of the cloud, and neighbours are 0.01 of it apart;
// a turning angle divides that by the sine between neighbour and axis, above 0.02. The clouds are
// in general position: where two distances or angles tie, the rounding would say which is first.
constexpr double kMotion = 2e-4;

void expect_near(const float* a, const float* b, std::size_t n, const std::string& what) {
  for (std::size_t i = 0; i < n; ++i) ASSERT_NEAR(a[i], b[i], kMotion) << what << ", number " << i;
}

void expect_invariant(const Cloud& cloud, const Eigen::Isometry3d& motion, float scale) {
  const Everything before(cloud);
  const Moved moved(before, cloud, motion, scale);
  ASSERT_EQ(moved.after.shape.size(), before.shape.size());
  EXPECT_EQ(moved.after.shape.status, before.shape.status);
  EXPECT_NEAR(moved.after.shape.frame.scale / before.shape.frame.scale / scale, 1.0, kMotion);
  for (std::size_t i = 0; i < before.shape.size(); ++i)
    expect_near(before.features.point.data() + kPointNumbers * i,
                moved.after.features.point.data() + kPointNumbers * moved.row[i], kPointNumbers,
                "point " + std::to_string(i));
  for (std::size_t l = 0; l < kLevels; ++l) {
    const SetFeatures::Level& level = before.features.level[l];
    for (std::size_t i = 0; i < level.centres; ++i) {
      // The same sample; two of it may change places where their distances tie but for rounding.
      ASSERT_LT(moved.row[i], level.centres) << "another sample";
      const std::size_t size = level.k * kPairNumbers;
      expect_near(level.pairs.data() + i * size,
                  moved.after.features.level[l].pairs.data() + moved.row[i] * size, size,
                  "level " + std::to_string(l));
    }
  }
}

TEST(Invariance, AMotionAndAScaleChangeRoundingOnly) {
  Random random(7);
  for (const std::size_t n : {64U, 400U, 1024U})
    for (int repeat = 0; repeat < 4; ++repeat)
      expect_invariant(goblet(n, n), laws::random_motion(random, 1.0),
                       static_cast<float>(random.uniform(0.1, 30.0)));
}

// Turns by right angles move floats exactly, so that even the thinning of many points, whose
// distances lie closer together than a rounding, keeps the same ones.
TEST(Invariance, TurningManyPointsByRightAnglesKeepsTheSameOnes) {
  Eigen::Isometry3d turn = Eigen::Isometry3d::Identity();
  turn.linear() << 0, 0, 1, 1, 0, 0, 0, 1, 0;
  Eigen::Isometry3d half = Eigen::Isometry3d::Identity();
  half.linear() << -1, 0, 0, 0, -1, 0, 0, 0, 1;
  for (const std::size_t n : {1500U, 20000U})
    for (const Eigen::Isometry3d& motion : {turn, half, turn * half})
      expect_invariant(goblet(n, n), motion, 1.0F);
}

}  // namespace
}  // namespace equicloud::classify
