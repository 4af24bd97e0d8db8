// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/nearest.h>
#include <equicloud/knn/neighbors.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

using Lists = std::vector<std::uint32_t>;

Lists all_lists(const Cloud& cloud, std::size_t sources, std::size_t k) {
  NearestSearch search;
  search.assign(cloud, sources);
  Lists lists(sources * k);
  std::vector<float> distances(k);
  for (std::uint32_t i = 0; i < sources; ++i)
    search.find(cloud.data() + std::size_t{3} * i, i, {lists.data() + i * k, k}, distances);
  return lists;
}

// Sorts everything by (squared distance, index).
Lists reference(const Cloud& cloud, std::size_t sources, std::size_t k) {
  Lists lists;
  for (std::size_t i = 0; i < sources; ++i) {
    std::vector<std::pair<float, std::uint32_t>> others;
    for (std::uint32_t j = 0; j < sources; ++j) {
      const float* p = cloud.data() + 3 * i;
      const float* q = cloud.data() + std::size_t{3} * j;
      const float dx = q[0] - p[0], dy = q[1] - p[1], dz = q[2] - p[2];
      if (j != i) others.emplace_back((dx * dx + dy * dy) + dz * dz, j);
    }
    std::sort(others.begin(), others.end());
    for (std::size_t j = 0; j < k; ++j) lists.push_back(others[j].second);
  }
  return lists;
}

TEST(NearestSearch, EqualsSortingEverythingTiesAndAll) {
  for (const auto& [name, cloud] : awkward_clouds()) {
    const Shape shape = make_shape(PointsView(cloud));
    for (const std::size_t k : {1U, 24U, 63U})
      EXPECT_EQ(all_lists(shape.xyz, shape.size(), k), reference(shape.xyz, shape.size(), k))
          << name << ", k " << k;
  }
}

TEST(NearestSearch, SeesTheFirstSourcesOnly) {
  const Cloud cloud = goblet(300, 1);
  for (const std::size_t sources : {2U, 16U, 17U, 128U, 299U}) {
    const std::size_t k = std::min<std::size_t>(32, sources - 1);
    EXPECT_EQ(all_lists(cloud, sources, k), reference(cloud, sources, k)) << sources;
  }
}

TEST(NearestSearch, FindsCoincidentPointsButNotItself) {
  Cloud cloud = goblet(80, 1);
  for (std::size_t i = 0; i < 120; ++i) cloud[i] = 0.25F;
  EXPECT_EQ(all_lists(cloud, 80, 50), reference(cloud, 80, 50));
}

TEST(NearestSearch, AgreesWithTheTreeWhereNothingTies) {
  const Cloud cloud = goblet(1000, 2);
  Lists of_tree(1000 * 24);
  std::vector<float> distances(of_tree.size());
  knn::all_nearest(PointsView(cloud), 24, of_tree, distances);
  EXPECT_EQ(all_lists(cloud, 1000, 24), of_tree);
}

TEST(NearestSearch, OrderHoldsEverySourceOnce) {
  NearestSearch search;
  search.assign(goblet(300, 3), 250);
  Lists order(search.order().begin(), search.order().end());
  std::sort(order.begin(), order.end());
  ASSERT_EQ(order.size(), 250U);
  for (std::uint32_t i = 0; i < 250; ++i) EXPECT_EQ(order[i], i);
}

TEST(NearestSearch, RefusesMoreThanThereAre) {
  const Cloud cloud = goblet(100, 1);
  EXPECT_THROW(all_lists(cloud, 20, 20), InvalidArgument);
  EXPECT_THROW(all_lists(cloud, 20, 0), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::classify
