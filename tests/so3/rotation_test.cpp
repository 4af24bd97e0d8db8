// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/rotation.h>
#include <gtest/gtest.h>

#include <cmath>

#include "so3/wigner_reference.h"

namespace equicloud::so3 {
namespace {

// Three factors of about 1 each, in double.
constexpr double kMatrix = 2e-15;

Eigen::Matrix3d eigen(const Matrix3& R) {
  return Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(R.data());
}

// Rz(alpha) Ry(beta) Rz(gamma) as three turns about the axes.
Eigen::Matrix3d three_turns(const EulerAngles& R) {
  return (Eigen::AngleAxisd(R.alpha, Eigen::Vector3d::UnitZ()) *
          Eigen::AngleAxisd(R.beta, Eigen::Vector3d::UnitY()) *
          Eigen::AngleAxisd(R.gamma, Eigen::Vector3d::UnitZ()))
      .toRotationMatrix();
}

double gap(const EulerAngles& R, const EulerAngles& Q) {
  return (eigen(rotation_matrix(R)) - eigen(rotation_matrix(Q))).cwiseAbs().maxCoeff();
}

TEST(Rotation, MatrixIsThreeTurnsAboutTheAxes) {
  Random random(1);
  for (int i = 0; i < 50; ++i) {
    const EulerAngles R = random_rotation(random);
    EXPECT_LE((eigen(rotation_matrix(R)) - three_turns(R)).cwiseAbs().maxCoeff(), kMatrix);
  }
}

TEST(Rotation, AnglesOfAMatrixGiveTheMatrixBack) {
  Random random(2);
  for (const double beta : {0.0, 1e-300, 1e-16, 2e-15, 1e-8, 0.3, 1.5, 3.0, reference::kPi - 1e-8,
                            reference::kPi - 1e-15, reference::kPi})
    for (int i = 0; i < 20; ++i) {
      EulerAngles R = random_rotation(random);
      R.beta = beta;
      EXPECT_LE(gap(euler_angles(rotation_matrix(R)), R), kMatrix) << "beta " << beta;
    }
}

TEST(Conventions, euler_at_poles_gamma_zero) {
  const EulerAngles north = euler_angles(rotation_matrix({0.4, 0.0, 0.5}));
  EXPECT_NEAR(north.alpha, 0.9, kMatrix);
  EXPECT_EQ(north.beta, 0.0);
  EXPECT_EQ(north.gamma, 0.0);
  const EulerAngles south = euler_angles(rotation_matrix({0.4, reference::kPi, 0.5}));
  EXPECT_NEAR(south.alpha, -0.1, kMatrix);
  EXPECT_NEAR(south.beta, reference::kPi, kMatrix);
  EXPECT_EQ(south.gamma, 0.0);
}

TEST(Rotation, ProductActsAsOneAfterTheOther) {
  Random random(3);
  for (int i = 0; i < 20; ++i) {
    const EulerAngles R = random_rotation(random);
    const EulerAngles Q = random_rotation(random);
    const Vector3 x = {random.normal(), random.normal(), random.normal()};
    const Vector3 once = rotate(compose(R, Q), x);
    const Vector3 twice = rotate(R, rotate(Q, x));
    for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(once[k], twice[k], 10 * kMatrix);
    EXPECT_LE(gap(compose(R, inverse(R)), {}), 2 * kMatrix);
    EXPECT_LE(gap(inverse(inverse(R)), R), 2 * kMatrix);
  }
}

TEST(Rotation, RandomOnesMoveAPointEverywhereAlike) {
  Random random(4);
  constexpr int kDraws = 20000;
  // Mean of R x and of (R x)(R x)^T over the Haar measure: 0 and 1/3; five standard deviations.
  constexpr double kFiveSigma = 5.0 / 141.0;
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  Eigen::Matrix3d second = Eigen::Matrix3d::Zero();
  for (int i = 0; i < kDraws; ++i) {
    const Vector3 y = rotate(random_rotation(random), {0.6, 0.0, 0.8});
    const Eigen::Vector3d v(y[0], y[1], y[2]);
    mean += v / kDraws;
    second += v * v.transpose() / kDraws;
  }
  EXPECT_LE(mean.cwiseAbs().maxCoeff(), kFiveSigma);
  EXPECT_LE((second - Eigen::Matrix3d::Identity() / 3.0).cwiseAbs().maxCoeff(), kFiveSigma);
}

TEST(Rotation, WhatIsNoRotationIsRefused) {
  EXPECT_THROW(euler_angles({1, 0, 0, 0, 1, 0, 0, 0, -1}), InvalidArgument);
  EXPECT_THROW(euler_angles({2, 0, 0, 0, 1, 0, 0, 0, 0.5}), InvalidArgument);
  EXPECT_THROW(euler_angles({NAN, 0, 0, 0, 1, 0, 0, 0, 1}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::so3
