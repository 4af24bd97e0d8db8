// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/scattered.h>
#include <gtest/gtest.h>

#include "sphere/reference.h"

namespace equicloud::sphere {
namespace {

using reference::Complex;
using reference::Vector;

constexpr int kBandwidth = 9;

// Sums run in double; in float the arguments and the results are rounded once each, and a direction
// rounded to 6e-8 moves a harmonic of degree 8 by 8 times that.
template <typename T>
constexpr double kTolerance = sizeof(T) == 8 ? 1e-13 : 5e-6;

template <typename T>
using Coefficients = std::vector<std::complex<T>>;

template <typename To, typename From>
std::vector<To> as(const std::vector<From>& from) {
  return std::vector<To>(from.begin(), from.end());
}

std::vector<double> directions(const std::vector<reference::Angles>& angles) {
  std::vector<double> xyz;
  for (const auto& [theta, phi] : angles) {
    const double length = 1 + phi;  // must not matter
    xyz.insert(xyz.end(), {length * std::sin(theta) * std::cos(phi),
                           length * std::sin(theta) * std::sin(phi), length * std::cos(theta)});
  }
  return xyz;
}

Vector slow_values(int b, const Vector& c, const std::vector<reference::Angles>& angles) {
  Vector values;
  for (const auto& [theta, phi] : angles) {
    Complex sum;
    reference::each_coefficient(b, [&, t = theta, p = phi](int l, int m, std::size_t at) {
      sum += (2.0 * l + 1) * c[at] * reference::Z(l, m, t, p);
    });
    values.push_back(sum);
  }
  return values;
}

template <typename T>
void expect_definition() {
  const auto angles = reference::some_angles();
  const std::vector<T> xyz = as<T>(directions(angles));
  const Vector c = reference::random_coefficients(kBandwidth, 1);
  Coefficients<T> values(angles.size());
  synthesis_at<T>(kBandwidth, as<std::complex<T>>(c), xyz, Span<std::complex<T>>(values));
  EXPECT_LE(reference::relative_error(values, slow_values(kBandwidth, c, angles)), kTolerance<T>);

  const Vector half = reference::random_half(kBandwidth, 2);
  std::vector<T> real(angles.size());
  synthesis_at<T>(kBandwidth, as<std::complex<T>>(half), xyz, Span<T>(real));
  const Vector slow = slow_values(kBandwidth, full_from_half<double>(kBandwidth, half), angles);
  EXPECT_LE(reference::relative_error(real, slow), kTolerance<T>);
}

TEST(Scattered, SynthesisFollowsTheDefinition) {
  expect_definition<float>();
  expect_definition<double>();
}

TEST(Scattered, OrthonormalCoefficientsGiveTheSameValues) {
  const std::vector<double> xyz = directions(reference::some_angles());
  Vector c = reference::random_coefficients(kBandwidth, 3);
  Vector group(xyz.size() / 3);
  Vector orthonormal(group.size());
  synthesis_at<double>(kBandwidth, c, xyz, Span<Complex>(group));
  renormalise<double>(kBandwidth, c, Normalisation::group, Normalisation::orthonormal);
  synthesis_at<double>(kBandwidth, c, xyz, Span<Complex>(orthonormal), Normalisation::orthonormal);
  EXPECT_LE(reference::relative_error(orthonormal, group), kTolerance<double>);
}

TEST(Scattered, AnalysisIsAdjointToSynthesis) {
  const std::vector<double> xyz = directions(reference::some_angles());
  const std::size_t n = xyz.size() / 3;
  const Vector c = reference::random_coefficients(kBandwidth, 4);
  Random random(5);
  Vector f(n);
  std::vector<double> w(n);
  for (std::size_t i = 0; i < n; ++i) {
    f[i] = {random.uniform(-1, 1), random.uniform(-1, 1)};
    w[i] = random.uniform();
  }
  Vector s(n);
  Vector g(c.size());
  synthesis_at<double>(kBandwidth, c, xyz, Span<Complex>(s));
  analysis_at<double>(kBandwidth, Span<const Complex>(f), w, xyz, g);
  Complex left;
  Complex right;
  for (std::size_t i = 0; i < n; ++i) left += w[i] * std::conj(s[i]) * f[i];
  reference::each_coefficient(kBandwidth, [&](int l, int, std::size_t at) {
    right += (2.0 * l + 1) * std::conj(c[at]) * g[at];
  });
  EXPECT_LE(std::abs(left - right), kTolerance<double> * std::abs(left));
}

// The measure of a grid: its quadrature is the transform.
template <typename T>
void expect_analysis_of_grid() {
  const Grid grid = gauss_legendre(kBandwidth);
  std::vector<reference::Angles> angles;
  std::vector<T> weights;
  for (std::size_t j = 0; j < grid.rings(); ++j)
    for (int k = 0; k < grid.columns; ++k) {
      angles.push_back({grid.theta[j], 2 * reference::kPi * k / grid.columns});
      weights.push_back(static_cast<T>(grid.sample_weight(j)));
    }
  const std::vector<T> xyz = as<T>(directions(angles));
  const Vector c = reference::random_coefficients(kBandwidth, 6);
  const auto values = as<std::complex<T>>(reference::synthesis(grid, c));
  Coefficients<T> found(c.size());
  analysis_at<T>(kBandwidth, Span<const std::complex<T>>(values), weights, xyz, found);
  EXPECT_LE(reference::relative_error(found, c), 20 * kTolerance<T>);  // values are ~ 20

  const Vector half = reference::random_half(kBandwidth, 7);
  std::vector<T> real(angles.size());
  Coefficients<T> half_found(half.size());
  synthesis_at<T>(kBandwidth, as<std::complex<T>>(half), xyz, Span<T>(real));
  analysis_at<T>(kBandwidth, Span<const T>(real), weights, xyz, half_found);
  EXPECT_LE(reference::relative_error(half_found, half), 20 * kTolerance<T>);
}

TEST(Scattered, AnalysisOfAGridsPointsIsItsTransform) {
  expect_analysis_of_grid<float>();
  expect_analysis_of_grid<double>();
}

TEST(Scattered, NoWeightsMeanTheMean) {
  const std::vector<double> xyz = directions(reference::some_angles());
  const std::vector<double> f(xyz.size() / 3, 2.5);
  Vector c(half_size(3));
  analysis_at<double>(3, Span<const double>(f), {}, xyz, c);
  EXPECT_NEAR(c[0].real(), 2.5, kTolerance<double>);
}

TEST(Scattered, SameBitsForAnyNumberOfThreads) {
  Random random(8);
  std::vector<double> xyz(3 * 500);
  for (double& each : xyz) each = random.normal();
  const Vector c = reference::random_half(kBandwidth, 9);
  const ThreadPool pool(4);
  std::vector<double> one(500);
  std::vector<double> four(500);
  synthesis_at<double>(kBandwidth, c, xyz, Span<double>(one));
  synthesis_at<double>(kBandwidth, c, xyz, Span<double>(four), Normalisation::group, pool);
  EXPECT_EQ(one, four);
  Vector c_one(c.size());
  Vector c_four(c.size());
  analysis_at<double>(kBandwidth, Span<const double>(one), {}, xyz, c_one);
  analysis_at<double>(kBandwidth, Span<const double>(one), {}, xyz, c_four, Normalisation::group,
                      pool);
  EXPECT_EQ(c_one, c_four);
}

TEST(Scattered, WhatDoesNotFitIsRefused) {
  const Vector c(full_size(2));
  Vector values(1);
  const std::vector<double> zero(3);
  EXPECT_THROW(synthesis_at<double>(2, c, zero, Span<Complex>(values)), InvalidArgument);
  const std::vector<double> infinite{1, INFINITY, 0};
  EXPECT_THROW(synthesis_at<double>(2, c, infinite, Span<Complex>(values)), InvalidArgument);
  const std::vector<double> up{0, 0, 1};
  EXPECT_THROW(synthesis_at<double>(3, c, up, Span<Complex>(values)), InvalidArgument);
  const std::vector<double> short_of_one{0, 0};
  EXPECT_THROW(synthesis_at<double>(2, c, short_of_one, Span<Complex>(values)), InvalidArgument);
  EXPECT_THROW(synthesis_at<double>(0, {}, up, Span<Complex>(values)), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::sphere
