// SPDX-License-Identifier: BSD-3-Clause
// Schur's lemma for SO(3): average a random linear map over the group, D(R) A D(R)^dagger dR, and
// what is left is a number on each degree l and nothing between degrees. The integral is exact: a
// product of two D of degree <= 3 is a polynomial that the grid integrates.
#include <equicloud/base/random.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <complex>
#include <cstdio>

namespace equicloud::group {
namespace {

using Matrix = Eigen::MatrixXcd;
using Complex = std::complex<double>;
using Eigen::Index;

constexpr Index kLargestDegree = 3;
constexpr Index kSize = (kLargestDegree + 1) * (kLargestDegree + 1);
constexpr int kNodes = 8;  // > 2 * kLargestDegree: exact
constexpr double kHaarTolerance = 1e-10;

// J_y in the basis m = -l .. l, the entries of J_+ positive.
Matrix angular_momentum_y(Index l) {
  Matrix j = Matrix::Zero(2 * l + 1, 2 * l + 1);
  for (Index m = -l; m < l; ++m) {
    const Complex raise = std::sqrt(static_cast<double>(l * (l + 1) - m * (m + 1))) / Complex(0, 2);
    j(m + 1 + l, m + l) = raise;
    j(m + l, m + 1 + l) = -raise;
  }
  return j;
}

// d = exp(-i beta J_y), D_mn = e^{i m alpha} d_mn e^{i n gamma} (core/CONVENTIONS.md).
Matrix wigner(Index l, double alpha, double beta, double gamma) {
  const Eigen::SelfAdjointEigenSolver<Matrix> j(angular_momentum_y(l));
  const Eigen::VectorXcd phase = (Complex(0, -beta) * j.eigenvalues()).array().exp();
  Matrix d = j.eigenvectors() * phase.asDiagonal() * j.eigenvectors().adjoint();
  for (Index m = -l; m <= l; ++m)
    for (Index n = -l; n <= l; ++n)
      d(m + l, n + l) *= std::polar(1.0, static_cast<double>(m) * alpha) *
                         std::polar(1.0, static_cast<double>(n) * gamma);
  return d;
}

// All degrees side by side.
Matrix representation(double alpha, double beta, double gamma) {
  Matrix d = Matrix::Zero(kSize, kSize);
  for (Index l = 0; l <= kLargestDegree; ++l)
    d.block(l * l, l * l, 2 * l + 1, 2 * l + 1) = wigner(l, alpha, beta, gamma);
  return d;
}

// Gauss & Legendre by Golub & Welsch 1969: eigenvalues of the Jacobi matrix.
Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> legendre_nodes() {
  Eigen::MatrixXd jacobi = Eigen::MatrixXd::Zero(kNodes, kNodes);
  for (int k = 1; k < kNodes; ++k)
    jacobi(k, k - 1) = jacobi(k - 1, k) = k / std::sqrt(4.0 * k * k - 1.0);
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(jacobi);
}

Matrix haar_average(const Matrix& a) {
  const auto nodes = legendre_nodes();
  Matrix sum = Matrix::Zero(kSize, kSize);
  for (int j = 0; j < kNodes; ++j) {
    const double beta = std::acos(nodes.eigenvalues()[j]);
    const double weight = std::pow(nodes.eigenvectors()(0, j), 2) / (kNodes * kNodes);
    for (int i = 0; i < kNodes; ++i)
      for (int k = 0; k < kNodes; ++k) {
        const Matrix d = representation(2 * EIGEN_PI * i / kNodes, beta, 2 * EIGEN_PI * k / kNodes);
        sum += weight * d * a * d.adjoint();
      }
  }
  return sum;
}

Matrix random_map(Random& random) {
  Matrix a(kSize, kSize);
  for (Complex& value : a.reshaped()) value = {random.normal(), random.normal()};
  return a;
}

TEST(Schur, AveragedOverRotationsALinearMapIsANumberOnEachDegree) {
  Random random(1);
  const Matrix a = random_map(random);
  const Matrix mean = haar_average(a);
  Matrix expected = Matrix::Zero(kSize, kSize);
  for (Index l = 0; l <= kLargestDegree; ++l) {
    const Index size = 2 * l + 1;
    const Complex number = a.block(l * l, l * l, size, size).trace() / static_cast<double>(size);
    expected.block(l * l, l * l, size, size) = number * Matrix::Identity(size, size);
  }
  const double gap = (mean - expected).cwiseAbs().maxCoeff();
  std::printf("l <= 3: largest entry off by %.1e\n", gap);
  EXPECT_LE(gap, kHaarTolerance);
}

TEST(Schur, AnAveragedMapCommutesWithRotationsAndARandomOneDoesNot) {
  Random random(2);
  const Matrix a = random_map(random);
  const Matrix mean = haar_average(a);
  for (int trial = 0; trial < 5; ++trial) {
    const Matrix d =
        representation(random.uniform(0, 6), random.uniform(0, 3), random.uniform(0, 6));
    EXPECT_LE((d * mean - mean * d).cwiseAbs().maxCoeff(), kHaarTolerance);
    EXPECT_GE((d * a - a * d).cwiseAbs().maxCoeff(), 0.1);
  }
}

}  // namespace
}  // namespace equicloud::group
