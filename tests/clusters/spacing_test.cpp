// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/spacing.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "clusters/partition.h"

namespace equicloud::clusters {
namespace {

// Distances are rounded to float; the median of rounded ones is the rounded median.
double eighth_by_brute_force(const laws::Cloud& cloud) {
  const std::size_t n = cloud.size() / 3;
  std::vector<float> eighth(n);
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> squared;
    for (std::size_t j = 0; j < n; ++j)
      if (j != i) squared.push_back(squared_distance(cloud, i, j));
    std::sort(squared.begin(), squared.end());
    eighth[i] = static_cast<float>(std::sqrt(squared[7]));
  }
  std::sort(eighth.begin(), eighth.end());
  return eighth[n / 2];
}

TEST(TypicalSpacing, IsTheMedianDistanceToTheEighthNeighbor) {
  for (const laws::Cloud& cloud :
       {laws::sheet_with_outliers(600, 1), laws::flat_plane(300, 2), laws::rings(12, 60, 3)})
    EXPECT_EQ(typical_spacing(PointsView(cloud)), eighth_by_brute_force(cloud));
}

TEST(TypicalSpacing, CopiesAndNonFinitePointsDoNotCount) {
  laws::Cloud cloud = laws::flat_plane(300, 2);
  const double alone = typical_spacing(PointsView(cloud));
  laws::Cloud twice = cloud;
  twice.insert(twice.end(), cloud.begin(), cloud.end());
  twice.insert(twice.end(), {NAN, 0.0F, 0.0F});
  EXPECT_EQ(typical_spacing(PointsView(twice)), alone);
}

TEST(TypicalSpacing, ASampleOfALargeCloudIsCloseToAllOfIt) {
  constexpr double sampling = 0.02;  // 65536 of 150000: standard error of the median 0.2 %
  const laws::Cloud cloud = laws::flat_plane(150000, 4);
  const double uniform =
      std::sqrt(7.67 / (3.141592653589793 * 150000));  // median of Gamma(8): 7.67
  EXPECT_NEAR(typical_spacing(PointsView(cloud)) / uniform, 1.0, sampling);
}

TEST(TypicalSpacing, OfFewerThanTwoPositionsIsZero) {
  EXPECT_EQ(typical_spacing(PointsView()), 0.0);
  EXPECT_EQ(typical_spacing(PointsView(laws::Cloud{1, 2, 3, 1, 2, 3})), 0.0);
  EXPECT_EQ(typical_spacing(PointsView(laws::Cloud{0, 0, 0, 0, 3, 4})), 5.0);
}

}  // namespace
}  // namespace equicloud::clusters
