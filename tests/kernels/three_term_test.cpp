// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/kernels/simd.h>
#include <equicloud/kernels/three_term.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace equicloud::kernels {
namespace {

// Legendre polynomials: (i+1) P_{i+1} = (2i+1) x P_i - i P_{i-1}; |P_i| <= 1 on [-1, 1], and an
// error grows no faster than i: 20 steps of three roundings in double, one in T.
constexpr std::size_t kSteps = 20;
template <typename T>
constexpr double kTolerance = std::numeric_limits<T>::epsilon() + 1e-14;

std::vector<ThreeTerm> legendre() {
  std::vector<ThreeTerm> steps;
  for (std::size_t i = 0; i < kSteps; ++i) {
    const auto n = static_cast<double>(i);
    steps.push_back({(2 * n + 1) / (n + 1), 0.0, n / (n + 1)});
  }
  return steps;
}

template <typename T>
void expect_equal_to_reference(std::size_t count) {
  Random random(count);
  const std::size_t stride = count + 3;
  std::vector<double> x(count);
  for (double& value : x) value = random.uniform(-1.0, 1.0);
  const std::vector<double> first(count, 1.0);
  const std::vector<ThreeTerm> steps = legendre();
  std::vector<T> fast((kSteps + 1) * stride, T(7));
  std::vector<T> slow = fast;
  three_term(count, x.data(), first.data(), steps.data(), kSteps, fast.data(), stride);
  three_term_reference(count, x.data(), first.data(), steps.data(), kSteps, slow.data(), stride);
  for (std::size_t i = 0; i < fast.size(); ++i)  // what lies between the rows included
    ASSERT_NEAR(fast[i], slow[i], kTolerance<T>) << count << " arguments, entry " << i;
  for (std::size_t j = 0; j < count; ++j)
    ASSERT_NEAR(slow[kSteps * stride + j], std::legendre(kSteps, x[j]), kTolerance<T>);
}

class ThreeTermOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(ThreeTermOn, EqualsTwoPlainLoops) {
  for (const std::size_t count : {0U, 1U, 2U, 3U, 4U, 7U, 16U, 33U, 64U}) {
    expect_equal_to_reference<float>(count);
    expect_equal_to_reference<double>(count);
  }
}

INSTANTIATE_TEST_SUITE_P(Simd, ThreeTermOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
