// SPDX-License-Identifier: BSD-3-Clause
// Eigenvalues and least axes of many matrices against Eigen's solver in double.
#include <equicloud/base/random.h>
#include <equicloud/kernels/principal_axes.h>
#include <equicloud/kernels/simd.h>

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <vector>

namespace equicloud::kernels {
namespace {

// Matrices in, axes out: 6 + 6 columns of n.
struct Columns {
  std::size_t n;
  std::vector<float> entries, found;

  explicit Columns(const std::vector<Eigen::Matrix3d>& matrices)
      : n((matrices.size() + kAxesBlock - 1) / kAxesBlock * kAxesBlock),
        entries(6 * n),
        found(6 * n, -1.0F) {
    for (std::size_t i = 0; i < matrices.size(); ++i) {
      std::size_t entry = 0;
      for (int a = 0; a < 3; ++a)
        for (int b = a; b < 3; ++b)
          entries[entry++ * n + i] = static_cast<float>(matrices[i](a, b));
    }
  }
  void run() {
    const auto in = [this](std::size_t c) { return entries.data() + c * n; };
    const auto out = [this](std::size_t c) { return found.data() + c * n; };
    principal_axes(n, {in(0), in(1), in(2), in(3), in(4), in(5)},
                   {out(0), out(1), out(2), out(3), out(4), out(5)});
  }
  float value(std::size_t c, std::size_t i) const { return found[c * n + i]; }
  Eigen::Vector3d axis(std::size_t i) const {
    return {double(value(3, i)), double(value(4, i)), double(value(5, i))};
  }
};

Eigen::Matrix3d random_matrix(double l0, double l1, double l2, Random& random) {
  Eigen::Quaterniond turn(random.normal(), random.normal(), random.normal(), random.normal());
  const Eigen::Matrix3d r = turn.normalized().toRotationMatrix();
  return r * Eigen::Vector3d(l0, l1, l2).asDiagonal() * r.transpose();
}

class PrincipalAxesOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { force_simd_target(GetParam()); }
  void TearDown() override { force_simd_target("best"); }
};

TEST_P(PrincipalAxesOn, EqualsEigensSolver) {
  constexpr double kRounding = 1e-6;  // of the trace
  Random random(1);
  std::vector<Eigen::Matrix3d> matrices;
  for (const double scale : {1.0, 1e6, 1e-12, 1e-30})
    for (int k = 0; k < 60; ++k) {
      const double thin = std::exp(random.uniform(-16, 0)), flat = std::exp(random.uniform(-8, 0));
      matrices.push_back(scale * random_matrix(thin * flat, k % 3 ? flat : 1.0, 1.0, random));
    }
  Columns columns(matrices);
  columns.run();
  for (std::size_t i = 0; i < matrices.size(); ++i) {
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(matrices[i]);
    const Eigen::Vector3d l = solver.eigenvalues();
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_NEAR(columns.value(k, i) / l.sum(), l[static_cast<int>(k)] / l.sum(), kRounding) << i;
    const Eigen::Vector3d axis = columns.axis(i);
    EXPECT_NEAR(axis.norm(), 1.0, kRounding) << i;
    EXPECT_NEAR(axis.dot(matrices[i] * axis) / l.sum(), l[0] / l.sum(), kRounding) << i;
  }
}

TEST_P(PrincipalAxesOn, DegenerateMatricesGiveFiniteAxes) {
  Columns columns({Eigen::Matrix3d::Zero(), Eigen::Matrix3d::Identity(),
                   Eigen::Matrix3d::Constant(1.0), Eigen::Matrix3d::Constant(1e-38),
                   Eigen::Vector3d(0, 1, 0).asDiagonal() * 1e30});
  columns.run();
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(columns.axis(i).norm(), 1.0, 1e-6) << i;
    for (std::size_t k = 0; k < 3; ++k) EXPECT_TRUE(std::isfinite(columns.value(k, i))) << i;
  }
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(columns.value(k, 0), 0.0F);
    EXPECT_NEAR(columns.value(k, 1), 1.0F, 1e-6);
  }
  EXPECT_NEAR(columns.value(0, 2), 0.0F, 3e-6);
  EXPECT_NEAR(columns.value(2, 2), 3.0F, 3e-6);
}

TEST_P(PrincipalAxesOn, AMatrixDoesNotDependOnItsPlace) {
  Random random(2);
  const Eigen::Matrix3d one = random_matrix(0.01, 0.3, 1.0, random);
  std::vector<Eigen::Matrix3d> matrices;
  for (std::size_t i = 0; i < 2 * kAxesBlock; ++i)
    matrices.push_back(i % 3 == 0 ? one : random_matrix(0.1, 0.2, 0.5, random));
  Columns columns(matrices);
  columns.run();
  for (std::size_t i = 0; i < matrices.size(); i += 3)
    for (std::size_t c = 0; c < 6; ++c) EXPECT_EQ(columns.value(c, i), columns.value(c, 0)) << i;
}

INSTANTIATE_TEST_SUITE_P(Simd, PrincipalAxesOn, testing::ValuesIn(simd_targets()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace equicloud::kernels
