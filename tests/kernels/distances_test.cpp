// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/distances.h>
#include <equicloud/kernels/ranks.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "kernels/uniform.h"

namespace equicloud::kernels {
namespace {

class Distances : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

// Coordinates on a coarse lattice, so that many distances tie.
struct Cloud {
  std::vector<float> x, y, z;

  Cloud(std::size_t n, std::uint64_t seed)
      : x(column(n, 3 * seed)), y(column(n, 3 * seed + 1)), z(column(n, 3 * seed + 2)) {}
  static std::vector<float> column(std::size_t n, std::uint64_t seed) {
    std::vector<float> values = uniform<float>(n, seed);
    for (float& value : values) value = static_cast<float>(static_cast<int>(4 * value)) / 4;
    return values;
  }
  PointColumns view() const { return {x.data(), y.data(), z.data(), x.size()}; }
};

constexpr float kFrom[3] = {0.3F, -0.2F, 0.1F};

TEST_P(Distances, AreLoweredAndTheFirstLargestFoundToTheLastBit) {
  for (const std::size_t n : {1U, 3U, 16U, 17U, 64U, 1000U}) {
    const Cloud cloud(n, n);
    std::vector<float> fast(n, 1.5F);
    fast[n / 2] = -1.0F;
    std::vector<float> slow = fast;
    for (int repeat = 0; repeat < 3; ++repeat) {
      const float from[3] = {kFrom[0] * repeat, kFrom[1], kFrom[2]};
      EXPECT_EQ(lower_distances(cloud.view(), from, fast.data()),
                lower_distances_reference(cloud.view(), from, slow.data()))
          << n;
      EXPECT_EQ(fast, slow) << n;
    }
  }
}

TEST_P(Distances, OfChosenPointsAloneFindTheFirst) {
  const Cloud cloud(20, 1);
  std::vector<float> squared(20, -1.0F);
  EXPECT_EQ(lower_distances(cloud.view(), kFrom, squared.data()), 0U);
  EXPECT_EQ(squared, std::vector<float>(20, -1.0F));
}

TEST_P(Distances, WithinABoundAreTheReferencesAndTiesAreIn) {
  const Cloud cloud(8 * kBlockPoints, 5);
  std::vector<std::uint32_t> names(cloud.x.size());
  std::iota(names.rbegin(), names.rend(), 100U);
  const std::vector<std::uint32_t> blocks = {0, 2, 3, 7};
  const float from[3] = {0.25F, 0.5F, -0.25F};
  for (const float bound : {0.0F, 0.0625F, 0.5F, 20.0F}) {
    std::vector<std::int64_t> fast(blocks.size() * kBlockPoints + 1), slow(fast.size());
    const std::size_t found =
        within(cloud.view(), names.data(), blocks.data(), blocks.size(), from, bound, fast.data());
    ASSERT_EQ(found, within_reference(cloud.view(), names.data(), blocks.data(), blocks.size(),
                                      from, bound, slow.data()));
    fast.resize(found);
    slow.resize(found);
    EXPECT_EQ(fast, slow) << bound;
  }
}

TEST_P(Distances, NoPointIsNearerThanItsBox) {
  const Cloud cloud(32 * kBlockPoints, 9);
  Cloud low(32, 1), high(32, 1);
  for (std::size_t i = 0; i < 32; ++i)
    for (const auto column : {&Cloud::x, &Cloud::y, &Cloud::z}) {
      const auto begin = (cloud.*column).begin() + static_cast<std::ptrdiff_t>(i * kBlockPoints);
      (low.*column)[i] = *std::min_element(begin, begin + kBlockPoints);
      (high.*column)[i] = *std::max_element(begin, begin + kBlockPoints);
    }
  std::vector<std::uint32_t> all(32), names(cloud.x.size()), near(33), slow(33);
  std::iota(all.begin(), all.end(), 0U);
  std::iota(names.begin(), names.end(), 0U);
  std::vector<std::int64_t> of_all(cloud.x.size() + 1), of_near(of_all.size());
  for (const float bound : {0.01F, 0.1F, 0.3F, 1.0F}) {
    const std::size_t boxes = boxes_within(low.view(), high.view(), kFrom, bound, near.data());
    ASSERT_EQ(boxes, boxes_within_reference(low.view(), high.view(), kFrom, bound, slow.data()));
    EXPECT_TRUE(
        std::equal(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(boxes), slow.begin()));
    EXPECT_EQ(within(cloud.view(), names.data(), near.data(), boxes, kFrom, bound, of_near.data()),
              within(cloud.view(), names.data(), all.data(), 32, kFrom, bound, of_all.data()));
  }
}

TEST_P(Distances, RanksCountTheSmallerKeys) {
  for (const std::size_t n : {0U, 1U, 7U, 8U, 24U, 41U, 96U}) {
    const std::vector<double> values = uniform<double>(n, n + 1);
    std::vector<std::int64_t> keys(n + kRanksPadding), fast(n + kRanksPadding), slow(n);
    for (std::size_t i = 0; i < n; ++i) keys[i] = static_cast<std::int64_t>(values[i] * 9e18);
    ranks_of(keys.data(), n, fast.data());
    ranks_of_reference(keys.data(), n, slow.data());
    fast.resize(n);
    EXPECT_EQ(fast, slow) << n;
  }
}

TEST_P(Distances, KeysWithinKeepTheirOrder) {
  std::vector<std::int64_t> keys, expected;
  for (std::uint32_t i = 0; i < 43; ++i)
    keys.push_back(distance_key(static_cast<float>(i * 7 % 10), 1000 - i));
  for (const std::int64_t key : keys)
    if (squared_of_key(key) <= 4.0F) expected.push_back(key);
  std::vector<std::int64_t> kept(keys.size() + 1);
  kept.resize(keys_within(keys.data(), keys.size(), 4.0F, kept.data()));
  EXPECT_EQ(kept, expected);
  kept.assign(keys.size() + 1, 0);
  EXPECT_EQ(keys_within(keys.data(), keys.size(), std::numeric_limits<float>::max(), kept.data()),
            keys.size());
  EXPECT_EQ(keys_within(keys.data(), 5, -1.0F, kept.data()), 0U);
}

INSTANTIATE_TEST_SUITE_P(Simd, Distances, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

TEST(DistanceKey, OrdersByDistanceThenByNameAndComesApartAgain) {
  EXPECT_LT(distance_key(0.0F, 7), distance_key(0.0F, 8));
  EXPECT_LT(distance_key(0.0F, 8), distance_key(1e-40F, 0));
  EXPECT_LT(distance_key(0.5F, 0xFFFFFFFFU), distance_key(0.75F, 0));
  EXPECT_LT(distance_key(0.75F, 3), distance_key(std::numeric_limits<float>::max(), 0));
  EXPECT_EQ(squared_of_key(distance_key(0.75F, 3)), 0.75F);
  EXPECT_EQ(name_of_key(distance_key(0.75F, 0xFFFFFFFFU)), 0xFFFFFFFFU);
}

}  // namespace
}  // namespace equicloud::kernels
