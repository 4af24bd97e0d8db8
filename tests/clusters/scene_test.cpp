// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/clusters/scene.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "clusters/scenes.h"

namespace equicloud::clusters {
namespace {

SceneOptions options_of(Surface surface) {
  SceneOptions options;
  options.ground->surface = surface;
  return options;
}

// Each thing has one cluster with 99 % of its points clearly (two thicknesses) above the ground,
// and there are no other clusters.
void expect_each_thing_once(const TrueScene& truth, const Scene& scene, const char* name) {
  constexpr double most = 0.99;
  ASSERT_EQ(scene.clusters.clusters.size(), static_cast<std::size_t>(truth.things)) << name;
  std::map<int, std::map<int, double>> votes;  // thing, cluster
  std::map<int, double> points;
  for (std::size_t i = 0; i < truth.thing.size(); ++i) {
    if (truth.thing[i] < 0 || truth.height[i] <= 2.0 * scene.ground.thickness) continue;
    ++points[truth.thing[i]];
    ++votes[truth.thing[i]][scene.clusters.label[i]];
  }
  std::map<int, int> owner;  // cluster, thing
  for (const auto& [thing, its] : votes) {
    const auto best = std::max_element(
        its.begin(), its.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    EXPECT_GE(best->second, most * points[thing]) << name << ", thing " << thing;
    EXPECT_GE(best->first, 0) << name << ", thing " << thing;
    EXPECT_TRUE(owner.emplace(best->first, thing).second) << name << ": two things in a cluster";
  }
}

TEST(SplitScene, FindsEachThingOnAStreetAndAHillside) {
  for (const std::uint64_t seed : {21U, 22U, 23U}) {
    const TrueScene of_street = street(seed);
    expect_each_thing_once(of_street, split_scene(PointsView(of_street.cloud)), "street");
    const TrueScene of_hillside = hillside(seed);
    expect_each_thing_once(of_hillside, split_scene(PointsView(of_hillside.cloud)), "hillside");
  }
}

TEST(SplitScene, FindsEachThingOnATiltedTable) {
  Random random(24);
  for (const std::uint64_t seed : {25U, 26U, 27U}) {
    const TrueScene truth = table(seed);
    const laws::Cloud moved = laws::moved(truth.cloud, laws::random_motion(random, 2.0));
    expect_each_thing_once(
        truth, split_scene(PointsView(moved), options_of(Surface::dominant_plane)), "table");
  }
}

TEST(SplitScene, AboveOnlyLeavesOutTheFloorBelowTheTable) {
  TrueScene truth = table(28);
  laws::Cloud cloud = truth.cloud;
  Random random(28);
  for (int i = 0; i < 3000; ++i)
    laws::add_point(cloud, random.uniform(-0.6, 0.6), random.uniform(-0.4, 0.4), -0.7);
  SceneOptions options = options_of(Surface::dominant_plane);
  const std::size_t things = static_cast<std::size_t>(truth.things);
  EXPECT_GT(split_scene(PointsView(cloud), options).clusters.clusters.size(), things);
  options.above_only = true;
  EXPECT_EQ(split_scene(PointsView(cloud), options).clusters.clusters.size(), things);
}

TEST(SplitScene, GroundMayBeLeftIn) {
  const TrueScene truth = table(29);
  SceneOptions options;
  options.ground.reset();
  const Scene scene = split_scene(PointsView(truth.cloud), options);
  EXPECT_FALSE(scene.ground.found);
  ASSERT_EQ(scene.clusters.clusters.size(), 1U) << "the table and all on it";
  EXPECT_EQ(scene.clusters.clusters[0].points, truth.thing.size());
}

TEST(SplitScene, LabelsAreThoseOfTheRestOfTheCloudInItsOrder) {
  const TrueScene truth = street(30);
  const Scene scene = split_scene(PointsView(truth.cloud));
  for (std::size_t i = 0; i < truth.thing.size(); ++i)
    if (scene.ground.is_ground[i] != 0) {
      ASSERT_EQ(scene.clusters.label[i], Clusters::kNone);
    }
  std::vector<std::size_t> points(scene.clusters.clusters.size(), 0);
  for (const std::int32_t label : scene.clusters.label)
    if (label >= 0) ++points[static_cast<std::size_t>(label)];
  for (std::size_t c = 0; c < points.size(); ++c)
    EXPECT_EQ(points[c], scene.clusters.clusters[c].points);
}

TEST(SplitScene, PermutingPointsPermutesLabelsAndThreadsDoNotShow) {
  const TrueScene truth = street(31);
  const Scene scene = split_scene(PointsView(truth.cloud));
  Random random(31);
  const auto order = laws::random_permutation(truth.thing.size(), random);
  const laws::Cloud permuted = laws::permuted(truth.cloud, order);
  const Scene other = split_scene(PointsView(permuted), {}, ThreadPool(4));
  for (std::size_t i = 0; i < order.size(); ++i)
    ASSERT_EQ(other.clusters.label[i], scene.clusters.label[order[i]]);
}

TEST(SplitScene, NothingGivesNothing) {
  const Scene scene = split_scene(PointsView());
  EXPECT_FALSE(scene.ground.found);
  EXPECT_TRUE(scene.clusters.clusters.empty());
  EXPECT_TRUE(scene.clusters.label.empty());
}

TEST(SplitScene, RefusesWhatItsPartsRefuse) {
  SceneOptions options;
  options.clusters.tolerance = -1.0;
  EXPECT_THROW(split_scene(PointsView(), options), InvalidArgument);
  options = {};
  options.ground->max_slope = -1.0;
  EXPECT_THROW(split_scene(PointsView(), options), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::clusters
