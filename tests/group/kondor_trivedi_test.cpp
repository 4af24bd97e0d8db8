// SPDX-License-Identifier: BSD-3-Clause
// Kondor & Trivedi 2018, theorem 1, watched on finite groups: a linear layer between homogeneous
// spaces is equivariant if and only if it is a convolution. Both sides are computed independently,
// as the null space of the constraints and from the convolution itself, and must be one space.
#include <equicloud/base/error.h>
#include <equicloud/group/convolution.h>
#include <equicloud/group/equivariant_maps.h>
#include <equicloud/group/named_spaces.h>
#include <equicloud/group/orbits.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <string>

#include "group/functions.h"

namespace equicloud::group {
namespace {

struct Named {
  std::string name;
  FiniteGroup group;
};

void PrintTo(const Named& named, std::ostream* out) { *out << named.name; }

std::vector<Named> named_groups() {
  return {{"Z12", cyclic(12)},
          {"Z4xZ4", direct_product(cyclic(4), cyclic(4))},
          {"D6", polygon(6).group()},
          {"S4", letters(4).group()},
          {"Z2xS3", direct_product(cyclic(2), letters(3).group())},
          {"tetrahedron", tetrahedron().group()},
          {"octahedron", octahedron().group()},
          {"icosahedron", icosahedron().group()}};
}

// {e}, G, and the subgroups of one and of two elements out of a few.
std::vector<Subgroup> some_subgroups(const FiniteGroup& g) {
  std::vector<Subgroup> found = {{0}};
  for (Element u = 1; u < g.order(); u += 1 + g.order() / 6) {
    found.push_back(generated_subgroup(g, {u}));
    found.push_back(generated_subgroup(g, {u, (3 * u + 1) % g.order()}));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool is_equivariant(const IntegerMatrix& w, const GSpace& x, const GSpace& y) {
  for (Element u = 0; u < x.group().order(); ++u)
    for (Point b = 0; b < y.size(); ++b)
      for (Point a = 0; a < x.size(); ++a)
        if (w.entries[y.act(u, b) * x.size() + x.act(u, a)] != w.entries[b * x.size() + a])
          return false;
  return true;
}

std::vector<IntegerMatrix> joined(std::vector<IntegerMatrix> a,
                                  const std::vector<IntegerMatrix>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

class KondorTrivedi : public testing::TestWithParam<Named> {};

TEST_P(KondorTrivedi, EquivariantMapsAreTheConvolutions) {
  const FiniteGroup& g = GetParam().group;
  std::size_t pairs = 0;
  std::size_t largest = 0;
  for (const Subgroup& h : some_subgroups(g))
    for (const Subgroup& k : some_subgroups(g)) {
      const GSpace x = cosets(g, h);
      const GSpace y = cosets(g, k);
      const std::size_t cosets_between = double_cosets(g, h, k).size();
      const auto maps = equivariant_maps(x, y);
      const auto convolutions = convolution_maps(x, y);
      ASSERT_EQ(maps.size(), cosets_between);
      ASSERT_EQ(span_dimension(maps), cosets_between);
      ASSERT_EQ(span_dimension(convolutions), cosets_between);
      ASSERT_EQ(span_dimension(joined(maps, convolutions)), cosets_between);
      for (const IntegerMatrix& w : joined(maps, convolutions))
        ASSERT_TRUE(is_equivariant(w, x, y));
      ++pairs;
      largest = std::max(largest, cosets_between);
    }
  std::printf("%s: %zu pairs of homogeneous spaces, dimension up to %zu\n", GetParam().name.c_str(),
              pairs, largest);
  EXPECT_GE(pairs, 4U);
}

// Any filter on G, however it looks, gives a map of that space.
TEST_P(KondorTrivedi, EveryFilterGivesAnEquivariantMap) {
  const FiniteGroup& g = GetParam().group;
  Random random(1);
  for (const Subgroup& h : some_subgroups(g)) {
    const GSpace x = cosets(g, h);
    const GSpace y = regular(g);  // no mean is taken: whole numbers stay whole
    const auto filter = random_whole_numbers(g.order(), random);
    IntegerMatrix w{y.size(), x.size(), std::vector<std::int64_t>(y.size() * x.size())};
    for (Point a = 0; a < x.size(); ++a) {
      std::vector<double> one(x.size(), 0.0);
      one[a] = 1.0;
      const auto image = convolve(x, y, one, filter);
      for (Point b = 0; b < y.size(); ++b)
        w.entries[b * x.size() + a] = static_cast<std::int64_t>(image[b]);
    }
    ASSERT_TRUE(is_equivariant(w, x, y));
    const auto maps = equivariant_maps(x, y);
    EXPECT_EQ(span_dimension(joined(maps, {w})), maps.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Groups, KondorTrivedi, testing::ValuesIn(named_groups()),
                         [](const auto& named) { return named.param.name; });

TEST(EquivariantMaps, AMapThatIsNotEquivariantIsOutsideTheirSpan) {
  const GSpace x = polygon(5);
  auto maps = equivariant_maps(x, x);
  EXPECT_EQ(maps.size(), 3U);  // same vertex, neighbours, others
  IntegerMatrix w = maps.front();
  w.entries[1] += 1;
  EXPECT_FALSE(is_equivariant(w, x, x));
  maps.push_back(w);
  EXPECT_EQ(span_dimension(maps), 4U);
}

// Spaces with several orbits: one dimension an orbit of pairs, still.
TEST(EquivariantMaps, AreCountedByTheOrbitsOfPairs) {
  const GSpace x = generated_by({{1, 2, 0, 4, 3}, {1, 0, 2, 3, 4}});
  EXPECT_EQ(orbits(x).size(), 2U);
  EXPECT_EQ(equivariant_maps(x, x).size(), orbits(product(x, x)).size());
  EXPECT_THROW(convolution_maps(x, x), InvalidArgument);
  EXPECT_THROW(equivariant_maps(cycle(3), cycle(4)), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::group
