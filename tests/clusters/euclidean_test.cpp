// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/clusters/euclidean.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "clusters/partition.h"

namespace equicloud::clusters {
namespace {

Clusters clusters_of(const laws::Cloud& cloud, double tolerance, std::size_t min_points = 1,
                     const Executor& executor = serial_executor()) {
  EuclideanOptions options;
  options.tolerance = tolerance;
  options.min_points = min_points;
  return euclidean_clusters(PointsView(cloud), options, executor);
}

laws::Cloud scaled(laws::Cloud cloud, float factor, float shift = 0.0F) {
  for (float& x : cloud) x = x * factor + shift;
  return cloud;
}

laws::Cloud with_copies_and_nan(laws::Cloud cloud) {
  const std::size_t n = cloud.size() / 3;
  for (std::size_t i = 0; i < n; i += 5)
    for (int copy = 0; copy < 3; ++copy)
      for (std::size_t axis = 0; axis < 3; ++axis) cloud.push_back(cloud[3 * i + axis]);
  cloud.insert(cloud.begin(), {NAN, 0.0F, 0.0F, 0.0F, INFINITY, 0.0F});
  return cloud;
}

// Two dense slabs whose faces are a tolerance of 1 apart, but for rounding and luck.
laws::Cloud slabs(std::uint64_t seed) {
  Random random(seed);
  laws::Cloud cloud;
  for (int i = 0; i < 3000; ++i)
    laws::add_point(cloud, random.uniform(0.0, 0.3) + (i % 2 == 0 ? 0.0 : 1.29), random.uniform(),
                    random.uniform());
  return cloud;
}

// Pairs alone, a little more or less than 1 apart along a diagonal: cells too wide would join them.
laws::Cloud diagonal_pairs(std::uint64_t seed) {
  Random random(seed);
  laws::Cloud cloud;
  for (int i = 0; i < 2000; ++i) {
    const double x = 3.0 * i + random.uniform();
    const double y = random.uniform();
    const double z = random.uniform();
    const double step = random.uniform(0.99, 1.02) / std::sqrt(3.0);
    laws::add_point(cloud, x, y, z);
    laws::add_point(cloud, x + step, y + step, z + step);
  }
  return cloud;
}

laws::Cloud with_stray(laws::Cloud cloud, float where) {
  cloud.insert(cloud.end(), {-where, where, where});
  return cloud;
}

struct Case {
  const char* name;
  laws::Cloud cloud;
  std::vector<double> tolerances;
};

std::vector<Case> cases() {
  const laws::Cloud sheet = laws::sheet_with_outliers(1000, 1);
  return {
      {"sheet", sheet, {0.05, 0.2, 0.5, 1.5}},
      {"lattice, ties at the tolerance", laws::lattice(8), {0.999999, 1.0, 1.4142135623730951}},
      {"line", laws::line(300), {0.37, 0.3742, 5.0}},
      {"plane", laws::flat_plane(800, 2), {0.02, 0.04, 0.2}},
      {"rings", laws::rings(12, 60, 3), {0.3, 0.6, 1.0}},
      {"pairs along diagonals", diagonal_pairs(3), {1.0}},
      {"slabs", slabs(4), {0.98, 0.99, 1.0, 1.01}},
      {"copies and non-finite points", with_copies_and_nan(sheet), {0.1, 0.3}},
      {"far from zero", scaled(sheet, 1.0F, 1e6F), {0.1, 0.2, 0.5}},
      {"tiny", scaled(sheet, 1e-30F), {2e-31, 5e-31}},
      {"huge", scaled(sheet, 1e30F), {2e29, 5e29}},
      {"a stray point very far out", with_stray(sheet, 1e25F), {0.2, 0.5, 1e24}},
      {"tolerance beyond everything", sheet, {1e300}},
      {"tolerance below everything", sheet, {1e-300, 1e-60}},
      {"one point", {1.0F, 2.0F, 3.0F}, {0.1}},
      {"no points", {}, {0.1}},
      {"nothing finite", {NAN, NAN, NAN, 1.0F, NAN, 2.0F}, {0.1}},
  };
}

TEST(EuclideanClusters, EqualBruteForce) {
  for (const Case& c : cases())
    for (const double tolerance : c.tolerances)
      EXPECT_EQ(partition(clusters_of(c.cloud, tolerance).label),
                brute_force_clusters(c.cloud, tolerance))
          << c.name << ", tolerance " << tolerance;
}

TEST(EuclideanClusters, RecordsDescribeTheirPoints) {
  constexpr double rounding = 1e-9;  // of a running mean of a thousand coordinates below 10
  const laws::Cloud cloud = with_copies_and_nan(laws::sheet_with_outliers(1000, 1));
  const Clusters found = clusters_of(cloud, 0.4, 3);
  const Members points = members(found);
  ASSERT_GE(found.clusters.size(), 2U);
  ASSERT_EQ(points.size(), found.clusters.size());
  for (std::size_t c = 0; c < found.clusters.size(); ++c) {
    const Cluster& cluster = found.clusters[c];
    ASSERT_EQ(points[c].size(), cluster.points);
    EXPECT_LE(cluster.points, found.clusters[c > 0 ? c - 1 : 0].points) << "largest first";
    Eigen::AlignedBox3f box;
    Eigen::Vector3d sum(0.0, 0.0, 0.0);
    for (const std::uint32_t i : points[c]) {
      ASSERT_EQ(found.label[i], static_cast<std::int32_t>(c));
      const Eigen::Vector3f p(cloud[3 * i], cloud[3 * i + 1], cloud[3 * i + 2]);
      box.extend(p);
      sum += p.cast<double>();
    }
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      EXPECT_EQ(cluster.low[a], box.min()[axis]);
      EXPECT_EQ(cluster.high[a], box.max()[axis]);
      EXPECT_NEAR(cluster.centroid[a], sum[axis] / static_cast<double>(cluster.points), rounding);
    }
  }
}

TEST(EuclideanClusters, SizesOutsideTheLimitsHaveNoLabel) {
  const laws::Cloud cloud = laws::sheet_with_outliers(1000, 1);
  const Clusters all = clusters_of(cloud, 0.4);
  EuclideanOptions options;
  options.tolerance = 0.4;
  options.min_points = 2;
  options.max_points = all.clusters.front().points - 1;
  const Clusters some = euclidean_clusters(PointsView(cloud), options);
  std::size_t expected = 0;
  for (const Cluster& cluster : all.clusters)
    expected += cluster.points >= options.min_points && cluster.points <= options.max_points;
  ASSERT_EQ(some.clusters.size(), expected);
  for (std::size_t i = 0; i < all.label.size(); ++i) {
    const std::size_t size = all.clusters[static_cast<std::size_t>(all.label[i])].points;
    EXPECT_EQ(some.label[i] >= 0, size >= options.min_points && size <= options.max_points);
  }
}

TEST(EuclideanClusters, PermutingPointsPermutesLabelsToTheLastBit) {
  Random random(5);
  for (const Case& c : cases()) {
    const double tolerance = c.tolerances.front();
    const Clusters found = clusters_of(c.cloud, tolerance);
    const auto order = laws::random_permutation(c.cloud.size() / 3, random);
    const Clusters permuted = clusters_of(laws::permuted(c.cloud, order), tolerance);
    for (std::size_t i = 0; i < order.size(); ++i)
      ASSERT_EQ(permuted.label[i], found.label[order[i]]) << c.name;
    ASSERT_EQ(permuted.clusters.size(), found.clusters.size()) << c.name;
    for (std::size_t k = 0; k < found.clusters.size(); ++k)
      ASSERT_EQ(permuted.clusters[k].centroid, found.clusters[k].centroid) << c.name;
  }
}

TEST(EuclideanClusters, MotionsLeaveTheSetsAsTheyAre) {
  Random random(6);
  const laws::Cloud cloud = laws::sheet_with_outliers(2000, 7);
  const std::vector<long> found = partition(clusters_of(cloud, 0.4).label);
  for (int motion = 0; motion < 20; ++motion) {
    const auto g = laws::random_motion(random, laws::diameter(cloud));
    EXPECT_EQ(partition(clusters_of(laws::moved(cloud, g), 0.4).label), found);
  }
}

// Twenty thousand cells: several spans of them.
TEST(EuclideanClusters, SameBitsForAnyNumberOfThreads) {
  Random random(8);
  laws::Cloud cloud;
  for (int i = 0; i < 60000; ++i) cloud.push_back(static_cast<float>(random.uniform()));
  const Clusters found = clusters_of(cloud, 0.03);
  EXPECT_GT(found.clusters.size(), 100U);
  for (const int threads : {2, 4}) {
    const Clusters threaded = clusters_of(cloud, 0.03, 1, ThreadPool(threads));
    EXPECT_EQ(threaded.label, found.label);
    EXPECT_EQ(threaded.clusters.back().centroid, found.clusters.back().centroid);
  }
}

TEST(EuclideanClusters, CopiesOfOnePointAreOneCluster) {
  laws::Cloud cloud;
  for (int i = 0; i < 200000; ++i) cloud.insert(cloud.end(), {1.0F, 2.0F, 3.0F});
  for (const double tolerance : {0.0, 0.5}) {
    const Clusters found = clusters_of(cloud, tolerance);
    ASSERT_EQ(found.clusters.size(), 1U);
    EXPECT_EQ(found.clusters[0].points, 200000U);
    EXPECT_EQ(found.clusters[0].centroid, (std::array<double, 3>{1.0, 2.0, 3.0}));
  }
}

// A quadratic search would look at 1e10 pairs here.
TEST(EuclideanClusters, DenseNeighborsBeyondTheToleranceStayApart) {
  Random random(9);
  laws::Cloud cloud;
  for (int i = 0; i < 200000; ++i)
    laws::add_point(cloud, random.uniform(0.0, 0.5) + (i % 2 == 0 ? 0.0 : 1.501), random.uniform(),
                    random.uniform());
  EXPECT_EQ(clusters_of(cloud, 1.0).clusters.size(), 2U);
}

TEST(EuclideanClusters, TheDefaultToleranceGrowsWithTheCloud) {
  constexpr float factor = 1024.0F;  // exact
  const laws::Cloud cloud = laws::sheet_with_outliers(2000, 7);
  const Clusters small = clusters_of(cloud, 0.0);
  const Clusters large = clusters_of(scaled(cloud, factor), 0.0);
  EXPECT_GT(small.tolerance, 0.0);
  EXPECT_EQ(large.tolerance, small.tolerance * factor);
  EXPECT_EQ(large.label, small.label);
}

std::string refusal(const EuclideanOptions& options) {
  try {
    euclidean_clusters(PointsView(), options);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(EuclideanClusters, RefusesOptionsOutsideTheirRange) {
  for (const double tolerance : {-1.0, static_cast<double>(NAN), static_cast<double>(INFINITY)})
    EXPECT_NE(refusal({tolerance}).find("tolerance"), std::string::npos) << tolerance;
  EXPECT_NE(refusal({1.0, 0}).find("min_points is 0"), std::string::npos);
  EXPECT_NE(refusal({1.0, 5, 4}).find("max_points 4"), std::string::npos);
}

}  // namespace
}  // namespace equicloud::clusters
