// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/kernels/product.h>
#include <equicloud/kernels/simd.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace equicloud::kernels {
namespace {

// Up to 33 products of numbers in [-1, 1] added in the same order, fused or not: at most half a
// unit in the last place of a sum below 33 at each of 2 * 33 roundings.
template <typename T>
constexpr T kSumTolerance = 33 * 33 * std::numeric_limits<T>::epsilon();

template <typename T>
std::vector<T> uniform(std::size_t n, Random& random) {
  std::vector<T> values(n);
  for (T& value : values) value = static_cast<T>(random.uniform(-1, 1));
  return values;
}

template <typename T>
void expect_equal_to_reference(std::size_t rows, std::size_t depth, std::size_t columns,
                               bool transposed, bool add) {
  Random random(rows + 100 * depth + 10000 * columns);
  const std::vector<T> a = uniform<T>((rows + 1) * (depth + 1), random);
  const std::vector<T> b = uniform<T>(depth * (columns + 3), random);
  const Factor<T> factor =
      transposed ? Factor<T>{a.data(), 1, rows} : Factor<T>{a.data(), depth, 1};
  std::vector<T> fast = uniform<T>(rows * (columns + 1), random);
  std::vector<T> slow = fast;
  product(rows, depth, columns, factor, b.data(), columns + 3, fast.data(), columns + 1, add);
  product_reference(rows, depth, columns, factor, b.data(), columns + 3, slow.data(), columns + 1,
                    add);
  for (std::size_t i = 0; i < fast.size(); ++i)  // what lies between the rows included
    ASSERT_NEAR(fast[i], slow[i], kSumTolerance<T>)
        << rows << " x " << depth << " x " << columns << ", entry " << i;
}

class ProductOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(ProductOn, EqualsThreePlainLoops) {
  for (const std::size_t rows : {0U, 1U, 2U, 5U, 7U, 13U, 32U})
    for (const std::size_t depth : {0U, 1U, 4U, 33U})
      for (const std::size_t columns : {0U, 1U, 2U, 3U, 8U, 15U, 16U, 37U, 64U})
        for (const bool transposed : {false, true})
          for (const bool add : {false, true}) {
            expect_equal_to_reference<float>(rows, depth, columns, transposed, add);
            expect_equal_to_reference<double>(rows, depth, columns, transposed, add);
          }
}

// The single-function path and the batch use other tiles; a channel must not feel it.
TEST_P(ProductOn, AnEntryDoesNotDependOnTheOthers) {
  Random random(5);
  const std::vector<double> a = uniform<double>(9 * 17, random);
  const std::vector<double> b = uniform<double>(17 * 21, random);
  std::vector<double> together(9 * 21);
  product<double>(9, 17, 21, {a.data(), 17, 1}, b.data(), 21, together.data(), 21);
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t j = 0; j < 21; ++j) {
      double alone = 0;
      product<double>(1, 17, 1, {a.data() + 17 * i, 17, 1}, b.data() + j, 21, &alone, 1);
      EXPECT_EQ(alone, together[i * 21 + j]);
    }
}

INSTANTIATE_TEST_SUITE_P(Simd, ProductOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
