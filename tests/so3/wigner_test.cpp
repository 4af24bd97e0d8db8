// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/representation.h>
#include <equicloud/so3/wigner_d.h>
#include <gtest/gtest.h>

#include <cmath>

#include "so3/wigner_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Complex;
using reference::kPi;
using reference::sign;

// Entries of orthogonal matrices of degree <= 12, a few hundred roundings.
constexpr double kSmall = 1e-13;
// What the library promises up to degree 255.
constexpr double kPromised = 1e-12;

using Blocks = std::vector<double>;
const int kDegrees[] = {0, 1, 2, 3, 7, 12};
const double kAngles[] = {0.0, 1e-7, 0.3, kPi / 2, 2.2, kPi - 1e-7, kPi};

Eigen::MatrixXd matrix(int l, double beta) {
  const Blocks d = wigner_d(l, beta);
  return Eigen::Map<const Eigen::Matrix<double, -1, -1, Eigen::RowMajor>>(d.data(), 2 * l + 1,
                                                                          2 * l + 1);
}
Eigen::MatrixXcd matrix(int l, const EulerAngles& R) {
  const std::vector<Complex> D = wigner_D(l, R);
  return Eigen::Map<const Eigen::Matrix<Complex, -1, -1, Eigen::RowMajor>>(D.data(), 2 * l + 1,
                                                                           2 * l + 1);
}

// The largest |law(d, l, m, n)| over degrees, orders and angles; law gets d as a function of
// orders.
template <typename Law>
double worst(const Law& law) {
  double gap = 0.0;
  for (const int l : kDegrees)
    for (const double beta : kAngles) {
      const Eigen::MatrixXd here = matrix(l, beta);
      const Eigen::MatrixXd mirrored = matrix(l, kPi - beta);
      for (int m = -l; m <= l; ++m)
        for (int n = -l; n <= l; ++n) {
          const auto d = [&](int i, int k) { return here(i + l, k + l); };
          const auto d_pi_minus = [&](int i, int k) { return mirrored(i + l, k + l); };
          gap = std::fmax(gap, std::abs(law(d, d_pi_minus, l, m, n)));
        }
    }
  return gap;
}

TEST(WignerD, EqualsItsExplicitSum) {
  for (const int l : kDegrees)
    for (const double beta : kAngles)
      for (int m = -l; m <= l; ++m)
        for (int n = -l; n <= l; ++n)
          EXPECT_NEAR(wigner_d(l, m, n, beta), reference::d(l, m, n, beta), kSmall)
              << l << ' ' << m << ' ' << n << ' ' << beta;
}

TEST(Conventions, d_is_exp_minus_i_beta_Jy) {
  for (const int l : kDegrees)
    for (const double beta : kAngles)
      EXPECT_LE((matrix(l, beta) - reference::exp_minus_i_beta_Jy(l, beta)).cwiseAbs().maxCoeff(),
                kSmall);
}
TEST(Conventions, d_orthogonal) {
  for (const int l : kDegrees)
    for (const double beta : kAngles) {
      const Eigen::MatrixXd d = matrix(l, beta);
      EXPECT_LE((d * d.transpose() - Eigen::MatrixXd::Identity(2 * l + 1, 2 * l + 1))
                    .cwiseAbs()
                    .maxCoeff(),
                kSmall);
    }
}
TEST(Conventions, d1_10_sign) {
  constexpr double kTwoRoundings = 2.3e-16;
  for (const double beta : kAngles)
    EXPECT_NEAR(wigner_d(1, 1, 0, beta), -std::sin(beta) / std::sqrt(2.0), kTwoRoundings);
}
TEST(Conventions, d_sym_transpose) {
  EXPECT_EQ(worst([](auto d, auto, int, int m, int n) { return d(m, n) - sign(m - n) * d(n, m); }),
            0.0);
}
TEST(Conventions, d_sym_negate_both) {
  EXPECT_EQ(
      worst([](auto d, auto, int, int m, int n) { return d(m, n) - sign(m - n) * d(-m, -n); }),
      0.0);
}
TEST(Conventions, d_sym_antitranspose) {
  EXPECT_EQ(worst([](auto d, auto, int, int m, int n) { return d(m, n) - d(-n, -m); }), 0.0);
}
TEST(Conventions, d_sym_pi_minus_beta_n) {
  EXPECT_LE(worst([](auto d, auto mirrored, int l, int m, int n) {
              return mirrored(m, n) - sign(l + m) * d(m, -n);
            }),
            kSmall);
}
TEST(Conventions, d_sym_pi_minus_beta_m) {
  EXPECT_LE(worst([](auto d, auto mirrored, int l, int m, int n) {
              return mirrored(m, n) - sign(l - n) * d(-m, n);
            }),
            kSmall);
}
TEST(Conventions, d_m0_is_Y) {
  for (const int l : kDegrees)
    for (const double theta :
         {0.0, 0.3, kPi / 2, 2.2, kPi})  // std::sph_legendre is poor near poles
      for (int m = -l; m <= l; ++m)
        EXPECT_NEAR(wigner_d(l, m, 0, theta), reference::Z(l, m, theta, 0.0).real(), kSmall);
}

// A few rotations, the poles among them.
std::vector<EulerAngles> rotations() {
  Random random(5);
  std::vector<EulerAngles> R = {{}, {0.3, 0.0, 0.4}, {0.3, kPi, 0.4}, {1.0, kPi / 2, -2.0}};
  for (int i = 0; i < 4; ++i) R.push_back(random_rotation(random));
  return R;
}

// The largest entry of law(D of degree l, R) over degrees and rotations.
template <typename Law>
double worst_matrix(const Law& law) {
  double gap = 0.0;
  for (const int l : kDegrees)
    for (const EulerAngles& R : rotations()) gap = std::fmax(gap, law(l, R).cwiseAbs().maxCoeff());
  return gap;
}

TEST(Conventions, D_Y_of_Rx) {
  EXPECT_LE(worst_matrix([](int l, const EulerAngles& R) -> Eigen::VectorXcd {
              const reference::Direction u = {1.1, -0.7};
              const reference::Direction Ru = reference::direction(rotate(R, reference::point(u)));
              return reference::Y(l, Ru) - matrix(l, R) * reference::Y(l, u);
            }),
            kSmall);
}
TEST(Conventions, D_Y_of_Rinv_x) {
  EXPECT_LE(worst_matrix([](int l, const EulerAngles& R) -> Eigen::VectorXcd {
              const reference::Direction u = {1.1, -0.7};
              const reference::Direction back =
                  reference::direction(rotate(inverse(R), reference::point(u)));
              return reference::Y(l, back) - matrix(l, R).adjoint() * reference::Y(l, u);
            }),
            kSmall);
}
TEST(Conventions, D_homomorphism) {
  const EulerAngles Q = {0.2, 0.9, -1.3};
  EXPECT_LE(worst_matrix([&](int l, const EulerAngles& R) -> Eigen::MatrixXcd {
              return matrix(l, compose(R, Q)) - matrix(l, R) * matrix(l, Q);
            }),
            kSmall);
}
TEST(Conventions, D_inverse_is_adjoint) {
  EXPECT_LE(worst_matrix([](int l, const EulerAngles& R) -> Eigen::MatrixXcd {
              return matrix(l, inverse(R)) - matrix(l, R).adjoint();
            }),
            kSmall);
}
TEST(Conventions, D_negate_both) {
  for (const int l : kDegrees)
    for (const EulerAngles& R : rotations()) {
      const Eigen::MatrixXcd D = matrix(l, R);
      for (int m = -l; m <= l; ++m)
        for (int n = -l; n <= l; ++n)
          EXPECT_EQ(D(l - m, l - n), sign(m - n) * std::conj(D(l + m, l + n)));
    }
}
TEST(Conventions, D_m0_is_Z_beta_alpha) {
  for (const int l : kDegrees)
    for (const EulerAngles& R : rotations())
      for (int m = -l; m <= l; ++m)
        EXPECT_LE(std::abs(matrix(l, R)(m + l, l) - reference::Z(l, m, R.beta, R.alpha)), kSmall);
}

TEST(WignerDMatrix, IsUnitaryUpToDegree255) {
  const EulerAngles R = {0.7, 1.9, -0.4};
  for (const int l : {64, 255}) {
    const Eigen::MatrixXcd D = matrix(l, R);
    EXPECT_LE(
        (D * D.adjoint() - Eigen::MatrixXcd::Identity(2 * l + 1, 2 * l + 1)).cwiseAbs().maxCoeff(),
        kPromised);
  }
}

TEST(WignerD, BlocksHoldTheMatricesOfEveryDegree) {
  const Blocks blocks = wigner_d_blocks(13, 0.8);
  ASSERT_EQ(blocks.size(), coefficient_count(13));
  for (const int l : kDegrees)
    EXPECT_TRUE(std::equal(blocks.begin() + static_cast<std::ptrdiff_t>(block_offset(l)),
                           blocks.begin() + static_cast<std::ptrdiff_t>(block_offset(l + 1)),
                           wigner_d(l, 0.8).begin()));
}

TEST(WignerD, IsRightAtDegree255ToTheExponentialOfJy) {
  for (const int l : {100, 255})
    for (const double beta : {kPi / 1024, 0.9, 3.0})
      EXPECT_LE((matrix(l, beta) - reference::exp_minus_i_beta_Jy(l, beta)).cwiseAbs().maxCoeff(),
                kPromised)
          << l << ' ' << beta;
}

// Near the poles of orders (m, n) the explicit sum does not cancel and long double reaches 1e-4932:
// there, and only there, it is a reference for numbers as small as 1e-300.
TEST(WignerD, IsRightRelativelyWhereItIsExponentiallySmall) {
  constexpr long double kNoCancellation = 100.0L;  // the reference is then good to 1e-16
  constexpr long double kSmallest = 1e-299L;       // anything below 1e-300 may come out as 0
  constexpr double kLargest = 1e-6;
  constexpr int kBandwidth = 256;
  const std::vector<double> beta = {kPi / 1024, 0.01, 0.1, 0.5, 1.2, 2.5, 3.0, kPi - kPi / 1024};
  const WignerRecurrence recurrence(beta);
  int compared = 0;
  double worst = 0.0;
  for (const auto& [m, n] : std::vector<std::array<int, 2>>{
           {20, 3}, {60, 0}, {100, 99}, {120, -50}, {200, 100}, {250, -240}, {255, 0}, {-30, 90}}) {
    const int first = std::max(std::abs(m), std::abs(n));
    std::vector<double> d(static_cast<std::size_t>(kBandwidth - first) * beta.size());
    recurrence.fill(m, n, kBandwidth, d.data());
    for (int l = first; l < kBandwidth; ++l)
      for (std::size_t j = 0; j < beta.size(); ++j) {
        const reference::ExplicitSum slow = reference::explicit_sum(l, m, n, beta[j]);
        const double fast = d[static_cast<std::size_t>(l - first) * beta.size() + j];
        const long double size = std::abs(slow.value);
        if (slow.cancellation > kNoCancellation || size < kSmallest || size > kLargest) continue;
        ++compared;
        worst = std::fmax(worst, static_cast<double>(std::abs(fast - slow.value) / size));
      }
  }
  EXPECT_GT(compared, 1000);
  EXPECT_LE(worst, kPromised);
  RecordProperty("worst_relative_error", std::to_string(worst * 1e15) + "e-15");
}

TEST(WignerD, StartsAreTheFirstRows) {
  const std::vector<double> beta = {0.001, 0.4, 2.0, 3.14};
  const WignerRecurrence recurrence(beta);
  for (const auto& [m, n] : std::vector<std::array<int, 2>>{{0, 0}, {3, -2}, {1, 5}, {-4, 4}}) {
    std::vector<double> rows(beta.size() * 16);
    std::vector<double> first(beta.size());
    recurrence.fill(m, n, std::max(std::abs(m), std::abs(n)) + 3, rows.data());
    recurrence.start(m, n, first.data());
    EXPECT_TRUE(std::equal(first.begin(), first.end(), rows.begin()));
  }
}

TEST(WignerD, OrdersAndAnglesOutsideTheirRangeAreRefused) {
  EXPECT_THROW(wigner_d(2, 3, 0, 1.0), InvalidArgument);
  EXPECT_THROW(wigner_d(-1, 0, 0, 1.0), InvalidArgument);
  EXPECT_THROW(wigner_d(2, -0.1), InvalidArgument);
  EXPECT_THROW(wigner_d(2, NAN), InvalidArgument);
  EXPECT_THROW(wigner_d_blocks(0, 1.0), InvalidArgument);
}

TEST(Conventions, SO3_index) {
  std::size_t expected = 0;
  for (int l = 0; l < 9; ++l)
    for (int m = -l; m <= l; ++m)
      for (int n = -l; n <= l; ++n) EXPECT_EQ(coefficient_index(l, m, n), expected++);
}
TEST(Conventions, SO3_size) {
  for (const int b : {1, 2, 8, 64, 128})
    EXPECT_EQ(coefficient_count(b), coefficient_index(b - 1, b - 1, b - 1) + 1);
  EXPECT_EQ(coefficient_count(8), 680U);
}

}  // namespace
}  // namespace equicloud::so3
