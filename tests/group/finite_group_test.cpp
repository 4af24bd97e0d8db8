// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/finite_group.h>
#include <equicloud/group/named_spaces.h>
#include <equicloud/group/orbits.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>

namespace equicloud::group {
namespace {

struct Named {
  std::string name;
  FiniteGroup group;
  std::vector<std::size_t> class_sizes;  // sorted; from the character tables of the textbooks
};

void PrintTo(const Named& named, std::ostream* out) { *out << named.name; }

std::vector<Named> named_groups() {
  return {{"Z1", cyclic(1), {1}},
          {"Z6", cycle(6).group(), {1, 1, 1, 1, 1, 1}},
          {"Z2xZ3", direct_product(cyclic(2), cyclic(3)), {1, 1, 1, 1, 1, 1}},
          {"D5", polygon(5).group(), {1, 2, 2, 5}},
          {"S4", letters(4).group(), {1, 3, 6, 6, 8}},
          {"S5", letters(5).group(), {1, 10, 15, 20, 20, 24, 30}},
          {"Z2xS3", direct_product(cyclic(2), letters(3).group()), {1, 1, 2, 2, 3, 3}},
          {"tetrahedron", tetrahedron().group(), {1, 3, 4, 4}},
          {"octahedron", octahedron().group(), {1, 3, 6, 6, 8}},
          {"icosahedron", icosahedron().group(), {1, 12, 12, 15, 20}}};
}

class EveryGroup : public testing::TestWithParam<Named> {};

TEST_P(EveryGroup, KeepsTheAxiomsForAllElements) {
  const FiniteGroup& g = GetParam().group;
  for (Element u = 0; u < g.order(); ++u) {
    EXPECT_EQ(g.product(u, 0), u);
    EXPECT_EQ(g.product(0, u), u);
    EXPECT_EQ(g.product(u, g.inverse(u)), 0U);
    EXPECT_EQ(g.product(g.inverse(u), u), 0U);
    for (Element v = 0; v < g.order(); ++v) {
      ASSERT_LT(g.product(u, v), g.order());
      for (Element w = 0; w < g.order(); ++w)
        ASSERT_EQ(g.product(g.product(u, v), w), g.product(u, g.product(v, w)));
    }
  }
}

TEST_P(EveryGroup, HasTheClassesOfTheTextbook) {
  std::vector<std::size_t> sizes;
  for (const auto& members : orbits(conjugation(GetParam().group))) sizes.push_back(members.size());
  std::sort(sizes.begin(), sizes.end());
  EXPECT_EQ(sizes, GetParam().class_sizes);
}

TEST_P(EveryGroup, IsMadeOfItsGenerators) {
  const FiniteGroup& g = GetParam().group;
  std::set<Element> found = {0};
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    for (const Element u : std::set<Element>(found))
      for (const Element v : g.generators()) found.insert(g.product(u, v));
  }
  EXPECT_EQ(found.size(), g.order());
}

INSTANTIATE_TEST_SUITE_P(Groups, EveryGroup, testing::ValuesIn(named_groups()),
                         [](const auto& named) { return named.param.name; });

std::string refusal(const std::vector<Element>& table) {
  try {
    FiniteGroup group(table);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(FiniteGroup, TablesThatAreNoGroupAreRefusedWithTheReason) {
  EXPECT_NE(refusal({}).find("n x n"), std::string::npos);
  EXPECT_NE(refusal({0, 1, 1}).find("n x n"), std::string::npos);
  EXPECT_NE(refusal({0, 1, 1, 2}).find("none of the 2"), std::string::npos);
  EXPECT_NE(refusal({1, 0, 0, 1}).find("identity"), std::string::npos);
  EXPECT_NE(refusal({0, 1, 1, 1}).find("no inverse"), std::string::npos);
}

// Of order 5 with identity and inverses (each element its own), a Latin square, and no group: only
// associativity is wrong.
TEST(FiniteGroup, ALoopThatIsNotAssociativeIsRefused) {
  const std::vector<Element> loop = {0, 1, 2, 3, 4, 1, 0, 3, 4, 2, 2, 4, 0,
                                     1, 3, 3, 2, 4, 0, 1, 4, 3, 1, 2, 0};
  EXPECT_NE(refusal(loop).find("u(vw)"), std::string::npos);
}

TEST(FiniteGroup, OrdersOutOfRangeAreRefused) {
  EXPECT_THROW(cyclic(0), InvalidArgument);
  EXPECT_THROW(cyclic(kLargestOrder + 1), InvalidArgument);
  EXPECT_THROW(direct_product(cyclic(64), cyclic(64)), InvalidArgument);
  EXPECT_THROW(letters(7), InvalidArgument);
  EXPECT_THROW(polygon(2), InvalidArgument);
}

TEST(FiniteGroup, ProductsOfCoprimeCyclesAreCyclicAndOthersAreNot) {
  const auto largest_order = [](const FiniteGroup& g) {
    std::size_t largest = 0;
    for (Element u = 0; u < g.order(); ++u) {
      std::size_t n = 1;
      for (Element power = u; power != 0; power = g.product(power, u)) ++n;
      largest = std::max(largest, n);
    }
    return largest;
  };
  EXPECT_EQ(largest_order(direct_product(cyclic(3), cyclic(4))), 12U);
  EXPECT_EQ(largest_order(direct_product(cyclic(4), cyclic(4))), 4U);
}

}  // namespace
}  // namespace equicloud::group
