// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/grid.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace equicloud::sphere {
namespace {

// 2b weights of order 1/b, each with a few roundings; DH sums a series of b terms for each.
constexpr double kQuadratureTolerance = 2e-14;

void expect_exact_below_2b(const Grid& grid) {
  for (int l = 0; l < 2 * grid.bandwidth; ++l) {
    double sum = 0;
    for (std::size_t j = 0; j < grid.rings(); ++j)
      sum += grid.weights[j] * std::legendre(static_cast<unsigned>(l), grid.cosine[j]);
    EXPECT_NEAR(sum, l == 0 ? 2 : 0, kQuadratureTolerance) << "b " << grid.bandwidth << " l " << l;
  }
}

template <typename Check>
void on_grids(const Check& check) {
  for (const int b : {1, 2, 3, 8, 31, 64, 256}) {
    check(driscoll_healy(b));
    check(gauss_legendre(b));
  }
}

TEST(Conventions, DH_weights_exact_below_2b) {
  for (const int b : {1, 2, 3, 8, 31, 64}) expect_exact_below_2b(driscoll_healy(b));
}

TEST(Conventions, GL_weights_exact_below_2b) {
  for (const int b : {1, 2, 3, 8, 31, 64, 256}) expect_exact_below_2b(gauss_legendre(b));
}

TEST(Conventions, weights_positive) {
  on_grids([](const Grid& grid) {
    for (const double weight : grid.weights) EXPECT_GT(weight, 0);
  });
}

TEST(Conventions, theta_ascending) {
  on_grids([](const Grid& grid) {
    for (std::size_t j = 0; j + 1 < grid.rings(); ++j) EXPECT_LT(grid.theta[j], grid.theta[j + 1]);
    EXPECT_GT(grid.theta.front(), 0);
    EXPECT_LT(grid.theta.back(), std::acos(-1.0));
  });
}

TEST(Conventions, S2_weights_sum_to_one) {
  on_grids([](const Grid& grid) {
    double sum = 0;
    for (std::size_t j = 0; j < grid.rings(); ++j) sum += grid.columns * grid.sample_weight(j);
    EXPECT_NEAR(sum, 1, kQuadratureTolerance);
  });
}

TEST(Grid, RingsMirrorEachOtherExactly) {
  on_grids([](const Grid& grid) {
    for (std::size_t j = 0; j < grid.rings(); ++j) {
      EXPECT_EQ(grid.cosine[j], -grid.cosine[grid.rings() - 1 - j]);
      EXPECT_EQ(grid.weights[j], grid.weights[grid.rings() - 1 - j]);
      EXPECT_NEAR(grid.cosine[j], std::cos(grid.theta[j]), kQuadratureTolerance);
    }
  });
}

TEST(Grid, SizesAreAsNamed) {
  EXPECT_EQ(driscoll_healy(8).rings(), 16U);
  EXPECT_EQ(driscoll_healy(8).columns, 16);
  EXPECT_NEAR(driscoll_healy(8).theta[1], std::acos(-1.0) * 3 / 32, kQuadratureTolerance);
  EXPECT_EQ(gauss_legendre(8).rings(), 8U);
  EXPECT_EQ(gauss_legendre(8, 15).samples(), 120U);
}

TEST(Grid, TooFewColumnsAreRefused) {
  EXPECT_THROW(gauss_legendre(8, 14), InvalidArgument);
  EXPECT_THROW(driscoll_healy(8, -1), InvalidArgument);
  EXPECT_THROW(driscoll_healy(0), InvalidArgument);
  EXPECT_THROW(gauss_legendre(-3), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sphere
