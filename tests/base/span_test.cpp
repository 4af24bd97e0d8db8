// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/span.h>
#include <gtest/gtest.h>

#include <numeric>
#include <type_traits>
#include <vector>

namespace equicloud {
namespace {

static_assert(std::is_convertible_v<Span<int>, Span<const int>>);
static_assert(!std::is_convertible_v<Span<const int>, Span<int>>);
static_assert(!std::is_constructible_v<Span<int>, const std::vector<int>&>);

TEST(Span, SeesTheVectorItViews) {
  std::vector<int> values = {1, 2, 3};
  const Span<int> span = values;
  EXPECT_EQ(span.size(), 3U);
  EXPECT_EQ(span.data(), values.data());
  span[1] = 20;
  EXPECT_EQ(values[1], 20);
  EXPECT_EQ(std::accumulate(span.begin(), span.end(), 0), 24);
}

TEST(Span, ReadsAConstVector) {
  const std::vector<int> values = {4, 5};
  const Span<const int> span = values;
  EXPECT_EQ(span[0] + span[1], 9);
}

TEST(Span, SubspanViewsTheSameMemory) {
  std::vector<int> values = {0, 1, 2, 3, 4};
  const Span<int> middle = Span<int>(values).subspan(1, 3);
  EXPECT_EQ(middle.size(), 3U);
  EXPECT_EQ(middle.data(), values.data() + 1);
  EXPECT_TRUE(Span<int>(values).subspan(5, 0).empty());
}

TEST(Span, DefaultIsEmpty) {
  const Span<const float> span;
  EXPECT_TRUE(span.empty());
  EXPECT_EQ(span.begin(), span.end());
}

}  // namespace
}  // namespace equicloud
