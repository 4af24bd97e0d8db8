// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/equivariant_maps.h>
#include <equicloud/group/named_spaces.h>
#include <equicloud/sets/pair_layer.h>
#include <gtest/gtest.h>

#include <cmath>

#include "laws/clouds.h"

namespace equicloud::sets {
namespace {

// Sums of 45 products of numbers up to 30, in another order, relative to the result.
constexpr float kSumTolerance = 2e-4F;

// Which x_ab enter entry (i, j) of map m: equalities among four indices.
bool enters(std::size_t m, std::size_t i, std::size_t j, std::size_t a, std::size_t b) {
  const bool maps[] = {a == i && b == j,
                       a == j && b == i,
                       a == i,
                       a == j,
                       b == i,
                       b == j,
                       a == i && b == i,
                       a == j && b == j,
                       a == b,
                       true,
                       i == j && a == i && b == i,
                       i == j && a == i,
                       i == j && b == i,
                       i == j && a == b,
                       i == j};
  return maps[m];
}

TEST(Conventions, pair_maps_order) {
  const std::size_t n = 5;
  std::vector<double> x;
  for (std::size_t k = 0; k < n * n; ++k) x.push_back(static_cast<double>(k * k % 17) - 8.0);
  const auto maps = pair_maps(x, n, 1);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t m = 0; m < kPairMaps; ++m) {
        double sum = 0.0;
        for (std::size_t a = 0; a < n; ++a)
          for (std::size_t b = 0; b < n; ++b) sum += enters(m, i, j, a, b) ? x[a * n + b] : 0.0;
        EXPECT_EQ(maps[(i * n + j) * kPairMaps + m], sum) << m;
      }
}

// Column k of map m is what becomes of the table that is 1 at k.
std::vector<group::IntegerMatrix> matrices_of_pair_maps(std::size_t n) {
  const std::size_t size = n * n;
  std::vector<group::IntegerMatrix> result(kPairMaps,
                                           {size, size, std::vector<std::int64_t>(size * size)});
  for (std::size_t k = 0; k < size; ++k) {
    std::vector<double> one(size, 0.0);
    one[k] = 1.0;
    const auto maps = pair_maps(one, n, 1);
    for (std::size_t entry = 0; entry < size; ++entry)
      for (std::size_t m = 0; m < kPairMaps; ++m)
        result[m].entries[entry * size + k] =
            static_cast<std::int64_t>(maps[entry * kPairMaps + m]);
  }
  return result;
}

// All maps that commute with renaming are there, and no other: the commutant by its constraints.
TEST(PairMaps, AreAllThatCommuteWithRenaming) {
  for (std::size_t n = 4; n <= 6; ++n) {
    const group::GSpace letters = group::letters(n);
    const group::GSpace pairs = group::product(letters, letters);
    auto all = matrices_of_pair_maps(n);
    EXPECT_EQ(group::span_dimension(all), kPairMaps) << n;
    const auto commutant = group::equivariant_maps(pairs, pairs);
    EXPECT_EQ(commutant.size(), kPairMaps) << n;
    all.insert(all.end(), commutant.begin(), commutant.end());
    EXPECT_EQ(group::span_dimension(all), kPairMaps) << n;
  }
}

PairLayer random_layer(int in, int out, Random& random) {
  const auto inputs = kPairMaps * static_cast<std::size_t>(in);
  const auto outputs = static_cast<std::size_t>(out);
  return PairLayer(
      nn::Dense({static_cast<int>(inputs), out, nn::Activation::relu},
                laws::normals(inputs * outputs, random), laws::normals(outputs, random)),
      laws::normals(outputs, random));
}

std::vector<float> renamed(const std::vector<float>& x, std::size_t channels,
                           const std::vector<std::size_t>& order) {
  const std::size_t n = order.size();
  std::vector<float> y;
  for (const std::size_t i : order)
    for (const std::size_t j : order)
      for (std::size_t c = 0; c < channels; ++c) y.push_back(x[(i * n + j) * channels + c]);
  return y;
}

TEST(PairLayer, RenamingThePointsRenamesTheResult) {
  Random random(1);
  const std::size_t n = 7;
  const PairLayer layer = random_layer(3, 5, random);
  const auto x = laws::normals(n * n * 3, random);
  const auto y = layer.forward(x, n);
  ASSERT_EQ(y.size(), n * n * 5);
  for (int trial = 0; trial < 5; ++trial) {
    const auto order = laws::random_permutation(n, random);
    const auto result = layer.forward(renamed(x, 3, order), n);
    const auto expected = renamed(y, 5, order);
    for (std::size_t k = 0; k < result.size(); ++k)
      EXPECT_NEAR(result[k], expected[k], kSumTolerance * std::max(1.0F, expected[k]));
  }
}

TEST(PairLayer, EqualsItsFormula) {
  Random random(2);
  const std::size_t n = 4;
  const auto weight = laws::normals(2 * 30, random);
  const std::vector<float> bias = {0.5F, -0.25F};
  const std::vector<float> diagonal = {-3.0F, 2.0F};
  const PairLayer layer(nn::Dense({30, 2, nn::Activation::none}, weight, bias), diagonal);
  const auto x = laws::normals(n * n * 2, random);
  const auto maps = pair_maps(x, n, 2);
  const auto y = layer.forward(x, n);
  for (std::size_t entry = 0; entry < n * n; ++entry)
    for (std::size_t o = 0; o < 2; ++o) {
      double sum = bias[o] + (entry % (n + 1) == 0 ? diagonal[o] : 0.0F);
      for (std::size_t k = 0; k < 30; ++k) sum += weight[o * 30 + k] * maps[entry * 30 + k];
      EXPECT_NEAR(y[entry * 2 + o], sum, kSumTolerance * std::max(1.0, std::fabs(sum)));
    }
}

TEST(PairLayer, BadSizesAreRefused) {
  const std::vector<float> zeros(30);
  EXPECT_THROW(
      PairLayer(nn::Dense({14, 1, nn::Activation::none}, std::vector<float>(14), {zeros.data(), 1}),
                {}),
      InvalidArgument);
  const nn::Dense mix({15, 1, nn::Activation::none}, std::vector<float>(15), {zeros.data(), 1});
  EXPECT_THROW(PairLayer(mix, {1, 2}), InvalidArgument);
  EXPECT_THROW(PairLayer(mix, {}).forward(zeros, 5), InvalidArgument);
  EXPECT_THROW(PairLayer(mix, {}).forward({}, 0), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sets
