// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/correlation.h>
#include <equicloud/so3/rotate.h>
#include <equicloud/so3/transform.h>
#include <gtest/gtest.h>

#include <cmath>

#include "so3/conversions.h"
#include "so3/sphere_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Coefficients;
using reference::Complex;
using reference::Function;
using reference::Point;

constexpr int kBandwidth = 5;
constexpr int kInputs = 3;
constexpr int kOutputs = 2;

template <typename T>
Coefficients correlated(const CorrelationShape& shape, const Coefficients& filters,
                        const Coefficients& signals, const Executor& executor = serial_executor()) {
  const Correlation<T> correlation(shape, rounded<std::complex<T>>(filters));
  const auto in = rounded<std::complex<T>>(signals);
  const std::size_t signal =
      static_cast<std::size_t>(shape.inputs) * coefficients_below(shape.domain, shape.bandwidth);
  std::vector<std::complex<T>> out(in.size() / signal * static_cast<std::size_t>(shape.outputs) *
                                   coefficient_count(shape.bandwidth));
  correlation.apply(in, out, executor);
  return widened(out);
}

// The functions of all filters, psi_ok at o * inputs + k, and of one signal, on the sphere.
struct SphereCase {
  CorrelationShape shape{kBandwidth, kInputs, kOutputs, Domain::sphere};
  Coefficients psi;
  Coefficients f;
  explicit SphereCase(bool real)
      : psi(reference::random_sphere(kBandwidth, kInputs * kOutputs, real, 1)),
        f(reference::random_sphere(kBandwidth, kInputs, real, 2)) {}

  Complex psi_at(std::size_t number, const Point& x) const {
    return reference::sphere_value(kBandwidth, psi.data() + number * kBandwidth * kBandwidth, x);
  }
  Complex f_at(std::size_t number, const Point& x) const {
    return reference::sphere_value(kBandwidth, f.data() + number * kBandwidth * kBandwidth, x);
  }
};

// int sum_k change(psi_k(R^-1 x)) f_k(x) dx / 4 pi by quadrature, for filter o.
template <typename Change>
Complex integral(const SphereCase& c, std::size_t o, const EulerAngles& R, const Change& change) {
  static const sphere::Grid grid = sphere::gauss_legendre(kBandwidth);
  Complex sum = 0.0;
  reference::for_points(grid, [&](const Point& x, double weight) {
    for (std::size_t k = 0; k < kInputs; ++k)
      sum += weight * change(c.psi_at(o * kInputs + k, rotate(inverse(R), x))) * c.f_at(k, x);
  });
  return sum;
}

std::vector<EulerAngles> some_rotations() {
  Random random(51);
  std::vector<EulerAngles> R = {{}, {0.2, reference::kPi, 0.9}};
  for (int i = 0; i < 6; ++i) R.push_back(random_rotation(random));
  return R;
}

// The values of result `o` at some rotations against the integral.
template <typename Change>
double gap_to_integral(const SphereCase& c, const Coefficients& result, const Change& change) {
  const std::size_t size = coefficient_count(kBandwidth);
  Function fast;
  Function slow;
  for (std::size_t o = 0; o < kOutputs; ++o) {
    const auto first = result.begin() + static_cast<std::ptrdiff_t>(o * size);
    const Coefficients block(first, first + static_cast<std::ptrdiff_t>(size));
    for (const EulerAngles& R : some_rotations()) {
      fast.push_back(reference::inverse_at(kBandwidth, block, R));
      slow.push_back(integral(c, o, R, change));
    }
  }
  return reference::relative_gap(fast, slow);
}

TEST(Conventions, S2_correlation_is_fhat_psihat_dagger) {
  const SphereCase c(true);
  const auto as_it_is = [](Complex psi) { return psi; };
  EXPECT_LE(gap_to_integral(c, correlated<double>(c.shape, c.psi, c.f), as_it_is),
            kPromised<double>);
  EXPECT_LE(gap_to_integral(c, correlated<float>(c.shape, c.psi, c.f), as_it_is), kPromised<float>);
}

TEST(Conventions, S2_correlation_complex_needs_conj_psi) {
  const SphereCase c(false);
  const auto conjugate = [](Complex psi) { return std::conj(psi); };
  EXPECT_LE(gap_to_integral(c, correlated<double>(c.shape, c.psi, c.f), conjugate),
            kPromised<double>);
  EXPECT_LE(gap_to_integral(c, correlated<float>(c.shape, c.psi, c.f), conjugate),
            kPromised<float>);
}

// With a_lm = sqrt(4 pi (2l+1)) fhat^l_m and the surface measure, 4 pi times ours, the block is
// a_f a_psi^dagger / (2l+1).
TEST(Conventions, S2_correlation_orthonormal_factor) {
  const SphereCase c(true);
  const Coefficients ours = correlated<double>(c.shape, c.psi, c.f);
  const auto a = [](const Coefficients& fhat, std::size_t function, int l, int m) {
    return std::sqrt(4.0 * reference::kPi * (2 * l + 1)) *
           fhat[function * sphere::full_size(kBandwidth) + sphere::full_index(l, m)];
  };
  Coefficients with_a(ours.size());
  Coefficients surface(ours.size());
  for (std::size_t o = 0; o < kOutputs; ++o)
    reference::for_coefficients(kBandwidth, [&](int l, int m, int n) {
      const std::size_t at = o * coefficient_count(kBandwidth) + coefficient_index(l, m, n);
      for (std::size_t k = 0; k < kInputs; ++k)
        with_a[at] += a(c.f, k, l, m) * std::conj(a(c.psi, o * kInputs + k, l, n)) / (2.0 * l + 1);
      surface[at] = 4.0 * reference::kPi * ours[at];
    });
  EXPECT_LE(reference::relative_gap(with_a, surface), kPromised<double>);
}

// Coefficients against conj(D), as with the other sign in D, are conj(fhat psihat^dagger).
TEST(Conventions, S2_correlation_with_other_D_is_conjugate) {
  const SphereCase c(true);
  const Grid grid = gauss_legendre(kBandwidth);
  const Coefficients ours = correlated<double>(c.shape, c.psi, c.f);
  const Coefficients first(
      ours.begin(), ours.begin() + static_cast<std::ptrdiff_t>(coefficient_count(kBandwidth)));
  const Function values = reference::inverse(grid, first);
  Coefficients other(first.size());
  reference::for_samples(grid, [&](const EulerAngles& R, std::size_t number, double weight) {
    const Coefficients D_R = reference::D_everywhere(kBandwidth, R);
    for (std::size_t i = 0; i < other.size(); ++i)
      other[i] += weight * values[number] * D_R[i];  // conj of the other D, e^{-i m alpha}
  });
  for (Complex& value : other) value = std::conj(value);
  EXPECT_LE(reference::relative_gap(other, first), kPromised<double>);
}

template <typename T>
void expect_SO3_correlation() {
  constexpr int kB = 3;
  const CorrelationShape shape = {kB, 2, 2, Domain::rotations};
  const std::size_t size = coefficient_count(kB);
  Coefficients psi;
  Coefficients f;
  for (std::uint64_t i = 0; i < 4; ++i) {
    const Coefficients one = reference::random_coefficients(kB, 60 + i);
    psi.insert(psi.end(), one.begin(), one.end());
    if (i < 2) f.insert(f.end(), one.rbegin(), one.rend());
  }
  const auto function = [&](const Coefficients& all, std::size_t number) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(number * size);
    return Coefficients(first, first + static_cast<std::ptrdiff_t>(size));
  };
  const Coefficients result = correlated<T>(shape, psi, f);
  const Grid grid = gauss_legendre(kB);
  Function fast;
  Function slow;
  for (std::size_t o = 0; o < 2; ++o)
    for (const EulerAngles& R : some_rotations()) {
      fast.push_back(reference::inverse_at(kB, function(result, o), R));
      Complex sum = 0.0;
      reference::for_samples(grid, [&](const EulerAngles& Q, std::size_t, double weight) {
        for (std::size_t k = 0; k < 2; ++k)
          sum += weight *
                 std::conj(
                     reference::inverse_at(kB, function(psi, 2 * o + k), compose(inverse(R), Q))) *
                 reference::inverse_at(kB, function(f, k), Q);
      });
      slow.push_back(sum);
    }
  EXPECT_LE(reference::relative_gap(fast, slow), kPromised<T>);
}
TEST(Conventions, SO3_correlation_is_fhat_psihat_dagger) {
  expect_SO3_correlation<double>();
  expect_SO3_correlation<float>();
}

// [psi * L_Q f](R) = [psi * f](Q^-1 R), on the sphere and on SO(3).
TEST(Conventions, S2_correlation_equivariance) {
  Random random(71);
  for (const Domain domain : {Domain::sphere, Domain::rotations})
    for (int i = 0; i < 3; ++i) {
      const CorrelationShape shape = {16, 1, 2, domain};
      const bool sphere = domain == Domain::sphere;
      Coefficients psi = sphere ? reference::random_sphere(16, 2, true, 7)
                                : reference::random_real_coefficients(16, 7);
      if (!sphere) psi.insert(psi.end(), psi.rbegin(), psi.rend());
      const Coefficients f = sphere ? reference::random_sphere(16, 1, true, 8)
                                    : reference::random_real_coefficients(16, 8);
      const CoefficientRotation<double> Q(16, random_rotation(random));
      Coefficients turned_f(f.size());
      Q.apply(domain, f, turned_f);
      const Coefficients result = correlated<double>(shape, psi, f);
      Coefficients turned_result(result.size());
      Q.apply(Domain::rotations, result, turned_result);
      EXPECT_LE(reference::relative_gap(correlated<double>(shape, psi, turned_f), turned_result),
                kPromised<double>);
    }
}

// psi = exp(k1 x.u), f = exp(k2 x.v): [psi * f](R) = sinh(q)/q, q = |k1 R u + k2 v|, since the
// integrand is exp(x.(k1 R u + k2 v)), whose mean over the sphere is sinh(q)/q.
template <typename T>
void expect_closed_form(fft::Backend backend) {
  constexpr int kB = 16;  // i_l(0.9) falls below 1e-17 at l = 13
  constexpr double k1 = 0.9;
  constexpr double k2 = 0.7;
  const reference::Direction u = {1.1, 0.4};
  const reference::Direction v = {2.3, -1.7};
  const Coefficients result =
      correlated<T>({kB, 1, 1, Domain::sphere}, reference::exponential_on_sphere(kB, k1, u),
                    reference::exponential_on_sphere(kB, k2, v));
  TransformOptions options;
  options.dft.backend = backend;
  const SO3Transform<T> transform(soft(kB), options);
  std::vector<T> values(transform.samples());
  auto workspace = transform.workspace();
  transform.synthesis(rounded<std::complex<T>>(result), values, workspace);
  const Function expected = reference::sampled(transform.grid(), [&](const EulerAngles& R) {
    const Point Ru = rotate(R, reference::point(u));
    const Point at = reference::point(v);
    const double q =
        std::hypot(k1 * Ru[0] + k2 * at[0], k1 * Ru[1] + k2 * at[1], k1 * Ru[2] + k2 * at[2]);
    return std::sinh(q) / q;
  });
  EXPECT_LE(reference::relative_gap(values, expected), kPromised<T>);
}
TEST(Conventions, golden_S2_correlation_closed_form) {
  for (const fft::Backend backend : fft::backends()) {
    expect_closed_form<double>(backend);
    expect_closed_form<float>(backend);
  }
}

TEST(CorrelationThreads, TwoGiveTheBitsOfOneAndABatchThoseOfItsParts) {
  const CorrelationShape shape = {9, 3, 5, Domain::rotations};
  Coefficients filters;
  Coefficients signals;
  for (std::uint64_t i = 0; i < 15; ++i) {
    const Coefficients one = reference::random_coefficients(9, 80 + i);
    filters.insert(filters.end(), one.begin(), one.end());
    if (i < 6) signals.insert(signals.end(), one.begin(), one.end());  // a batch of two
  }
  const ThreadPool two(2);
  const Coefficients together = correlated<float>(shape, filters, signals);
  EXPECT_EQ(together, correlated<float>(shape, filters, signals, two));
  const Coefficients second(signals.begin() + static_cast<std::ptrdiff_t>(signals.size() / 2),
                            signals.end());
  const Coefficients alone = correlated<float>(shape, filters, second);
  EXPECT_TRUE(std::equal(alone.begin(), alone.end(),
                         together.begin() + static_cast<std::ptrdiff_t>(alone.size())));
}

TEST(Correlation, WithScratchGivesTheSameBits) {
  const SphereCase c(true);
  const Correlation<double> correlation(c.shape, c.psi);
  Coefficients result(kOutputs * coefficient_count(kBandwidth));
  std::vector<double> scratch(correlation.scratch_size());
  correlation.apply(c.f, result, Span<double>(scratch));
  EXPECT_EQ(result, correlated<double>(c.shape, c.psi, c.f));
  scratch.pop_back();
  EXPECT_THROW(correlation.apply(c.f, result, Span<double>(scratch)), InvalidArgument);
}

TEST(Correlation, WhatDoesNotFitIsRefused) {
  const std::vector<Complex> nine(9);
  std::vector<Complex> result(coefficient_count(3));
  EXPECT_THROW(Correlation<double>({3, 2, 1, Domain::sphere}, nine), InvalidArgument);
  EXPECT_THROW(Correlation<double>({3, 0, 1, Domain::sphere}, nine), InvalidArgument);
  const Correlation<double> correlation({3, 1, 1, Domain::sphere}, nine);
  EXPECT_THROW(correlation.apply(Span<const Complex>(nine.data(), 8), result), InvalidArgument);
  result.pop_back();
  EXPECT_THROW(correlation.apply(nine, result), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::so3
