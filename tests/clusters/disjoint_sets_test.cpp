// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/executor.h>
#include <equicloud/base/random.h>
#include <equicloud/clusters/disjoint_sets.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace equicloud::clusters {
namespace {

constexpr std::size_t kMembers = 20000;

std::vector<std::pair<std::uint32_t, std::uint32_t>> random_joins(std::size_t count) {
  Random random(3);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joins(count);
  for (auto& [a, b] : joins) {
    a = static_cast<std::uint32_t>(random.below(kMembers));
    b = static_cast<std::uint32_t>(random.below(kMembers));
  }
  return joins;
}

// Every set renamed member by member: slow and obvious.
std::vector<std::uint32_t> renamed(
    const std::vector<std::pair<std::uint32_t, std::uint32_t>>& joins) {
  std::vector<std::uint32_t> name(kMembers);
  for (std::uint32_t i = 0; i < kMembers; ++i) name[i] = i;
  for (const auto& [a, b] : joins) {
    const std::uint32_t low = std::min(name[a], name[b]);
    const std::uint32_t high = std::max(name[a], name[b]);
    if (low != high) std::replace(name.begin(), name.end(), high, low);
  }
  return name;
}

TEST(DisjointSets, AreNamedByTheirSmallestMemberWhoeverJoinsThem) {
  const auto joins = random_joins(12000);
  const std::vector<std::uint32_t> expected = renamed(joins);
  for (const int threads : {1, 4}) {
    DisjointSets sets(kMembers);
    for_spans(ThreadPool(threads), joins.size(), 100,
              [&](std::size_t begin, std::size_t end, std::size_t) {
                for (std::size_t k = begin; k < end; ++k)
                  sets.unite(joins[k].first, joins[k].second);
              });
    for (std::uint32_t i = 0; i < kMembers; ++i) ASSERT_EQ(sets.find(i), expected[i]) << threads;
  }
}

}  // namespace
}  // namespace equicloud::clusters
