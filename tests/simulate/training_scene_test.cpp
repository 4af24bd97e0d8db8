// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <simulate/training_scene.h>

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace equicloud::simulate {
namespace {

class EachKind : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(TrainingCloud, EachKind, testing::Range(0, kTrainingKinds));

TEST_P(EachKind, IsFiniteAndAboutAsLargeAsAsked) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto xyz = training_cloud(static_cast<TrainingKind>(GetParam()), seed, 2000);
    ASSERT_EQ(xyz.size() % 3, 0U);
    EXPECT_GE(xyz.size() / 3, 800U) << "seed " << seed;
    EXPECT_LE(xyz.size() / 3, 2000U) << "seed " << seed;
    for (const float v : xyz) ASSERT_TRUE(std::abs(v) < 200.0F) << v;
  }
}

TEST_P(EachKind, SameSeedGivesTheSameBits) {
  const auto kind = static_cast<TrainingKind>(GetParam());
  EXPECT_EQ(training_cloud(kind, 9, 1000), training_cloud(kind, 9, 1000));
  EXPECT_NE(training_cloud(kind, 9, 1000), training_cloud(kind, 10, 1000));
}

TEST(TrainingCloud, NoiseShareScalesTheSensorsNoise) {
  constexpr double kRounding = 1e-6;  // of float coordinates of about 1
  for (const TrainingKind kind : {TrainingKind::part_surface, TrainingKind::part_views,
                                  TrainingKind::organic_surface, TrainingKind::organic_views}) {
    const auto exact = training_cloud(kind, 4, 1000, 0.0), usual = training_cloud(kind, 4, 1000),
               twice = training_cloud(kind, 4, 1000, 2.0);
    ASSERT_EQ(exact.size(), usual.size());
    ASSERT_EQ(exact.size(), twice.size());
    EXPECT_NE(exact, usual);
    for (std::size_t i = 0; i < exact.size(); ++i)
      ASSERT_NEAR(twice[i] - exact[i], 2.0F * (usual[i] - exact[i]), kRounding);
  }
}

TEST(TrainingCloud, SeedsDrawEveryKind) {
  std::set<TrainingKind> seen;
  for (std::uint64_t seed = 0; seed < 300; ++seed) seen.insert(training_kind(seed));
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kTrainingKinds));
}

TEST(TrainingCloud, TooFewPointsAreRefusedInASentence) {
  try {
    training_cloud(1, 10);
    FAIL() << "nothing was thrown";
  } catch (const InvalidArgument& error) {
    EXPECT_STREQ(error.what(), "training_cloud: about_points is 10, expected at least 500");
  }
}

TEST(SceneStream, TrainingAndSamplesBeginApart) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    EXPECT_NE(scene_stream(Use::training, seed).bits(), scene_stream(Use::sample, seed).bits());
    EXPECT_NE(scene_stream(Use::training, seed).bits(),
              scene_stream(Use::sample, kStreetSeed).bits());
  }
}

}  // namespace
}  // namespace equicloud::simulate
