// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/sampling.h>
#include <equicloud/classify/shape.h>
#include <equicloud/points/canonical_order.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <numeric>

#include "classify/clouds.h"

namespace equicloud::classify {
namespace {

// One rounding to float of numbers up to 2, after a few in double.
constexpr double kRounding = 2.5e-7;

// Rows that stay: ranks floor((i + 1/2) n / 1024) by distance, ties in canonical order.
std::vector<std::size_t> kept_rows(const std::vector<double>& radii) {
  std::vector<std::size_t> by_radius(radii.size());
  std::iota(by_radius.begin(), by_radius.end(), std::size_t{0});
  if (radii.size() <= 1024) return by_radius;
  std::stable_sort(by_radius.begin(), by_radius.end(),
                   [&](std::size_t a, std::size_t b) { return radii[a] < radii[b]; });
  std::vector<std::size_t> kept;
  for (int i = 0; i < 1024; ++i)
    kept.push_back(by_radius[static_cast<std::size_t>(
        std::floor((i + 0.5) * static_cast<double>(radii.size()) / 1024))]);
  std::sort(kept.begin(), kept.end());
  return kept;
}

Cloud reference(const Cloud& cloud) {
  const CanonicalCloud canonical = canonical_order(PointsView(cloud));
  std::vector<double> radii, scratch;
  const ShapeFrame frame = robust_frame(PointsView(canonical.xyz), radii, scratch);
  Cloud xyz;
  for (const std::size_t row : kept_rows(radii))
    for (std::size_t axis = 0; axis < 3; ++axis)
      xyz.push_back(
          static_cast<float>((canonical.xyz[3 * row + axis] - frame.center[axis]) / frame.scale));
  FarthestPointOrder().reorder(xyz);
  return xyz;
}

TEST(Shape, EqualsItsDefinition) {
  for (const std::size_t n : {64U, 1000U, 1024U, 1025U, 3000U, 100000U}) {
    const Cloud cloud = goblet(n, n);
    const Shape shape = make_shape(PointsView(cloud));
    const Cloud expected = reference(cloud);
    EXPECT_EQ(shape.status, ShapeStatus::ok);
    EXPECT_EQ(shape.distinct_points, n);
    ASSERT_EQ(shape.xyz.size(), expected.size());
    EXPECT_EQ(shape.size(), std::min<std::size_t>(n, 1024));
    for (std::size_t i = 0; i < expected.size(); ++i)
      ASSERT_NEAR(shape.xyz[i], expected[i], kRounding) << n << ", entry " << i;
  }
}

TEST(Shape, FrameLeadsBackToTheCloud) {
  for (const std::size_t n : {100U, 2000U}) {
    const Cloud cloud = goblet(n, 1);
    const Shape shape = make_shape(PointsView(cloud));
    for (std::size_t i = 0; i < shape.size(); ++i) {
      double nearest = 1.0;
      for (std::size_t j = 0; j < n; ++j) {
        double squared = 0.0;
        for (std::size_t a = 0; a < 3; ++a) {
          const double x = shape.frame.center[a] + shape.frame.scale * shape.xyz[3 * i + a];
          squared += (x - cloud[3 * j + a]) * (x - cloud[3 * j + a]);
        }
        nearest = std::min(nearest, std::sqrt(squared));
      }
      ASSERT_LT(nearest, 1e-6);
    }
  }
}

TEST(Shape, ExtentHoldsTheEigenvaluesOfTheCovariance) {
  const Shape shape = make_shape(PointsView(goblet(500, 2)));
  Eigen::MatrixX3d x(static_cast<int>(shape.size()), 3);
  for (int i = 0; i < x.rows(); ++i)
    for (int a = 0; a < 3; ++a) x(i, a) = shape.xyz[static_cast<std::size_t>(3 * i + a)];
  const Eigen::MatrixX3d centred = x.rowwise() - x.colwise().mean();
  const Eigen::Matrix3d covariance = centred.transpose() * centred / static_cast<double>(x.rows());
  const Eigen::Vector3d l =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(covariance).eigenvalues();
  constexpr double kEigenvalue = 1e-8;  // of local_frame(), the largest being below 1
  EXPECT_NEAR(shape.extent.l0, l[0], kEigenvalue);
  EXPECT_NEAR(shape.extent.l1, l[1], kEigenvalue);
  EXPECT_NEAR(shape.extent.l2, l[2], kEigenvalue);
}

TEST(ShapeStatus, SaysWhatIsMissing) {
  const auto status = [](const Cloud& cloud) { return make_shape(PointsView(cloud)).status; };
  EXPECT_EQ(status({}), ShapeStatus::empty);
  EXPECT_EQ(status(Cloud(300, NAN)), ShapeStatus::empty);
  EXPECT_EQ(status(goblet(63, 1)), ShapeStatus::too_few_points);
  EXPECT_EQ(status(goblet(64, 1)), ShapeStatus::ok);
  EXPECT_EQ(status(laws::line(64)), ShapeStatus::line);
  EXPECT_EQ(status(laws::flat_plane(64, 1)), ShapeStatus::flat);
  Random random(1);
  for (int i = 0; i < 5; ++i) {
    const auto motion = laws::random_motion(random, 10.0);
    EXPECT_EQ(status(laws::moved(laws::line(100), motion)), ShapeStatus::line);
    EXPECT_EQ(status(laws::moved(laws::flat_plane(100, 1), motion)), ShapeStatus::flat);
  }
}

TEST(ShapeStatus, CopiesAndNonFinitePointsAreNoPoints) {
  Cloud cloud = goblet(63, 1);
  cloud.insert(cloud.end(), cloud.begin(), cloud.end() - 3);
  cloud.insert(cloud.end(), {NAN, 0.0F, 0.0F});
  const Shape shape = make_shape(PointsView(cloud));
  EXPECT_EQ(shape.status, ShapeStatus::too_few_points);
  EXPECT_EQ(shape.distinct_points, 63U);
  EXPECT_EQ(shape.size(), 0U);
}

TEST(Shape, DrawsInWhatIsFartherThanAMillion) {
  Cloud cloud = goblet(200, 6);
  laws::add_point(cloud, 1e30, 0.0, 0.0);
  laws::add_point(cloud, 0.0, -1e20, 0.0);
  const Shape shape = make_shape(PointsView(cloud));
  // Farthest first: the order begins with the two.
  EXPECT_NEAR(std::hypot(shape.xyz[0], shape.xyz[1], shape.xyz[2]), kMaxRadius, 1.0);
  EXPECT_NEAR(std::hypot(shape.xyz[3], shape.xyz[4], shape.xyz[5]), kMaxRadius, 1.0);
}

TEST(ShapeBuilder, ForgetsTheShapeBefore) {
  ShapeBuilder builder;
  for (const std::size_t n : {3000U, 64U, 0U, 10U, 1024U, 70U}) {
    const Cloud cloud = goblet(n, n);
    const Shape& again = builder.build(PointsView(cloud));
    const Shape fresh = make_shape(PointsView(cloud));
    EXPECT_EQ(again.xyz, fresh.xyz);
    EXPECT_EQ(again.status, fresh.status);
    EXPECT_EQ(again.distinct_points, fresh.distinct_points);
    EXPECT_EQ(again.frame.center, fresh.frame.center);
    EXPECT_EQ(again.frame.scale, fresh.frame.scale);
    EXPECT_EQ(again.extent.l1, fresh.extent.l1);
  }
}

}  // namespace
}  // namespace equicloud::classify
