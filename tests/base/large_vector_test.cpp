// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/large_vector.h>
#include <gtest/gtest.h>

namespace equicloud {
namespace {

TEST(LargeVector, BeginsAtACacheLineAndKeepsWhatItWasGiven) {
  for (const std::size_t n : {1U, 1000U, 100000U}) {
    LargeVector<float> v(n, 2.5F);
    EXPECT_TRUE(is_aligned(v.data()));
    v.resize(2 * n);
    EXPECT_TRUE(is_aligned(v.data()));
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(v[i], 2.5F);
  }
}

// Elements that are made without a value are left alone: growing into memory that the vector has
// shows what was there.
TEST(LargeVector, GrowingWritesNothing) {
  LargeVector<int> v(100, 7);
  v.resize(10);
  v.resize(100);
  EXPECT_EQ(v[99], 7);
}

}  // namespace
}  // namespace equicloud
