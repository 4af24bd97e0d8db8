// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sets/power_sums.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::sets {
namespace {

using Complex = std::complex<double>;
using Polynomial = std::vector<Complex>;  // highest power first, leading coefficient 1

// Rounds after which what has not settled never will (multiple roots wander at rounding level).
constexpr int kMostRounds = 500;

Polynomial with_power_sums(const std::vector<Complex>& p) {
  Polynomial coefficients = newton_girard(p);
  for (std::size_t k = 0; k < coefficients.size(); k += 2) coefficients[k] = -coefficients[k];
  coefficients.insert(coefficients.begin(), 1.0);
  return coefficients;
}

// P / P' at z, by Horner's rule.
Complex newton_step(const Polynomial& polynomial, Complex z) {
  Complex value = 0.0;
  Complex slope = 0.0;
  for (const Complex& coefficient : polynomial) {
    slope = slope * z + value;
    value = value * z + coefficient;
  }
  if (value == 0.0) return 0.0;
  if (slope == 0.0) return {1e-3, 1e-3};  // a saddle: step aside
  return value / slope;
}

// Points on a circle that holds all roots (Fujiwara's bound), in no symmetry that roots could
// share.
std::vector<Complex> starting_points(const Polynomial& polynomial) {
  const std::size_t n = polynomial.size() - 1;
  double radius = 0.0;
  for (std::size_t k = 1; k <= n; ++k)
    radius =
        std::max(radius, 2.0 * std::pow(std::abs(polynomial[k]), 1.0 / static_cast<double>(k)));
  std::vector<Complex> z(n);
  for (std::size_t i = 0; i < n; ++i)
    z[i] = std::polar(radius,
                      0.4 + 6.283185307179586 * static_cast<double>(i) / static_cast<double>(n));
  return z;
}

// One round of Aberth's iteration; the largest step, relative to the size of what moved.
double improve(const Polynomial& polynomial, std::vector<Complex>& z) {
  double largest = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const Complex newton = newton_step(polynomial, z[i]);
    Complex repulsion = 0.0;
    for (std::size_t j = 0; j < z.size(); ++j)
      if (z[j] != z[i]) repulsion += 1.0 / (z[i] - z[j]);
    const Complex step = newton / (1.0 - newton * repulsion);
    if (!std::isfinite(std::abs(step))) continue;
    z[i] -= step;
    largest = std::max(largest, std::abs(step) / std::max(std::abs(z[i]), 1e-300));
  }
  return largest;
}

}  // namespace

template <typename T>
std::vector<T> power_sums(const std::vector<T>& x, std::size_t degree) {
  std::vector<T> p(degree, T(0));
  for (const T& value : x) {
    T power = T(1);
    for (T& sum : p) sum += power *= value;
  }
  return p;
}

template <typename T>
std::vector<T> power_sums_backward(const std::vector<T>& x, const std::vector<T>& gradient) {
  std::vector<T> result(x.size(), T(0));
  for (std::size_t i = 0; i < x.size(); ++i) {
    T power = T(1);
    for (std::size_t k = 0; k < gradient.size(); ++k, power *= x[i])
      result[i] += gradient[k] * static_cast<T>(k + 1) * power;
  }
  return result;
}

std::vector<Complex> newton_girard(const std::vector<Complex>& p) {
  std::vector<Complex> e(p.size() + 1, 0.0);
  e[0] = 1.0;
  for (std::size_t k = 1; k <= p.size(); ++k) {
    for (std::size_t i = 1; i <= k; ++i) e[k] += (i % 2 == 1 ? 1.0 : -1.0) * e[k - i] * p[i - 1];
    e[k] /= static_cast<double>(k);
  }
  e.erase(e.begin());
  return e;
}

std::vector<Complex> members_from_power_sums(const std::vector<Complex>& p) {
  const Polynomial polynomial = with_power_sums(p);
  std::vector<Complex> z = starting_points(polynomial);
  for (int round = 0; round < kMostRounds; ++round)
    if (improve(polynomial, z) <= std::numeric_limits<double>::epsilon()) break;
  std::sort(z.begin(), z.end(), [](const Complex& a, const Complex& b) {
    return a.real() != b.real() ? a.real() < b.real() : a.imag() < b.imag();
  });
  return z;
}

template std::vector<float> power_sums(const std::vector<float>&, std::size_t);
template std::vector<double> power_sums(const std::vector<double>&, std::size_t);
template std::vector<Complex> power_sums(const std::vector<Complex>&, std::size_t);
template std::vector<float> power_sums_backward(const std::vector<float>&,
                                                const std::vector<float>&);
template std::vector<double> power_sums_backward(const std::vector<double>&,
                                                 const std::vector<double>&);

}  // namespace equicloud::sets
