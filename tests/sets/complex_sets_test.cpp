// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/complex_sets.h>
#include <gtest/gtest.h>

#include "laws/clouds.h"

namespace equicloud::sets {
namespace {

using Complex = std::complex<float>;

// Sums of 20 normal values in another order, through one layer.
constexpr float kSumTolerance = 1e-4F;

nn::Mlp one_layer(int in, int out, std::vector<float> weight) {
  return nn::Mlp({nn::Dense({in, out, nn::Activation::none}, weight,
                            std::vector<float>(static_cast<std::size_t>(out)))});
}

// phi(x, y) = x + i y, rho(s) = i s: done by hand.
TEST(ComplexDeepSets, ReadsPairsOfChannelsAsComplexNumbers) {
  const ComplexDeepSets f(one_layer(2, 2, {1, 0, 0, 1}), one_layer(2, 2, {0, -1, 1, 0}));
  EXPECT_EQ(f.forward(std::vector<float>{1, 2, 3, -5}), (std::vector<Complex>{{3, 4}}));
}

TEST(ComplexDeepSets, DoNotDependOnTheOrderOfTheSet) {
  Random random(1);
  const ComplexDeepSets f(one_layer(3, 8, laws::normals(24, random)),
                          one_layer(8, 4, laws::normals(32, random)));
  const laws::Cloud cloud = laws::normals(3 * 20, random);
  const auto expected = f.forward(cloud);
  ASSERT_EQ(expected.size(), 2U);
  const auto result = f.forward(laws::permuted(cloud, laws::random_permutation(20, random)));
  for (std::size_t k = 0; k < 2; ++k) EXPECT_LE(std::abs(result[k] - expected[k]), kSumTolerance);
}

TEST(ComplexDeepSets, OddNumbersOfChannelsAreRefused) {
  const auto zeros = [](int in, int out) {
    return one_layer(in, out, std::vector<float>(static_cast<std::size_t>(in * out)));
  };
  EXPECT_THROW(ComplexDeepSets(zeros(2, 3), zeros(3, 2)), InvalidArgument);
  EXPECT_THROW(ComplexDeepSets(zeros(2, 2), zeros(2, 1)), InvalidArgument);
  EXPECT_THROW(ComplexDeepSets(zeros(2, 2), zeros(4, 2)), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sets
