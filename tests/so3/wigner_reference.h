// SPDX-License-Identifier: BSD-3-Clause
// Slow and obvious: Wigner d by its explicit sum and as a matrix exponential, harmonics from
// the sphere's reference. Nothing here is shared with the library.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <complex>
#include <vector>

#include "sphere/reference.h"

namespace equicloud::so3::reference {

using Complex = std::complex<double>;
constexpr double kPi = 3.14159265358979323846;

inline double sign(int k) { return k % 2 == 0 ? 1.0 : -1.0; }

/// Wigner's sum in long double, and by what factor its largest partial terms exceed it.
struct ExplicitSum {
  long double value;
  long double cancellation;
};
inline ExplicitSum explicit_sum(int l, int m, int n, double beta) {
  static const std::vector<long double> factorial = [] {
    std::vector<long double> f(1, 1.0L);
    for (int k = 1; k <= 600; ++k) f.push_back(f.back() * k);
    return f;
  }();
  const auto fact = [&](int k) { return factorial[static_cast<std::size_t>(k)]; };
  const long double c = std::cos(static_cast<long double>(beta) / 2);
  const long double s = std::sin(static_cast<long double>(beta) / 2);
  const long double root = std::sqrt(fact(l + m)) * std::sqrt(fact(l - m)) *
                           std::sqrt(fact(l + n)) * std::sqrt(fact(l - n));
  long double sum = 0.0L;
  long double size = 0.0L;
  for (int k = std::max(0, n - m); k <= std::min(l + n, l - m); ++k) {
    const long double term = root /
                             (fact(l + n - k) * fact(k) * fact(m - n + k) * fact(l - m - k)) *
                             std::pow(c, static_cast<long double>(2 * l + n - m - 2 * k)) *
                             std::pow(s, static_cast<long double>(m - n + 2 * k));
    sum += (m - n + k) % 2 == 0 ? term : -term;
    size += term;
  }
  return {sum, sum == 0.0L ? 0.0L : size / std::abs(sum)};
}
inline double d(int l, int m, int n, double beta) {
  return static_cast<double>(explicit_sum(l, m, n, beta).value);
}

/// d^l(beta) = exp(-i beta J_y) through the eigenvectors of the tridiagonal J_y.
inline Eigen::MatrixXcd exp_minus_i_beta_Jy(int l, double beta) {
  const int size = 2 * l + 1;
  Eigen::MatrixXcd Jy = Eigen::MatrixXcd::Zero(size, size);
  for (int m = -l; m < l; ++m) {  // J_y = (J_+ - J_-) / 2i, <m+1| J_+ |m> = sqrt(l(l+1) - m(m+1))
    const double up = std::sqrt(l * (l + 1.0) - m * (m + 1.0));
    Jy(m + 1 + l, m + l) = Complex(0.0, -up / 2.0);
    Jy(m + l, m + 1 + l) = Complex(0.0, up / 2.0);
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXcd> solver(Jy);
  Eigen::VectorXcd phase(size);
  for (int k = 0; k < size; ++k)
    phase[k] = std::polar(1.0, -beta * (k - l));  // eigenvalues -l .. l
  return solver.eigenvectors() * phase.asDiagonal() * solver.eigenvectors().adjoint();
}

/// D^l_mn from the explicit sum.
inline Complex D(int l, int m, int n, double alpha, double beta, double gamma) {
  return d(l, m, n, beta) * std::polar(1.0, m * alpha + n * gamma);
}

using sphere::reference::Z;

/// Y_lm, orthonormal, with the Condon-Shortley sign.
inline Complex Y(int l, int m, double theta, double phi) {
  return std::sqrt((2 * l + 1) / (4.0 * kPi)) * Z(l, m, theta, phi);
}

struct Direction {
  double theta, phi;
};
inline Direction direction(const std::array<double, 3>& x) {
  return {std::atan2(std::hypot(x[0], x[1]), x[2]), std::atan2(x[1], x[0])};
}
inline std::array<double, 3> point(const Direction& u) {
  return {std::sin(u.theta) * std::cos(u.phi), std::sin(u.theta) * std::sin(u.phi),
          std::cos(u.theta)};
}
/// Y^l at a direction, as a vector over m.
inline Eigen::VectorXcd Y(int l, const Direction& u) {
  Eigen::VectorXcd y(2 * l + 1);
  for (int m = -l; m <= l; ++m) y[m + l] = Y(l, m, u.theta, u.phi);
  return y;
}

}  // namespace equicloud::so3::reference
