// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/frame.h>
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

// Sums of up to 1000 doubles of size 1 in another order.
constexpr double kRounding = 1e-13;

ShapeFrame frame_of(const Cloud& cloud) {
  std::vector<double> radii, scratch;
  return robust_frame(PointsView(cloud), radii, scratch);
}

// The formulas with sorted lists.
struct Reference {
  std::vector<Eigen::Vector3d> x;
  Eigen::Vector3d center = Eigen::Vector3d::Zero();

  explicit Reference(const Cloud& cloud) {
    for (std::size_t i = 0; i < cloud.size(); i += 3)
      x.emplace_back(cloud[i], cloud[i + 1], cloud[i + 2]);
    for (const auto& p : x) center += p / static_cast<double>(x.size());
    for (int pass = 0; pass < 2; ++pass) reweight();
  }
  std::vector<double> sorted_radii() const {
    std::vector<double> radii;
    for (const auto& p : x) radii.push_back((p - center).norm());
    std::sort(radii.begin(), radii.end());
    return radii;
  }
  void reweight() {
    const double m = sorted_radii()[45 * (x.size() - 1) / 100];
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    double total = 0.0;
    for (const auto& p : x) {
      const double w = 1.0 / (1.0 + std::pow((p - center).norm() / (2.5 * m), 8.0));
      sum += w * p;
      total += w;
    }
    center = sum / total;
  }
  double scale() const {
    const std::vector<double> r = sorted_radii();
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t rank = 0; rank < r.size(); ++rank)
      if (100 * (rank + 1) > 80 * r.size() && 100 * rank < 95 * r.size()) {
        sum += r[rank];
        ++count;
      }
    return sum / static_cast<double>(count);
  }
};

TEST(RobustFrame, EqualsItsFormulas) {
  for (const std::size_t n : {64U, 65U, 100U, 101U, 117U, 1000U}) {
    const Cloud cloud = goblet(n, n);
    const ShapeFrame frame = frame_of(cloud);
    const Reference reference(cloud);
    for (int axis = 0; axis < 3; ++axis)
      EXPECT_NEAR(frame.center[static_cast<std::size_t>(axis)], reference.center[axis], kRounding);
    EXPECT_NEAR(frame.scale, reference.scale(), kRounding) << n;
  }
}

TEST(RobustFrame, OfVeryFewPointsIsFinite) {
  const ShapeFrame two = frame_of({0, 0, 0, 2, 0, 0});
  EXPECT_EQ(two.center[0], 1.0);
  EXPECT_EQ(two.scale, 1.0);
  const ShapeFrame three = frame_of({0, 0, 0, 1, 0, 0, 2, 0, 0});
  EXPECT_EQ(three.center[0], 1.0);
  EXPECT_EQ(three.scale, 1.0);
}

// One point in 25 ten sizes away would move the mean by 0.4. The 95 % that the scale looks at are
// then at most 99 % of the others.
TEST(RobustFrame, HardlySeesStrays) {
  Cloud cloud = goblet(960, 3);
  std::vector<double> radii, scratch;
  const ShapeFrame clean = robust_frame(PointsView(cloud), radii, scratch);
  for (int i = 0; i < 40; ++i) laws::add_point(cloud, 10.0 + 0.01 * i, 0.0, 0.0);
  const ShapeFrame frame = frame_of(cloud);
  for (std::size_t axis = 0; axis < 3; ++axis)
    EXPECT_NEAR(frame.center[axis], clean.center[axis], 0.01);
  EXPECT_GE(frame.scale, clean.scale);
  EXPECT_LE(frame.scale, *std::max_element(radii.begin(), radii.end()));
}

}  // namespace
}  // namespace equicloud::classify
