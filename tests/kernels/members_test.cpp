// SPDX-License-Identifier: BSD-3-Clause
// Small sets through a layer and into poolings, and averages over neighbours, against plain loops.
#include <equicloud/base/random.h>
#include <equicloud/kernels/members.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/uniform.h"

namespace equicloud::kernels {
namespace {

constexpr float kRounding = 1e-5F;  // sums of some dozens of numbers below 1

class MembersOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

struct Layer {
  std::size_t in, out;
  std::vector<float> weights, bias, x;

  Layer(std::size_t in_, std::size_t out_)
      : in(in_),
        out(out_),
        weights(uniform<float>(in * out, 1)),
        bias(uniform<float>(out, 2)),
        x(uniform<float>(in * kMembers, 3)) {}

  std::vector<float> reference(bool relu) const {
    std::vector<float> y(out * kMembers);
    members_dense_reference(x.data(), in, weights.data(), bias.data(), out, relu, y.data());
    return y;
  }
};

TEST_P(MembersOn, DenseEqualsThreePlainLoops) {
  for (const std::size_t in : {1U, 9U, 16U})
    for (const std::size_t out : {16U, 48U})
      for (const bool relu : {false, true}) {
        const Layer layer(in, out);
        const std::vector<float> slow = layer.reference(relu);
        std::vector<float> fast(slow.size(), 99.0F);
        members_dense(layer.x.data(), in, layer.weights.data(), layer.bias.data(), out, relu,
                      fast.data());
        for (std::size_t k = 0; k < slow.size(); ++k)
          ASSERT_NEAR(fast[k], slow[k], kRounding) << in << " -> " << out;
      }
}

TEST_P(MembersOn, PoolingsAreTheirFormulas) {
  const Layer layer(9, 32);
  std::vector<float> w = uniform<float>(kMembers, 4);
  for (float& v : w) v = std::abs(v);
  for (const std::size_t count : {1U, 4U, 5U, 15U, 16U})
    for (const bool relu : {false, true}) {
      const std::vector<float> hidden = layer.reference(relu);
      std::vector<float> sum(32, 9.0F), max(32, 9.0F), cubes(32, 9.0F);
      members_pooled(layer.x.data(), layer.in, layer.weights.data(), layer.bias.data(), layer.out,
                     relu, count, w.data(), {sum.data(), max.data(), cubes.data()});
      for (std::size_t o = 0; o < layer.out; ++o) {
        double of_sum = 0.0, of_max = -1e9, of_cubes = 0.0;
        for (std::size_t m = 0; m < count; ++m) {
          const double a = double(hidden[o * kMembers + m]);
          of_sum += w[m] * a;
          of_max = std::max(of_max, w[m] * a);
          of_cubes += w[m] * std::pow(std::abs(a), 3);
        }
        EXPECT_NEAR(sum[o], of_sum, kRounding);
        EXPECT_NEAR(max[o], of_max, kRounding);
        EXPECT_NEAR(cubes[o], of_cubes, 10 * kRounding);
      }
    }
}

TEST_P(MembersOn, WhatIsNotWantedIsNotWritten) {
  const Layer layer(9, 16);
  const std::vector<float> w(kMembers, 1.0F);
  std::vector<float> max(16);
  members_pooled(layer.x.data(), layer.in, layer.weights.data(), layer.bias.data(), layer.out, true,
                 15, w.data(), {nullptr, max.data(), nullptr});
  EXPECT_GE(*std::min_element(max.begin(), max.end()), 0.0F);
}

TEST_P(MembersOn, StandardisingBoundsEveryNumberByItsOwnChannel) {
  constexpr std::size_t kPeriod = 48;
  const std::vector<float> x = uniform<float>(3 * kPeriod + 7, 5),
                           mean = uniform<float>(kPeriod, 6), scale = uniform<float>(kPeriod, 7);
  std::vector<float> y(x.size() + 1, 99.0F);
  standardise(x.data(), x.size(), mean.data(), scale.data(), kPeriod, 0.5F, y.data());
  for (std::size_t k = 0; k < x.size(); ++k)
    EXPECT_FLOAT_EQ(y[k], std::clamp((x[k] - mean[k % kPeriod]) * scale[k % kPeriod], -0.5F, 0.5F));
  EXPECT_EQ(y.back(), 99.0F);
}

TEST_P(MembersOn, AveragesEqualPlainLoops) {
  constexpr std::size_t kRows = 40, kCount = 15;
  Random random(8);
  std::vector<std::uint32_t> ids;
  for (std::size_t j = 0; j < kCount; ++j)
    ids.push_back(static_cast<std::uint32_t>(random.below(kRows)));
  std::vector<float> w = uniform<float>(kCount, 9);
  for (float& v : w) v = std::abs(v);
  for (const std::size_t width : {1U, 8U, 16U, 32U, 37U, 64U}) {
    const std::size_t stride = width + 3;
    const std::vector<float> x = uniform<float>(kRows * stride, 10);
    std::vector<float> fast(width + 1, 99.0F), slow(width);
    weighted_average(x.data(), stride, width, 7, ids.data(), w.data(), kCount, 0.5F, fast.data());
    weighted_average_reference(x.data(), stride, width, 7, ids.data(), w.data(), kCount, 0.5F,
                               slow.data());
    for (std::size_t c = 0; c < width; ++c) EXPECT_NEAR(fast[c], slow[c], kRounding) << width;
    EXPECT_EQ(fast.back(), 99.0F);
  }
}

INSTANTIATE_TEST_SUITE_P(Simd, MembersOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
