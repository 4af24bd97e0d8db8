// SPDX-License-Identifier: BSD-3-Clause
// The convolution against its formula by double loop, and its laws.
#include <equicloud/base/error.h>
#include <equicloud/group/convolution.h>
#include <equicloud/group/named_spaces.h>
#include <equicloud/group/orbits.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "group/functions.h"

namespace equicloud::group {
namespace {

// Sums of up to 60 products of normal values, taken in another order.
constexpr double kSumTolerance = 1e-12;

void expect_near(const std::vector<double>& a, const std::vector<double>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], kSumTolerance) << i;
}

// Sum over all pairs (s, v) with s v = u, found by looking for them.
std::vector<double> convolve_slow(const FiniteGroup& g, const std::vector<double>& f,
                                  const std::vector<double>& k) {
  std::vector<double> result(g.order(), 0.0);
  for (Element s = 0; s < g.order(); ++s)
    for (Element v = 0; v < g.order(); ++v) result[g.product(s, v)] += f[s] * k[v];
  return result;
}

TEST(Conventions, group_convolution) {  // (f * g)(u) = sum_v f(u v^-1) g(v)
  Random random(1);
  for (const FiniteGroup& g : {cyclic(9), polygon(5).group(), icosahedron().group()}) {
    const auto f = random_function(g.order(), random);
    const auto k = random_function(g.order(), random);
    expect_near(convolve(g, f, k), convolve_slow(g, f, k));
  }
}

TEST(Conventions, group_convolution_equivariance) {  // (L_w f) * g = L_w (f * g), to the last bit
  Random random(2);
  const GSpace x = regular(octahedron().group());
  const auto f = random_function(x.size(), random);
  const auto g = random_function(x.size(), random);
  const auto fg = convolve(x.group(), f, g);
  for (Element w = 0; w < x.group().order(); ++w)
    EXPECT_EQ(convolve(x.group(), moved(x, w, f), g), moved(x, w, fg));
}

TEST(Convolution, IsAssociativeAndHasAUnit) {
  Random random(3);
  const FiniteGroup g = tetrahedron().group();
  const auto a = random_function(g.order(), random);
  const auto b = random_function(g.order(), random);
  const auto c = random_function(g.order(), random);
  expect_near(convolve(g, convolve(g, a, b), c), convolve(g, a, convolve(g, b, c)));
  std::vector<double> unit(g.order(), 0.0);
  unit[0] = 1.0;
  EXPECT_EQ(convolve(g, a, unit), a);
  EXPECT_EQ(convolve(g, unit, a), a);
}

TEST(Convolution, CommutesExactlyOnCommutativeGroups) {
  Random random(4);
  const auto gap = [&](const FiniteGroup& g) {
    const auto a = random_whole_numbers(g.order(), random);
    const auto b = random_whole_numbers(g.order(), random);
    return convolve(g, a, b) != convolve(g, b, a);
  };
  EXPECT_FALSE(gap(direct_product(cyclic(3), cyclic(6))));
  EXPECT_TRUE(gap(polygon(3).group()));
}

TEST(Convolution, OnTranslationsIsTheConvolutionOfImages) {
  Random random(5);
  const std::size_t n = 7;
  const FiniteGroup translations = direct_product(cyclic(n), cyclic(n));
  const auto image = random_whole_numbers(n * n, random);
  const auto filter = random_whole_numbers(n * n, random);
  const auto result = convolve(translations, image, filter);
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t column = 0; column < n; ++column) {
      double sum = 0.0;
      for (std::size_t dr = 0; dr < n; ++dr)
        for (std::size_t dc = 0; dc < n; ++dc)
          sum += image[(row + n - dr) % n * n + (column + n - dc) % n] * filter[dr * n + dc];
      EXPECT_EQ(result[row * n + column], sum);
    }
}

TEST(Conventions, group_lift_project) {  // (lift f)(u) = f(u x_0); project is the mean over cosets
  Random random(6);
  const GSpace x = icosahedron();
  const auto f = random_whole_numbers(x.size(), random);
  const auto lifted = lift(x, f);
  for (Element u = 0; u < x.group().order(); ++u) EXPECT_EQ(lifted[u], f[x.act(u, 0)]);
  EXPECT_EQ(project(x, lifted), f);
  const GSpace whole = regular(x.group());
  for (Element w = 0; w < x.group().order(); ++w) {
    EXPECT_EQ(lift(x, moved(x, w, f)), moved(whole, w, lifted));
    EXPECT_EQ(project(x, moved(whole, w, lifted)), moved(x, w, project(x, lifted)));
  }
}

TEST(Convolution, BetweenQuotientsIsEquivariant) {
  Random random(7);
  const GSpace x = octahedron();
  const GSpace y = cosets(x.group(), generated_subgroup(x.group(), {x.group().generators()[0]}));
  const auto f = random_whole_numbers(x.size(), random);
  const auto filter = random_whole_numbers(x.group().order(), random);
  const auto result = convolve(x, y, f, filter);
  for (Element w = 0; w < x.group().order(); ++w)
    expect_near(convolve(x, y, moved(x, w, f), filter), moved(y, w, result));
}

TEST(Convolution, OnlyTheMeanOverDoubleCosetsOfTheFilterMatters) {
  Random random(12);
  const GSpace x = octahedron();
  const GSpace y = cosets(x.group(), generated_subgroup(x.group(), {x.group().generators()[0]}));
  const auto f = random_function(x.size(), random);
  const auto filter = random_function(x.group().order(), random);
  std::vector<double> means(filter.size());
  for (const auto& coset : double_cosets(x.group(), stabiliser(x, 0), stabiliser(y, 0)))
    for (const Element u : coset)
      for (const Element v : coset) means[u] += filter[v] / static_cast<double>(coset.size());
  expect_near(convolve(x, y, f, filter), convolve(x, y, f, means));
}

// [f * g] = 1/|H| lift g * (lift f)(.^-1): the correlation is a convolution.
TEST(Conventions, group_correlation_is_convolution) {
  Random random(8);
  const GSpace x = icosahedron();
  const FiniteGroup& group = x.group();
  const auto f = random_whole_numbers(x.size(), random);
  const auto g = random_whole_numbers(x.size(), random);
  const auto lifted = lift(x, f);
  std::vector<double> reversed(group.order());
  for (Element u = 0; u < group.order(); ++u) reversed[u] = lifted[group.inverse(u)];
  auto expected = convolve(group, lift(x, g), reversed);
  for (double& value : expected) value /= static_cast<double>(stabiliser(x, 0).size());
  EXPECT_EQ(correlate(x, f, g), expected);
}

TEST(Conventions, group_correlation_equivariance) {  // [f * L_Q g](R) = [f * g](Q^-1 R)
  Random random(9);
  const GSpace x = octahedron();
  const GSpace whole = regular(x.group());
  const auto f = random_whole_numbers(x.size(), random);
  const auto g = random_whole_numbers(x.size(), random);
  for (Element q = 0; q < x.group().order(); ++q)
    EXPECT_EQ(correlate(x, f, moved(x, q, g)), moved(whole, q, correlate(x, f, g)));
}

TEST(Correlation, IsLargestWhereThePatternFits) {
  Random random(10);
  const GSpace x = icosahedron();
  const auto pattern = random_function(x.size(), random);  // no symmetry, with probability 1
  for (Element q = 0; q < x.group().order(); ++q) {
    const auto match = correlate(x, pattern, moved(x, q, pattern));
    EXPECT_EQ(static_cast<Element>(std::max_element(match.begin(), match.end()) - match.begin()),
              q);
  }
}

TEST(Convolution, FloatAgreesWithDouble) {
  Random random(11);
  const FiniteGroup g = polygon(8).group();
  const auto a = random_whole_numbers(g.order(), random);
  const auto b = random_whole_numbers(g.order(), random);
  const auto in_float =
      convolve(g, std::vector<float>(a.begin(), a.end()), std::vector<float>(b.begin(), b.end()));
  const auto in_double = convolve(g, a, b);
  EXPECT_EQ(std::vector<double>(in_float.begin(), in_float.end()), in_double);
}

TEST(Convolution, FunctionsOfTheWrongSizeAreRefused) {
  const std::vector<double> three(3), four(4);
  const GSpace two_orbits = generated_by({{1, 0, 2}});
  EXPECT_THROW(convolve(cyclic(3), three, four), InvalidArgument);
  EXPECT_THROW(lift(cycle(3), four), InvalidArgument);
  EXPECT_THROW(project(cycle(3), four), InvalidArgument);
  EXPECT_THROW(project(two_orbits, std::vector<double>(2)), InvalidArgument);  // not homogeneous
  EXPECT_THROW(convolve(cycle(3), cycle(4), three, three), InvalidArgument);
  EXPECT_THROW(correlate(cycle(3), three, four), InvalidArgument);
  EXPECT_THROW(moved(cycle(3), 0, four), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::group
