// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/sampling.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

float squared(const Cloud& cloud, std::size_t i, const float* q) {
  const float dx = cloud[3 * i] - q[0], dy = cloud[3 * i + 1] - q[1], dz = cloud[3 * i + 2] - q[2];
  return (dx * dx + dy * dy) + dz * dz;
}

// The definition: every step looks at all pairs.
std::vector<std::uint32_t> reference(const Cloud& cloud) {
  const std::size_t n = cloud.size() / 3;
  const float origin[3] = {0, 0, 0};
  std::vector<std::uint32_t> order;
  const auto is_chosen = [&](std::size_t i) {
    return std::find(order.begin(), order.end(), i) != order.end();
  };
  while (order.size() < std::min<std::size_t>(512, n)) {
    std::size_t best = n;
    float farthest = -1.0F;
    for (std::size_t i = 0; i < n; ++i) {
      if (is_chosen(i)) continue;
      float nearest = order.empty() ? squared(cloud, i, origin) : INFINITY;
      for (const std::uint32_t j : order)
        nearest = std::min(nearest, squared(cloud, i, cloud.data() + std::size_t{3} * j));
      if (nearest > farthest) {
        farthest = nearest;
        best = i;
      }
    }
    order.push_back(static_cast<std::uint32_t>(best));
  }
  for (std::uint32_t i = 0; i < n; ++i)
    if (!is_chosen(i)) order.push_back(i);
  return order;
}

TEST(FarthestPointOrder, EqualsItsDefinitionTiesAndAll) {
  FarthestPointOrder sampling;
  for (const Cloud& cloud : {Cloud{}, Cloud{1, 2, 3}, goblet(64, 1), goblet(600, 2),
                             laws::lattice(4), laws::lattice(9), laws::line(90)})
    EXPECT_EQ(sampling.order(cloud), reference(cloud)) << cloud.size() / 3;
}

TEST(FarthestPointOrder, TakesEachOfCoincidentPointsOnce) {
  const Cloud cloud(3 * 100, 0.5F);
  std::vector<std::uint32_t> in_order(100);
  std::iota(in_order.begin(), in_order.end(), 0U);
  FarthestPointOrder sampling;
  EXPECT_EQ(sampling.order(cloud), in_order);
}

TEST(FarthestPointOrder, ReorderMovesThePointsThere) {
  const Cloud cloud = goblet(700, 5);
  Cloud reordered = cloud;
  FarthestPointOrder sampling;
  sampling.reorder(reordered);
  const std::vector<std::uint32_t> order = reference(cloud);
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t axis = 0; axis < 3; ++axis)
      EXPECT_EQ(reordered[3 * i + axis], cloud[std::size_t{3} * order[i] + axis]);
}

}  // namespace
}  // namespace equicloud::classify
