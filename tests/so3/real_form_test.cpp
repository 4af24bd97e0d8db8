// SPDX-License-Identifier: BSD-3-Clause
// The real representations, against the unitary change of basis as a matrix and the laws of the
// complex ones.
#include <equicloud/base/error.h>
#include <equicloud/so3/correlation.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/so3/rotate.h>
#include <equicloud/so3/transform.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/harmonics.h>
#include <gtest/gtest.h>

#include "so3/conversions.h"
#include "so3/sphere_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Coefficients;
using reference::Complex;
using Matrix = Eigen::Matrix<double, -1, -1, Eigen::RowMajor>;
using ComplexMatrix = Eigen::Matrix<Complex, -1, -1, Eigen::RowMajor>;
using Reals = std::vector<double>;

constexpr int kBandwidth = 5;
constexpr double kSmall =
    1e-13;  // entries of orthogonal matrices of degree < 8, some 100 roundings

std::vector<EulerAngles> rotations() {
  Random random(61);
  std::vector<EulerAngles> R = {{}, {0.3, 0.0, 0.4}, {0.2, reference::kPi, 0.9}};
  for (int i = 0; i < 4; ++i) R.push_back(random_rotation(random));
  return R;
}

Matrix real_matrix(int l, const EulerAngles& R) {
  const Reals Delta = real_wigner_D(l, R);
  return Eigen::Map<const Matrix>(Delta.data(), 2 * l + 1, 2 * l + 1);
}

// U: real coefficients from complex ones, from S_lm = sqrt2 (-1)^m Re Y_lm, sqrt2 (-1)^m Im Y_lm.
ComplexMatrix to_real(int l) {
  const Complex i(0, 1);
  const double half = std::sqrt(0.5);
  ComplexMatrix U = ComplexMatrix::Zero(2 * l + 1, 2 * l + 1);
  U(l, l) = 1;
  for (int m = 1; m <= l; ++m) {
    U(l + m, l + m) = reference::sign(m) * half;
    U(l + m, l - m) = half;
    U(l - m, l + m) = reference::sign(m) * i * half;
    U(l - m, l - m) = -i * half;
  }
  return U;
}

ComplexMatrix block(const Coefficients& fhat, int l) {
  return Eigen::Map<const ComplexMatrix>(fhat.data() + block_offset(l), 2 * l + 1, 2 * l + 1);
}
Matrix block(const Reals& F, int l) {
  return Eigen::Map<const Matrix>(F.data() + block_offset(l), 2 * l + 1, 2 * l + 1);
}

template <typename T>
std::vector<T> real_form(int bandwidth, const std::vector<std::complex<T>>& fhat) {
  std::vector<T> F(fhat.size());
  real_from_complex<T>(bandwidth, fhat, Span<T>(F));
  return F;
}

Reals harmonics(int l, const reference::Point& x) {
  const reference::Direction u = reference::direction(x);
  Reals all(sphere::full_size(l + 1));
  sphere::real_harmonics(l + 1, u.theta, u.phi, Span<double>(all));
  return Reals(all.end() - (2 * l + 1), all.end());
}

Reals random_reals(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Reals values(n);
  for (double& value : values) value = random.uniform(-1, 1);
  return values;
}

TEST(Conventions, real_D_of_degree_one_is_the_rotation_in_yzx) {
  const std::size_t yzx[] = {1, 2, 0};
  for (const EulerAngles& R : rotations())
    for (std::size_t m = 0; m < 3; ++m)
      for (std::size_t n = 0; n < 3; ++n)
        EXPECT_NEAR(real_wigner_D(1, R)[3 * m + n], rotation_matrix(R)[3 * yzx[m] + yzx[n]],
                    kSmall);
}

TEST(Conventions, real_D_is_U_conj_D_U_dagger) {
  for (const EulerAngles& R : rotations())
    for (int l = 0; l < 8; ++l) {
      ComplexMatrix D(2 * l + 1, 2 * l + 1);
      for (int m = -l; m <= l; ++m)
        for (int n = -l; n <= l; ++n)
          D(m + l, n + l) = reference::D(l, m, n, R.alpha, R.beta, R.gamma);
      const ComplexMatrix slow = to_real(l) * D.conjugate() * to_real(l).adjoint();
      EXPECT_LE((real_matrix(l, R).cast<Complex>() - slow).cwiseAbs().maxCoeff(), kSmall);
    }
}

TEST(Conventions, real_S_of_Rx_is_D_S) {
  const reference::Point x = reference::point({0.8, 2.5});
  for (const EulerAngles& R : rotations())
    for (int l = 0; l < 8; ++l) {
      const Reals before = harmonics(l, x);
      const Reals after = harmonics(l, rotate(R, x));
      const Eigen::VectorXd turned =
          real_matrix(l, R) * Eigen::Map<const Eigen::VectorXd>(before.data(), 2 * l + 1);
      for (int m = 0; m <= 2 * l; ++m)
        EXPECT_NEAR(turned[m], after[static_cast<std::size_t>(m)], kSmall);
    }
}

TEST(RealRepresentation, IsOrthogonalAndAHomomorphism) {
  const std::vector<EulerAngles> all = rotations();
  for (const EulerAngles& R : all)
    for (int l = 0; l < 8; ++l) {
      const Matrix D = real_matrix(l, R);
      const Matrix identity = Matrix::Identity(2 * l + 1, 2 * l + 1);
      EXPECT_LE((D * D.transpose() - identity).cwiseAbs().maxCoeff(), kSmall);
      const Matrix product = real_matrix(l, all.back()) * D;
      EXPECT_LE((product - real_matrix(l, compose(all.back(), R))).cwiseAbs().maxCoeff(), kSmall);
    }
}

TEST(RealRepresentation, BlocksAreItsMatrices) {
  const EulerAngles R = rotations().back();
  const Reals blocks = real_wigner_D_blocks(kBandwidth, R);
  for (int l = 0; l < kBandwidth; ++l)
    EXPECT_LE((block(blocks, l) - real_matrix(l, R)).cwiseAbs().maxCoeff(), kSmall);
}

TEST(RealRepresentation, TurnsTheRealFormOfASignal) {
  const EulerAngles R = rotations().back();
  const Reals real = random_reals(sphere::full_size(kBandwidth), 1);
  Coefficients full(real.size());
  sphere::full_from_real<double>(kBandwidth, real, full);
  Coefficients turned(full.size());
  CoefficientRotation<double>(kBandwidth, R).apply(Domain::sphere, full, turned);
  for (int l = 0; l < kBandwidth; ++l) {
    Reals of_degree(real.begin() + l * l, real.begin() + (l + 1) * (l + 1));
    const Eigen::VectorXd fast =
        real_matrix(l, R) * Eigen::Map<const Eigen::VectorXd>(of_degree.data(), 2 * l + 1);
    const Eigen::VectorXcd slow =
        to_real(l) * Eigen::Map<const Eigen::VectorXcd>(turned.data() + l * l, 2 * l + 1);
    EXPECT_LE((fast.cast<Complex>() - slow).cwiseAbs().maxCoeff(), kSmall);
  }
}

TEST(Conventions, SO3_real_form_is_U_fhat_U_dagger) {
  const Coefficients fhat = reference::random_real_coefficients(kBandwidth, 2);
  const Reals F = real_form(kBandwidth, fhat);
  for (int l = 0; l < kBandwidth; ++l) {
    const ComplexMatrix slow = to_real(l) * block(fhat, l) * to_real(l).adjoint();
    EXPECT_LE((block(F, l).cast<Complex>() - slow).cwiseAbs().maxCoeff(), kSmall);
  }
}

TEST(RealFormOnRotations, GoesBackToTheComplexForm) {
  Coefficients both = reference::random_real_coefficients(kBandwidth, 3);
  const Coefficients other = reference::random_real_coefficients(kBandwidth, 4);
  both.insert(both.end(), other.begin(), other.end());
  const Reals F = real_form(kBandwidth, both);
  Coefficients back(both.size());
  complex_from_real<double>(kBandwidth, F, back);
  EXPECT_LE(reference::relative_gap(back, both), kSmall);
}

template <typename T>
void expect_synthesis_of_real_form() {
  const Grid grid = gauss_legendre(kBandwidth);
  const auto G = random_reals(coefficient_count(kBandwidth), 5);
  const std::vector<T> rounded(G.begin(), G.end());
  std::vector<std::complex<T>> ghat(G.size());
  complex_from_real<T>(kBandwidth, rounded, ghat);
  const SO3Transform<T> transform(grid);
  auto workspace = transform.workspace();
  std::vector<T> fast(grid.samples());
  transform.synthesis(ghat, Span<T>(fast), workspace);
  Reals slow;
  reference::for_samples(grid, [&](const EulerAngles& R, std::size_t, double) {
    double sum = 0;
    for (int l = 0; l < kBandwidth; ++l)
      sum += (2 * l + 1) * block(G, l).cwiseProduct(real_matrix(l, R)).sum();
    slow.push_back(sum);
  });
  EXPECT_LE(reference::relative_gap(fast, slow), kPromised<T>);
}
TEST(Conventions, SO3_real_form_synthesis) {
  expect_synthesis_of_real_form<double>();
  expect_synthesis_of_real_form<float>();
}

// G^l = sum_k F_k^l (Psi_k^l)^T in real form against so3::Correlation, on either domain.
void expect_real_correlation(Domain domain) {
  const int inputs = 3;
  const std::size_t size = coefficients_below(domain, kBandwidth);
  const Reals f = random_reals(inputs * size, 6);
  const Reals psi = random_reals(inputs * size, 7);
  const auto complex = [&](const Reals& real) {
    Coefficients fhat(real.size());
    if (domain == Domain::sphere)
      sphere::full_from_real<double>(kBandwidth, real, fhat);
    else
      complex_from_real<double>(kBandwidth, real, fhat);
    return fhat;
  };
  Coefficients ghat(coefficient_count(kBandwidth));
  Correlation<double>({kBandwidth, inputs, 1, domain}, complex(psi)).apply(complex(f), ghat);
  const Reals fast = real_form(kBandwidth, ghat);
  for (int l = 0; l < kBandwidth; ++l) {
    Matrix slow = Matrix::Zero(2 * l + 1, 2 * l + 1);
    const auto columns = static_cast<Eigen::Index>(columns_of(domain, l));
    for (std::size_t k = 0; k < inputs; ++k) {
      const std::size_t at = k * size + coefficients_below(domain, l);
      slow += Eigen::Map<const Matrix>(f.data() + at, 2 * l + 1, columns) *
              Eigen::Map<const Matrix>(psi.data() + at, 2 * l + 1, columns).transpose();
    }
    EXPECT_LE((block(fast, l) - slow).cwiseAbs().maxCoeff(), kSmall * 10);  // sums of 27 products
  }
}
TEST(Conventions, S2_correlation_real_form) { expect_real_correlation(Domain::sphere); }
TEST(Conventions, SO3_correlation_real_form) { expect_real_correlation(Domain::rotations); }

TEST(RealRepresentation, RefusesOtherSizes) {
  Reals real(coefficient_count(3));
  Coefficients complex(coefficient_count(3));
  EXPECT_THROW(complex_from_real<double>(2, real, complex), InvalidArgument);
  EXPECT_THROW(real_from_complex<double>(0, complex, Span<double>(real)), InvalidArgument);
  EXPECT_THROW(real_from_complex<double>(3, complex, Span<double>(real.data(), 34)),
               InvalidArgument);
  EXPECT_THROW(real_wigner_D(-1, {}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::so3
