// SPDX-License-Identifier: BSD-3-Clause
// How two branches become one answer, with numbers done by hand.
#include <equicloud/classify/fusion.h>
#include <gtest/gtest.h>

#include <cmath>

namespace equicloud::classify {
namespace {

using Values = std::vector<float>;

constexpr float kRounding = 1e-6F;  // a few roundings of float

TEST(Softmax, IsExponentialsOverTheirSum) {
  const Values p = softmax(Values{std::log(1.0F), std::log(2.0F), std::log(5.0F)}, 1.0F);
  EXPECT_NEAR(p[0], 0.125F, kRounding);
  EXPECT_NEAR(p[1], 0.25F, kRounding);
  EXPECT_NEAR(p[2], 0.625F, kRounding);
}

TEST(Softmax, TemperatureDividesTheLogits) {
  const Values warm = softmax(Values{2.0F, -4.0F, 1.0F}, 2.0F);
  const Values half = softmax(Values{1.0F, -2.0F, 0.5F}, 1.0F);
  EXPECT_EQ(warm, half);
}

TEST(Softmax, LargeLogitsDoNotOverflow) {
  EXPECT_EQ(softmax(Values{1e30F, -1e30F}, 1e-3F), (Values{1.0F, 0.0F}));
  EXPECT_EQ(softmax(Values{-1e30F, -1e30F}, 1.0F), (Values{0.5F, 0.5F}));
}

TEST(JoinedEmbedding, EachBranchWeighsTheSameAndTheWholeHasLengthOne) {
  const Values joined = joined_embedding(Values{3.0F, 4.0F}, Values{0.0F, 0.01F});
  const float half = std::sqrt(0.5F);
  const Values expected = {0.6F * half, 0.8F * half, 0.0F, half};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(joined[i], expected[i], kRounding) << i;
}

TEST(JoinedEmbedding, ABranchThatWasNotAskedLeavesTheOtherAtLengthOne) {
  EXPECT_EQ(joined_embedding(Values{0.0F, 0.0F}, Values{0.0F, 2.0F}), (Values{0, 0, 0, 1}));
  EXPECT_EQ(joined_embedding(Values{0.0F}, Values{0.0F}), (Values{0, 0}));
}

TEST(NearestCosine, IsThatOfTheNearestRowWhateverItsLength) {
  const Values rows = {0.0F, 2.0F, -1.0F, 0.0F, 5.0F, 5.0F};
  EXPECT_NEAR(nearest_cosine(Values{1.0F, 0.0F}, rows, 0, 2), std::sqrt(0.5), 1e-12);
  EXPECT_EQ(nearest_cosine(Values{0.0F, 1.0F}, rows, 1, 1), 1.0);
  EXPECT_EQ(nearest_cosine(Values{1.0F, 0.0F}, {}, 0, 2), -1.0);
}

}  // namespace
}  // namespace equicloud::classify
