// SPDX-License-Identifier: BSD-3-Clause
// Residuals of a plane and a quadric: against Eigen's least squares, and where the truth is known.
#include <equicloud/base/random.h>
#include <equicloud/statistics/neighborhood.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

namespace equicloud::statistics {
namespace {

using Offsets = std::vector<std::array<double, 3>>;

struct Sample {
  Offsets offsets;
  std::vector<double> weights;

  Neighborhood view() const { return {offsets.data(), weights.data(), offsets.size(), 1.0}; }
};

/// Random places in the unit disc, heights z(u, v), turned by q; nearest first.
template <typename Height>
Sample sample(std::size_t n, Random& random, const Height& height,
              const Eigen::Quaterniond& q = Eigen::Quaterniond::Identity()) {
  std::vector<Eigen::Vector3d> points;
  while (points.size() < n) {
    const double u = random.uniform(-1.0, 1.0), v = random.uniform(-1.0, 1.0);
    if (u * u + v * v < 1.0) points.emplace_back(q * Eigen::Vector3d(u, v, height(u, v)));
  }
  std::sort(points.begin(), points.end(),
            [](const auto& a, const auto& b) { return a.squaredNorm() < b.squaredNorm(); });
  Sample s;
  for (const Eigen::Vector3d& p : points) s.offsets.push_back({p.x(), p.y(), p.z()});
  s.weights.assign(n, 1.0);
  return s;
}

/// By the definition: eigenvectors of the covariance, then a least squares fit by QR.
Fit slow_fit(const Neighborhood& set) {
  const auto n = static_cast<Eigen::Index>(set.size);
  Eigen::MatrixXd points = Eigen::MatrixXd::Zero(n + 1, 3);
  Eigen::VectorXd w = Eigen::VectorXd::Constant(n + 1, set.own_weight);
  for (Eigen::Index j = 0; j < n; ++j) {
    points.row(j + 1) = Eigen::RowVector3d(set.offsets[j][0], set.offsets[j][1], set.offsets[j][2]);
    w[j + 1] = set.weights[j];
  }
  const Eigen::RowVector3d mean = (w.transpose() * points) / w.sum();
  const Eigen::MatrixXd centred = points.rowwise() - mean;
  const Eigen::Matrix3d covariance = centred.transpose() * w.asDiagonal() * centred / w.sum();
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(covariance);
  const Eigen::MatrixXd local = points * solver.eigenvectors();  // columns: normal, v, u
  Eigen::MatrixXd terms(n + 1, 6);
  for (Eigen::Index j = 0; j <= n; ++j) {
    const double a = local(j, 2), b = local(j, 1);
    terms.row(j) << 1.0, a, b, a * a, a * b, b * b;
  }
  const Eigen::VectorXd root = w.cwiseSqrt();
  const Eigen::VectorXd c =
      (root.asDiagonal() * terms).colPivHouseholderQr().solve(root.cwiseProduct(local.col(0)));
  const Eigen::VectorXd residual = local.col(0) - terms * c;
  const double m = w.sum() * w.sum() / w.squaredNorm();
  Fit fit;
  fit.plane = std::sqrt(solver.eigenvalues()[0] * m / (m - 3.0));
  fit.quadric = std::sqrt(w.dot(residual.cwiseAbs2()) / w.sum() * m / (m - 6.0));
  fit.own_residual = std::abs(residual[0]);
  return fit;
}

TEST(Neighborhood, EqualsLeastSquares) {
  Random random(1);
  for (int trial = 0; trial < 30; ++trial) {
    const Eigen::Quaterniond q =
        Eigen::Quaterniond(random.normal(), random.normal(), random.normal(), random.normal())
            .normalized();
    Sample s = sample(
        static_cast<std::size_t>(10 + trial), random,
        [&](double u, double v) { return 0.2 * u * u - 0.1 * u * v + 0.05 * random.normal(); }, q);
    for (double& w : s.weights) w = random.uniform(0.3, 1.0);
    const Fit fast = fit(s.view()), slow = slow_fit(s.view());
    EXPECT_NEAR(fast.plane, slow.plane, 1e-7);
    EXPECT_NEAR(fast.quadric, slow.quadric, 1e-6);
    EXPECT_NEAR(fast.own_residual, slow.own_residual, 1e-6);
  }
}

TEST(Neighborhood, AParaboloidLeavesNothing) {
  Random random(2);
  const Sample s = sample(32, random, [](double u, double v) { return 0.3 * (u * u + v * v); });
  const Fit f = fit(s.view());
  EXPECT_GT(f.plane, 0.05);
  // The fitted normal is tilted a little, which leaves a cubic.
  EXPECT_LT(f.quadric, 0.02);
}

TEST(Neighborhood, NoiseIsFoundWithoutBias) {
  constexpr double kNoise = 0.01;
  constexpr int kTrials = 400;
  Random random(3);
  double plane = 0.0, quadric = 0.0;
  for (int trial = 0; trial < kTrials; ++trial) {
    Sample s = sample(32, random, [&](double, double) { return kNoise * random.normal(); });
    const double own = kNoise * random.normal();
    for (auto& offset : s.offsets) offset[2] -= own;
    const Fit f = fit(s.view());
    plane += f.plane * f.plane / kTrials;
    quadric += f.quadric * f.quadric / kTrials;
  }
  EXPECT_NEAR(std::sqrt(plane) / kNoise, 1.0, 0.03);
  EXPECT_NEAR(std::sqrt(quadric) / kNoise, 1.0, 0.03);
}

TEST(Neighborhood, WhatHasNoWeightHardlyCounts) {
  Random random(4);
  Sample s = sample(32, random, [&](double, double) { return 0.01 * random.normal(); });
  const double before = fit(s.view()).quadric;
  s.offsets[20][2] = 0.8;
  EXPECT_GT(fit(s.view()).quadric, 4.0 * before);
  s.weights[20] = 1e-6;
  EXPECT_NEAR(fit(s.view()).quadric, before, 0.1 * before);
}

TEST(Neighborhood, PointsOnALineOrALatticeGiveNumbers) {
  Sample line, lattice;
  for (int i = 1; i <= 16; ++i) {
    line.offsets.push_back({0.1 * i, 0.2 * i, -0.1 * i});
    lattice.offsets.push_back({double(i % 4), double(i / 4), 0.0});
  }
  for (Sample* s : {&line, &lattice}) {
    s->weights.assign(16, 1.0);
    const Fit f = fit(s->view());
    EXPECT_LT(f.plane, 1e-3);
    EXPECT_LT(f.quadric, 1e-3);
  }
}

}  // namespace
}  // namespace equicloud::statistics
