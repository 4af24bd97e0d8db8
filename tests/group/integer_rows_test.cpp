// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/group/integer_rows.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <limits>

namespace equicloud::group {
namespace {

using Integers = std::vector<std::int64_t>;

// A product of small integer matrices: rank known by construction up to chance, Eigen agrees.
TEST(IntegerRows, RankAndNullSpaceAgreeWithEigen) {
  Random random(1);
  for (int trial = 0; trial < 200; ++trial) {
    const Eigen::Index inner = 1 + static_cast<Eigen::Index>(random.below(5));
    Eigen::MatrixXd left(6, inner);
    Eigen::MatrixXd right(inner, 7);
    for (double& value : left.reshaped()) value = static_cast<double>(random.below(7)) - 3.0;
    for (double& value : right.reshaped()) value = static_cast<double>(random.below(7)) - 3.0;
    const Eigen::MatrixXd a = left * right;
    IntegerRows rows(7);
    for (Eigen::Index r = 0; r < 6; ++r) {
      const Eigen::VectorXd row = a.row(r);
      rows.insert(Integers(row.begin(), row.end()));
    }
    ASSERT_EQ(static_cast<Eigen::Index>(rows.rank()), a.fullPivLu().rank());
    const auto basis = rows.null_space();
    ASSERT_EQ(basis.size(), 7 - rows.rank());
    IntegerRows independent(7);
    for (const Integers& x : basis) {
      EXPECT_TRUE(independent.insert(x));
      const Eigen::VectorXd v =
          Eigen::Map<const Eigen::Matrix<std::int64_t, Eigen::Dynamic, 1>>(x.data(), 7)
              .cast<double>();
      EXPECT_EQ((a * v).cwiseAbs().maxCoeff(), 0.0);  // whole numbers: exact
    }
  }
}

TEST(IntegerRows, DependentRowsAreToldFromIndependentOnes) {
  IntegerRows rows(3);
  EXPECT_TRUE(rows.insert(Integers{2, 4, 6}));
  EXPECT_FALSE(rows.insert(Integers{-3, -6, -9}));
  EXPECT_FALSE(rows.insert(Integers{0, 0, 0}));
  EXPECT_TRUE(rows.insert(Integers{2, 4, 5}));
  EXPECT_EQ(rows.rank(), 2U);
  EXPECT_EQ(rows.null_space(), (std::vector<Integers>{{-2, 1, 0}}));
}

TEST(IntegerRows, WhatDoesNotFitIsAnErrorAndNeverRounded) {
  IntegerRows rows(3);
  const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  rows.insert(Integers{huge, huge - 1, 1});
  EXPECT_THROW(rows.insert(Integers{huge - 1, 3, huge - 4}), Error);
  EXPECT_THROW(rows.insert(Integers{1}), InvalidArgument);
  EXPECT_THROW(rows.insert(IntegerRows::Row{{3, 1}}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::group
