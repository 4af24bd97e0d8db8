// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/dense.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <cmath>

#include "laws/clouds.h"

namespace equicloud::kernels {
namespace {

// Sums of up to 64 products in another order or with fused rounding: 64 * 2^-24 * the sum of
// magnitudes (~ 100).
constexpr float kSumTolerance = 4e-4F;

class ForcedTarget : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(ForcedTarget, Runs) { EXPECT_EQ(simd_target(), GetParam()); }

TEST_P(ForcedTarget, DenseEqualsThreePlainLoops) {
  Random random(3);
  for (const std::size_t rows : {1U, 5U, 6U, 7U, 64U})
    for (const std::size_t in : {1U, 9U, 55U})
      for (const std::size_t out : {16U, 32U, 48U})
        for (const bool relu : {false, true}) {
          const std::size_t stride = in + 3;
          const std::vector<float> x = laws::normals(rows * stride, random);
          const std::vector<float> w = laws::normals(in * out, random);
          const std::vector<float> bias = laws::normals(out, random);
          std::vector<float> fast(rows * out, 99.0F);
          std::vector<float> slow(rows * out, -99.0F);
          dense(x.data(), stride, rows, in, w.data(), bias.data(), out, relu, fast.data(), out);
          dense_reference(x.data(), stride, rows, in, w.data(), bias.data(), out, relu, slow.data(),
                          out);
          for (std::size_t i = 0; i < fast.size(); ++i)
            ASSERT_NEAR(fast[i], slow[i], kSumTolerance)
                << rows << " x " << in << " -> " << out << ", entry " << i;
        }
}

TEST_P(ForcedTarget, ARowDoesNotDependOnTheOthers) {
  Random random(4);
  const std::vector<float> x = laws::normals(7 * 9, random);
  const std::vector<float> w = laws::normals(9 * 32, random);
  const std::vector<float> bias(32, 0.25F);
  std::vector<float> together(7 * 32);
  dense(x.data(), 9, 7, 9, w.data(), bias.data(), 32, false, together.data(), 32);
  for (std::size_t r = 0; r < 7; ++r) {
    std::vector<float> alone(32);
    dense(x.data() + r * 9, 9, 1, 9, w.data(), bias.data(), 32, false, alone.data(), 32);
    for (std::size_t o = 0; o < 32; ++o) EXPECT_EQ(alone[o], together[r * 32 + o]);
  }
}

INSTANTIATE_TEST_SUITE_P(Simd, ForcedTarget, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

TEST(Simd, UnknownTargetIsRefusedAndNamesTheChoice) {
  try {
    force_simd_target("MMX");
    FAIL();
  } catch (const InvalidArgument& error) {
    EXPECT_NE(std::string(error.what()).find("use best or one of " + simd_targets().front()),
              std::string::npos);
  }
  EXPECT_EQ(simd_target(), simd_targets().front());
}

}  // namespace
}  // namespace equicloud::kernels
