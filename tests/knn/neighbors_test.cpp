// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/points/canonical_order.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "laws/clouds.h"

namespace equicloud::knn {
namespace {

std::vector<float> brute_force(const std::vector<float>& xyz, std::size_t i, int k) {
  std::vector<float> distances;
  for (std::size_t j = 0; j < xyz.size() / 3; ++j) {
    if (j == i) continue;
    double squared = 0.0;
    for (std::size_t axis = 0; axis < 3; ++axis)
      squared += std::pow(static_cast<double>(xyz[3 * j + axis]) - xyz[3 * i + axis], 2);
    distances.push_back(static_cast<float>(std::sqrt(squared)));
  }
  std::sort(distances.begin(), distances.end());
  distances.resize(static_cast<std::size_t>(k));
  return distances;
}

laws::Cloud far_offset_cloud() {
  laws::Cloud cloud = laws::sheet_with_outliers(500, 9);
  for (float& v : cloud) v += 1e6F;
  return cloud;
}

class Clouds : public testing::TestWithParam<int> {
 protected:
  static std::vector<float> distinct(int which) {
    const laws::Cloud clouds[] = {
        laws::sheet_with_outliers(600, 1), laws::lattice(8),   laws::line(100),
        laws::flat_plane(300, 2),          far_offset_cloud(), laws::rings(12, 60, 3)};
    return canonical_order(PointsView(clouds[which])).xyz;
  }
};

// Distances, not ids: near-ties may come in any order.
TEST_P(Clouds, DistancesMatchBruteForce) {
  const std::vector<float> xyz = distinct(GetParam());
  const std::size_t n = xyz.size() / 3;
  for (const int k : {1, 16, static_cast<int>(std::min<std::size_t>(n - 1, 60))}) {
    const auto width = static_cast<std::size_t>(k);
    std::vector<std::uint32_t> ids(n * width);
    std::vector<float> distances(n * width);
    all_nearest(PointsView(xyz), k, ids, distances);
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = distances.begin() + static_cast<std::ptrdiff_t>(i * width);
      ASSERT_EQ(std::vector<float>(row, row + k), brute_force(xyz, i, k))
          << "point " << i << ", k " << k;
    }
  }
}

TEST_P(Clouds, IdsAreOtherPointsAtTheStatedDistance) {
  const std::vector<float> xyz = distinct(GetParam());
  const std::size_t n = xyz.size() / 3;
  std::vector<std::uint32_t> ids(n * 16);
  std::vector<float> distances(n * 16);
  all_nearest(PointsView(xyz), 16, ids, distances, ThreadPool(2));
  for (std::size_t i = 0; i < n; ++i) {
    std::set<std::uint32_t> seen{static_cast<std::uint32_t>(i)};
    for (std::size_t j = i * 16; j < (i + 1) * 16; ++j) {
      EXPECT_TRUE(seen.insert(ids[j]).second) << "the point itself, or a neighbour twice";
      double squared = 0.0;
      for (std::size_t axis = 0; axis < 3; ++axis)
        squared += std::pow(static_cast<double>(xyz[3 * ids[j] + axis]) - xyz[3 * i + axis], 2);
      EXPECT_EQ(distances[j], static_cast<float>(std::sqrt(squared)));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Knn, Clouds, testing::Range(0, 6));

std::vector<float> distances_of(const std::vector<float>& xyz, int k) {
  const std::size_t entries = xyz.size() / 3 * static_cast<std::size_t>(k);
  std::vector<std::uint32_t> ids(entries);
  std::vector<float> distances(entries);
  all_nearest(PointsView(xyz), k, ids, distances);
  return distances;
}

// Any order is allowed, the canonical one is only faster.
TEST(Knn, AnyOrderOfThePointsGivesTheSameDistances) {
  const std::vector<float> xyz =
      canonical_order(PointsView(laws::sheet_with_outliers(3000, 4))).xyz;
  const std::size_t n = xyz.size() / 3;
  std::vector<float> backwards;
  for (std::size_t i = n; i-- > 0;)
    backwards.insert(backwards.end(), {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]});
  const std::vector<float> there = distances_of(xyz, 16), back = distances_of(backwards, 16);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < 16; ++j)
      ASSERT_EQ(there[16 * i + j], back[16 * (n - 1 - i) + j]) << i;
}

// Squares of these distances are 0 in float: only double tells them apart.
TEST(Knn, DistancesBelowTheRootOfTheLeastFloatAreExact) {
  std::vector<float> xyz = {0.0F, 0.0F, 1.0F};
  for (int i = 1; i < 40; ++i) xyz.insert(xyz.end(), {1e-24F * static_cast<float>(i), 0.0F, 0.0F});
  const std::vector<float> distances = distances_of(xyz, 16);
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    const auto row = distances.begin() + static_cast<std::ptrdiff_t>(16 * i);
    ASSERT_EQ(std::vector<float>(row, row + 16), brute_force(xyz, i, 16)) << i;
  }
}

// Part of the rows, cut where no block or chunk ends.
TEST(Knn, ASpanOfRowsIsThatPartOfAll) {
  const std::vector<float> xyz =
      canonical_order(PointsView(laws::sheet_with_outliers(3000, 5))).xyz;
  const std::vector<float> all = distances_of(xyz, 5);
  const SelfJoin join{PointsView(xyz)};
  for (const auto& [begin, end] : {std::pair<std::size_t, std::size_t>{1000, 1100}, {7, 2050}}) {
    std::vector<std::uint32_t> ids(5 * (end - begin));
    std::vector<float> distances(ids.size());
    join.nearest(begin, end, 5, ids, distances);
    EXPECT_TRUE(std::equal(distances.begin(), distances.end(),
                           all.begin() + static_cast<std::ptrdiff_t>(5 * begin)));
  }
}

TEST(Knn, TooLargeKIsRefused) {
  const std::vector<float> xyz = laws::line(5);
  std::vector<std::uint32_t> ids(25);
  std::vector<float> distances(25);
  EXPECT_THROW(all_nearest(PointsView(xyz), 5, ids, distances), InvalidArgument);
  EXPECT_THROW(all_nearest(PointsView(xyz), 0, ids, distances), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::knn
