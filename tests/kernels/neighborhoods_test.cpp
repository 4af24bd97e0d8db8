// SPDX-License-Identifier: BSD-3-Clause
// Moments of neighbourhoods and their averages over the graph, against plain loops in double.
#include <equicloud/base/random.h>
#include <equicloud/kernels/neighborhoods.h>
#include <equicloud/kernels/simd.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace equicloud::kernels {
namespace {

constexpr std::size_t kCount = 15;

// Points of a blob far from the origin with lists at random.
struct Graph {
  std::vector<float> xyz, weights;
  std::vector<std::uint32_t> ids;
  std::vector<Neighborhood> of;

  explicit Graph(std::size_t n, std::uint64_t seed) : of(n) {
    Random random(seed);
    for (std::size_t i = 0; i < 3 * n; ++i)
      xyz.push_back(static_cast<float>(10.0 + random.uniform(0.0, 0.1)));
    for (std::size_t k = 0; k < n * kCount; ++k) {
      ids.push_back(static_cast<std::uint32_t>(random.below(n)));
      weights.push_back(static_cast<float>(random.uniform()));
    }
    for (Neighborhood& it : of) {
      it.length = static_cast<float>(std::exp(random.uniform(-6.0, 0.0)));
      for (float& v : it.shared) v = static_cast<float>(random.normal());
    }
  }
  std::size_t size() const { return of.size(); }
  NeighborLists lists() const { return {xyz.data(), ids.data(), weights.data(), kCount, 0.5F}; }
};

void expect_near(const std::vector<Neighborhood>& found, const std::vector<Neighborhood>& expected,
                 std::size_t begin, std::size_t end) {
  constexpr double kRounding = 1e-6;
  for (std::size_t i = begin; i < end; ++i) {
    const Neighborhood &a = found[i], &b = expected[i];
    const float trace = b.covariance[0] + b.covariance[3] + b.covariance[5];
    for (std::size_t e = 0; e < 6; ++e)
      EXPECT_NEAR(a.covariance[e], b.covariance[e], kRounding * trace) << i << " entry " << e;
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_NEAR(a.mean[c], b.mean[c], kRounding * std::sqrt(trace)) << i;
      EXPECT_NEAR(a.shared[c], b.shared[c], kRounding) << i;
    }
    EXPECT_EQ(a.length, b.length) << i;
  }
}

class NeighborhoodsOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(NeighborhoodsOn, AreThoseOfThePlainLoops) {
  Graph graph(200, 1);
  std::vector<Neighborhood> expected = graph.of;
  list_moments(graph.lists(), 0, graph.size(), graph.of.data());
  list_moments_reference(graph.lists(), 0, graph.size(), expected.data());
  expect_near(graph.of, expected, 0, graph.size());
  std::vector<Neighborhood> hop(graph.size()), slow(graph.size());
  pooled_moments(graph.lists(), graph.of.data(), 0, graph.size(), hop.data());
  pooled_moments_reference(graph.lists(), graph.of.data(), 0, graph.size(), slow.data());
  expect_near(hop, slow, 0, graph.size());
}

TEST_P(NeighborhoodsOn, APointDoesNotDependOnTheSpan) {
  Graph graph(50, 2);
  list_moments(graph.lists(), 0, graph.size(), graph.of.data());
  std::vector<Neighborhood> whole(graph.size()), part(4);
  pooled_moments(graph.lists(), graph.of.data(), 0, graph.size(), whole.data());
  pooled_moments(graph.lists(), graph.of.data(), 17, 20, part.data());
  for (std::size_t i = 0; i < 3; ++i) {
    const Neighborhood& same = whole[17 + i];
    for (std::size_t e = 0; e < 6; ++e) EXPECT_EQ(part[i].covariance[e], same.covariance[e]);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(part[i].mean[c], same.mean[c]);
  }
  EXPECT_EQ(part[3].length, 0.0F) << "outside the span nothing is written";
}

TEST_P(NeighborhoodsOn, TwoPointsApartSpanALine) {
  // One member at (2, 0, 0) with weight 1/2, as much as the point itself: mean 1, variance 1.
  const std::vector<float> xyz = {0, 0, 0, 2, 0, 0}, weights = {0.5F, 0.5F};
  const std::vector<std::uint32_t> ids = {1, 0};
  std::vector<Neighborhood> of(2);
  list_moments({xyz.data(), ids.data(), weights.data(), 1, 0.5F}, 0, 2, of.data());
  EXPECT_EQ(of[0].mean[0], 1.0F);
  EXPECT_EQ(of[1].mean[0], -1.0F);
  for (const Neighborhood& it : of) {
    EXPECT_EQ(it.covariance[0], 1.0F);
    for (std::size_t e = 1; e < 6; ++e) EXPECT_EQ(it.covariance[e], 0.0F);
  }
}

INSTANTIATE_TEST_SUITE_P(Simd, NeighborhoodsOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
