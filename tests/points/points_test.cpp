// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/points/canonical_order.h>
#include <equicloud/points/local_frame.h>
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <limits>
#include <set>

#include "laws/clouds.h"

namespace equicloud {
namespace {

TEST(CanonicalOrder, DoesNotDependOnTheCallersOrder) {
  Random random(1);
  for (const laws::Cloud& cloud :
       {laws::lattice(9), laws::sheet_with_outliers(40000, 2), laws::line(50)}) {
    const CanonicalCloud sorted = canonical_order(PointsView(cloud));
    const auto order = laws::random_permutation(cloud.size() / 3, random);
    const CanonicalCloud again = canonical_order(PointsView(laws::permuted(cloud, order)));
    EXPECT_EQ(again.xyz, sorted.xyz);
    for (std::size_t i = 0; i < order.size(); ++i)
      EXPECT_EQ(again.row_of_input[i], sorted.row_of_input[order[i]]);
  }
}

TEST(CanonicalOrder, SameBitsForAnyNumberOfThreads) {
  const laws::Cloud cloud = laws::sheet_with_outliers(100000, 3);
  const CanonicalCloud serial = canonical_order(PointsView(cloud));
  for (const int threads : {2, 4}) {
    const CanonicalCloud parallel = canonical_order(PointsView(cloud), ThreadPool(threads));
    EXPECT_EQ(parallel.xyz, serial.xyz);
    EXPECT_EQ(parallel.row_of_input, serial.row_of_input);
  }
}

TEST(CanonicalOrder, RowsHoldTheCallersPointsTimesAPowerOfTwo) {
  const laws::Cloud cloud = laws::sheet_with_outliers(1000, 4);
  const CanonicalCloud sorted = canonical_order(PointsView(cloud));
  for (std::size_t i = 0; i < 1000; ++i)
    for (std::size_t axis = 0; axis < 3; ++axis)
      EXPECT_EQ(sorted.xyz[3 * static_cast<std::size_t>(sorted.row_of_input[i]) + axis],
                static_cast<float>(cloud[3 * i + axis] * sorted.scale));
  int exponent = 0;
  EXPECT_EQ(std::frexp(sorted.scale, &exponent), 0.5);
}

TEST(CanonicalOrder, ExactCopiesAreOnePositionAndNonFinitePointsNone) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float inf = std::numeric_limits<float>::infinity();
  const laws::Cloud cloud = {1, 2, 3, nan, 0, 0, 1, 2, 3, 0, -inf, 0, 0.0F, 5, 5, -0.0F, 5, 5};
  const CanonicalCloud sorted = canonical_order(PointsView(cloud));
  EXPECT_EQ(sorted.finite_points, 4U);
  EXPECT_EQ(sorted.size(), 2U);
  EXPECT_EQ(sorted.row_of_input[0], sorted.row_of_input[2]);
  EXPECT_EQ(sorted.row_of_input[4], sorted.row_of_input[5]);
  EXPECT_EQ(sorted.row_of_input[1], -1);
  EXPECT_EQ(sorted.row_of_input[3], -1);
}

TEST(CanonicalOrder, ExtremeCoordinatesStayFiniteAndDistinct) {
  for (const float size : {1e-44F, 1e-30F, 1.0F, 1e30F, 3e38F})
    for (const float offset : {0.0F, 1e6F, 1e30F}) {
      const laws::Cloud cloud = {-size, offset, 0, size, offset, 0, 0, offset, size};
      const CanonicalCloud sorted = canonical_order(PointsView(cloud));
      for (const float v : sorted.xyz) EXPECT_TRUE(std::isfinite(v)) << size << " " << offset;
    }
}

TEST(CanonicalOrder, ReadsStridedPointsAndEmptyClouds) {
  const laws::Cloud padded = {1, 2, 3, 99, 4, 5, 6, 99};
  EXPECT_EQ(canonical_order(PointsView(padded.data(), 2, 4)).size(), 2U);
  EXPECT_EQ(canonical_order(PointsView()).size(), 0U);
}

// acos near 1 turns a rounding of 2^-52 into 2^-26 of an angle: the closed form's worst case,
// relative to l2.
constexpr double kClosedForm = 1e-7;

Moments moments_of(const Eigen::Matrix3d& covariance, const Eigen::Vector3d& mean) {
  const Eigen::Matrix3d second = covariance + mean * mean.transpose();
  return {{mean.x(), mean.y(), mean.z()},
          {second(0, 0), second(0, 1), second(0, 2), second(1, 1), second(1, 2), second(2, 2)}};
}

TEST(LocalFrame, EqualsEigensSolver) {
  Random random(5);
  for (int trial = 0; trial < 2000; ++trial) {
    // Spectra from round to needle to sheet, at sizes from 1e-12 to 1e12.
    const double size = std::pow(10.0, random.uniform(-12, 12));
    const Eigen::Vector3d values =
        size * Eigen::Vector3d(std::pow(10.0, random.uniform(-6, 0)),
                               std::pow(10.0, random.uniform(-6, 0)), 1.0);
    const Eigen::Matrix3d rotation = laws::random_motion(random, 0).linear();
    const Eigen::Matrix3d covariance = rotation * values.asDiagonal() * rotation.transpose();
    const LocalFrame frame = local_frame(moments_of(covariance, Eigen::Vector3d::Zero()));
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> reference(covariance);
    const Eigen::Vector3d l = reference.eigenvalues();
    EXPECT_NEAR(frame.l0, l[0], kClosedForm * size);
    EXPECT_NEAR(frame.l1, l[1], kClosedForm * size);
    EXPECT_NEAR(frame.l2, l[2], kClosedForm * size);
    const Eigen::Vector3d normal(frame.normal[0], frame.normal[1], frame.normal[2]);
    EXPECT_NEAR(normal.norm(), 1.0, 1e-12);
    if (l[1] - l[0] > 1e-3 * l[2]) {
      EXPECT_NEAR(std::fabs(normal.dot(reference.eigenvectors().col(0))), 1.0, 1e-6);
    }
  }
}

TEST(LocalFrame, DegenerateNeighbourhoodsHaveAUnitNormalAndOrderedEigenvalues) {
  const Eigen::Vector3d u = Eigen::Vector3d(1, 2, 3).normalized();
  for (const Eigen::Matrix3d& c :
       {Eigen::Matrix3d(Eigen::Matrix3d::Zero()), Eigen::Matrix3d(Eigen::Matrix3d::Identity()),
        Eigen::Matrix3d(u * u.transpose())}) {
    const LocalFrame frame = local_frame(moments_of(c, Eigen::Vector3d(0.1, 0.2, 0.3)));
    EXPECT_GE(frame.l0, 0.0);
    EXPECT_LE(frame.l0, frame.l1);
    EXPECT_LE(frame.l1, frame.l2);
    EXPECT_NEAR(std::hypot(frame.normal[0], frame.normal[1], frame.normal[2]), 1.0, 1e-12);
    EXPECT_NEAR(frame.trace(), c.trace(), kClosedForm);
  }
}

}  // namespace
}  // namespace equicloud
