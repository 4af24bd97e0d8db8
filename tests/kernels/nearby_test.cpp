// SPDX-License-Identifier: BSD-3-Clause
// Boxes near a box, and radii that hold enough points, against plain loops.
#include <equicloud/base/random.h>
#include <equicloud/kernels/nearby.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace equicloud::kernels {
namespace {

constexpr float kFar = std::numeric_limits<float>::infinity();

// Columns of `count` points in a cube, the last `pads` of them infinitely far.
struct Points {
  std::array<std::vector<float>, 3> axis;

  Points(std::size_t count, std::size_t pads, std::uint64_t seed) {
    Random random(seed);
    for (std::vector<float>& column : axis) {
      for (std::size_t i = 0; i < count; ++i)
        column.push_back(i + pads < count ? static_cast<float>(random.uniform(-1, 1)) : kFar);
    }
  }
  PointColumns view() const {
    return {axis[0].data(), axis[1].data(), axis[2].data(), axis[0].size()};
  }
};

TEST(Nearby, BoxesNearABoxAreThoseOfThePlainLoop) {
  constexpr std::size_t kGroups = 5;
  const Points low(kGroups * kBlockPoints, 3, 1);
  Points high = low;
  Random random(2);
  for (std::vector<float>& column : high.axis)
    for (float& v : column) v += static_cast<float>(random.uniform(0, 0.3));
  const std::vector<std::uint32_t> groups = {4, 0, 3};
  const std::array<float, 6> box = {-0.2F, -0.1F, 0.0F, 0.1F, 0.1F, 0.2F};
  for (const float bound : {0.0F, 0.05F, 0.4F, std::numeric_limits<float>::max()}) {
    std::vector<std::uint32_t> found(groups.size() * kBlockPoints + 1), expected = found;
    found.resize(boxes_near_box(low.view(), high.view(), groups.data(), groups.size(), box.data(),
                                bound, found.data()));
    expected.resize(boxes_near_box_reference(low.view(), high.view(), groups.data(), groups.size(),
                                             box.data(), bound, expected.data()));
    EXPECT_EQ(found, expected) << bound;
  }
}

TEST(Nearby, TheRadiusHoldsEnoughPointsAndNotManyMore) {
  const Points points(6 * kBlockPoints, 5, 3);
  std::vector<float> squared(points.view().count);
  const std::array<float, 3> q = {0.1F, 0.2F, -0.1F};
  for (const std::size_t k : {1U, 17U, 60U, 91U}) {
    const float least = least_radius_reference(points.view(), q.data(), k);
    for (const float known : {kFar, 1.5F * least, least}) {
      const float radius = radius_of(points.view(), q.data(), k, known, squared.data());
      EXPECT_GE(radius, least) << k << ' ' << known;
      EXPECT_LE(radius, 1.5F * least) << k << ' ' << known;
    }
  }
}

TEST(Nearby, CoincidentPointsHaveARadiusOfNext) {
  Points points(2 * kBlockPoints, 0, 4);
  for (std::vector<float>& column : points.axis) std::fill(column.begin(), column.end(), 0.25F);
  std::vector<float> squared(points.view().count);
  const std::array<float, 3> q = {0.25F, 0.25F, 0.25F};
  EXPECT_EQ(radius_of(points.view(), q.data(), 17, kFar, squared.data()), 0.0F);
}

TEST(Nearby, TheRadiusOfKeysHoldsEnoughOfThem) {
  Random random(5);
  for (const std::size_t count : {1U, 2U, 7U, 41U, 200U}) {
    std::vector<std::int64_t> keys;
    for (std::size_t i = 0; i < count; ++i)
      keys.push_back(distance_key(static_cast<float>(random.uniform(0, i % 3 == 0 ? 9.0 : 0.01)),
                                  static_cast<std::uint32_t>(random.below(1U << 31))));
    if (count > 1) keys[1] = distance_key(0.0F, 7);
    std::vector<std::int64_t> sorted = keys;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t k = 1; k <= count; k += 1 + count / 9)
      EXPECT_GE(radius_of_keys(keys.data(), count, k), squared_of_key(sorted[k - 1]))
          << k << " of " << count;
    EXPECT_LE(radius_of_keys(keys.data(), count, count),
              squared_of_key(sorted.back()) * 1.001F + std::numeric_limits<float>::min());
  }
}

}  // namespace
}  // namespace equicloud::kernels
