// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/layers.h>
#include <equicloud/so3/rotate.h>
#include <gtest/gtest.h>

#include <cmath>

#include "so3/conversions.h"
#include "so3/sphere_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Coefficients;
using reference::Complex;
using reference::Function;

constexpr int kBandwidth = 5;
constexpr int kInputs = 2;
constexpr int kOutputs = 3;
constexpr ConvolutionShape kShape = {kBandwidth, kInputs, kOutputs};

std::vector<SpherePoint> sphere_grid() { return s2_near_identity_grid(0.9, 5, 2); }
std::vector<EulerAngles> rotation_grid() {
  return so3_near_identity_grid(0.7, 2 * reference::kPi, 3, 2, 4);
}

std::vector<float> random_values(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.uniform(-1.0, 1.0));
  return values;
}

std::vector<EulerAngles> some_rotations(int count) {
  Random random(31);
  std::vector<EulerAngles> R = {{}, {0.4, reference::kPi, -0.3}};
  for (int i = 0; i < count; ++i) R.push_back(random_rotation(random));
  return R;
}

// Real functions on SO(3), one after the other.
Coefficients random_functions(int bandwidth, int functions, std::uint64_t seed) {
  Coefficients all;
  for (int f = 0; f < functions; ++f) {
    const Coefficients one =
        reference::random_real_coefficients(bandwidth, seed + static_cast<std::uint64_t>(f));
    all.insert(all.end(), one.begin(), one.end());
  }
  return all;
}

Coefficients part(const Coefficients& all, std::size_t number, std::size_t size) {
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(number * size);
  return {first, first + static_cast<std::ptrdiff_t>(size)};
}

Coefficients applied(const Convolution& layer, const Coefficients& signals) {
  const auto in = rounded<std::complex<float>>(signals);
  std::vector<std::complex<float>> out(kOutputs * coefficient_count(kBandwidth));
  layer.apply(in, out);
  return widened(out);
}

/// The values of a layer's outputs at some rotations against `slow(output, R)`.
template <typename Slow>
double gap_to(const Coefficients& result, const Slow& slow) {
  Function fast, expected;
  for (std::size_t o = 0; o < kOutputs; ++o)
    for (const EulerAngles& R : some_rotations(5)) {
      fast.push_back(
          reference::inverse_at(kBandwidth, part(result, o, coefficient_count(kBandwidth)), R));
      expected.push_back(slow(o, R));
    }
  return reference::relative_gap(fast, expected);
}

TEST(S2Convolution, IsTheWeightedSumOfValuesAroundAPointAndTheBias) {
  const auto grid = sphere_grid();
  const auto values = random_values(kOutputs * kInputs * grid.size(), 1);
  const auto bias = random_values(kOutputs, 2);
  const Coefficients f = reference::random_sphere(kBandwidth, kInputs, true, 3);
  const S2Convolution layer(kShape, grid, values, bias);
  const auto direct_sum = [&](std::size_t o, const EulerAngles& R) {
    Complex sum = static_cast<double>(bias[o]);
    for (std::size_t k = 0; k < kInputs; ++k)
      for (std::size_t i = 0; i < grid.size(); ++i)
        sum += static_cast<double>(values[(o * kInputs + k) * grid.size() + i]) *
               reference::sphere_value(kBandwidth, f.data() + k * sphere::full_size(kBandwidth),
                                       rotate(R, reference::point({grid[i].theta, grid[i].phi})));
    return sum;
  };
  EXPECT_LE(gap_to(applied(layer, f), direct_sum), kPromised<float>);
}

TEST(SO3Convolution, IsTheWeightedSumOfValuesAroundARotationAndTheBias) {
  const auto grid = rotation_grid();
  const auto values = random_values(kOutputs * kInputs * grid.size(), 4);
  const auto bias = random_values(kOutputs, 5);
  const Coefficients f = random_functions(kBandwidth, kInputs, 6);
  const SO3Convolution layer(kShape, grid, values, bias);
  const auto direct_sum = [&](std::size_t o, const EulerAngles& R) {
    Complex sum = static_cast<double>(bias[o]);
    for (std::size_t k = 0; k < kInputs; ++k)
      for (std::size_t i = 0; i < grid.size(); ++i)
        sum += static_cast<double>(values[(o * kInputs + k) * grid.size() + i]) *
               reference::inverse_at(kBandwidth, part(f, k, coefficient_count(kBandwidth)),
                                     compose(R, grid[i]));
    return sum;
  };
  EXPECT_LE(gap_to(applied(layer, f), direct_sum), kPromised<float>);
}

// A kernel given by values and the same one given by its coefficients.
TEST(S2Convolution, TakesAKernelByItsCoefficientsToo) {
  const auto grid = s2_equatorial_grid(0.3, 8, 2);
  const auto values = random_values(kOutputs * kInputs * grid.size(), 7);
  const auto bias = random_values(kOutputs, 8);
  const auto masses = s2_unit_masses(kBandwidth, grid);
  const std::size_t size = sphere::full_size(kBandwidth);
  Coefficients kernels(kOutputs * kInputs * size);
  for (std::size_t pair = 0; pair < kOutputs * kInputs; ++pair)
    for (std::size_t i = 0; i < grid.size(); ++i)
      for (std::size_t c = 0; c < size; ++c)
        kernels[pair * size + c] +=
            static_cast<double>(values[pair * grid.size() + i]) * masses[i * size + c];
  const Coefficients f = reference::random_sphere(kBandwidth, kInputs, true, 9);
  EXPECT_LE(reference::relative_gap(
                applied(S2Convolution(kShape, rounded<std::complex<float>>(kernels), bias), f),
                applied(S2Convolution(kShape, grid, values, bias), f)),
            kPromised<float>);
}

void expect_equivariance(const Convolution& layer, Domain domain, const Coefficients& f) {
  for (const EulerAngles& Q : some_rotations(3)) {
    const CoefficientRotation<double> turn(kBandwidth, Q);
    Coefficients turned(f.size());
    turn.apply(domain, f, turned);
    const Coefficients result = applied(layer, f);
    Coefficients turned_result(result.size());
    turn.apply(Domain::rotations, result, turned_result);
    EXPECT_LE(reference::relative_gap(applied(layer, turned), turned_result), kPromised<float>);
  }
}
TEST(Convolution, TurningTheSignalTurnsTheResult) {
  const auto bias = random_values(kOutputs, 10);
  const auto at_points = random_values(kOutputs * kInputs * sphere_grid().size(), 11);
  expect_equivariance(S2Convolution(kShape, sphere_grid(), at_points, bias), Domain::sphere,
                      reference::random_sphere(kBandwidth, kInputs, true, 12));
  const auto at_rotations = random_values(kOutputs * kInputs * rotation_grid().size(), 13);
  expect_equivariance(SO3Convolution(kShape, rotation_grid(), at_rotations, bias),
                      Domain::rotations, random_functions(kBandwidth, kInputs, 14));
}

constexpr int kAfter = 3;  // bandwidth after ReLU

Coefficients rectified(const SO3ReLU& relu, const Coefficients& f) {
  const auto in = rounded<std::complex<float>>(f);
  std::vector<std::complex<float>> out(in.size() / coefficient_count(kBandwidth) *
                                       coefficient_count(kAfter));
  auto workspace = relu.workspace();
  relu.apply(in, out, workspace);
  return widened(out);
}

TEST(SO3ReLU, IsTheTransformOfThePositiveParts) {
  const Grid grid = gauss_legendre(kBandwidth + 1);
  const Coefficients f = reference::random_real_coefficients(kBandwidth, 15);
  Coefficients wide(coefficient_count(grid.bandwidth));
  std::copy(f.begin(), f.end(), wide.begin());
  Function values = reference::inverse(grid, wide);
  for (Complex& value : values) value = std::fmax(value.real(), 0.0);
  Coefficients expected = reference::forward(grid, values);
  expected.resize(coefficient_count(kAfter));
  EXPECT_LE(reference::relative_gap(rectified(SO3ReLU(kBandwidth, grid, kAfter), f), expected),
            kPromised<float>);
}

/// How far ReLU and a turn are from commuting, over the result's size: the mean over some turns.
double turning_error(int grid_bandwidth) {
  const SO3ReLU relu(kBandwidth, gauss_legendre(grid_bandwidth), kAfter);
  const Coefficients f = reference::random_real_coefficients(kBandwidth, 16);
  const Coefficients result = rectified(relu, f);
  double sum = 0.0;
  for (const EulerAngles& Q : some_rotations(4)) {
    Coefficients turned(f.size()), turned_result(result.size());
    CoefficientRotation<double>(kBandwidth, Q).apply(Domain::rotations, f, turned);
    CoefficientRotation<double>(kAfter, Q).apply(Domain::rotations, result, turned_result);
    sum += reference::relative_gap(rectified(relu, turned), turned_result);
  }
  return sum;
}
// ReLU's kink has degrees without end, falling slowly: a grid four times as fine leaves at most a
// third of what is folded back.
TEST(SO3ReLU, AFinerGridMakesItMoreEquivariant) {
  EXPECT_LT(3.0 * turning_error(4 * kBandwidth), turning_error(kBandwidth));
}

TEST(SO3ReLU, IntegratesToItsFirstCoefficient) {
  const SO3ReLU relu(kBandwidth, gauss_legendre(2 * kBandwidth), kAfter);
  const Coefficients f = random_functions(kBandwidth, 2, 17);
  const Coefficients result = rectified(relu, f);
  auto workspace = relu.workspace();
  std::vector<float> means(2), squares(2);
  relu.integrate(rounded<std::complex<float>>(f), means, squares, workspace);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(means[i], result[i * coefficient_count(kAfter)].real(), 1e-5F * means[i]);
    EXPECT_GT(squares[i], means[i] * means[i]);  // the variance of a function that is not constant
  }
}

TEST(SO3Integrate, IsTheMeanWhateverTheTurn) {
  const Grid grid = gauss_legendre(kBandwidth);
  const Coefficients f = reference::random_real_coefficients(kBandwidth, 18);
  for (const EulerAngles& Q : some_rotations(2)) {
    Coefficients turned(f.size());
    CoefficientRotation<double>(kBandwidth, Q).apply(Domain::rotations, f, turned);
    std::vector<float> mean(1);
    so3_integrate(grid, rounded<float>(reference::inverse(grid, turned)), mean);
    EXPECT_NEAR(mean[0], f[0].real(), 1e-5);  // float values of size about 20
  }
}

TEST(KernelGrid, NearIdentityTurnsTheAxisByBetaAndNothingElse) {
  for (const EulerAngles& Q : so3_near_identity_grid(0.8, 2 * reference::kPi, 6, 2, 1)) {
    const Matrix3 R = rotation_matrix(Q);
    EXPECT_TRUE(std::abs(Q.beta - 0.4) < 1e-12 || std::abs(Q.beta - 0.8) < 1e-12);
    EXPECT_NEAR(R[0] + R[4] + R[8], 1.0 + 2.0 * std::cos(Q.beta), 1e-12);  // its angle is beta
  }
}

TEST(KernelGrid, EquatorialRingsLieEvenlyAboutTheEquator) {
  const auto grid = s2_equatorial_grid(0.2, 4, 3);
  ASSERT_EQ(grid.size(), 12U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(grid[i].theta + grid[8 + i].theta, reference::kPi, 1e-12);
    EXPECT_NEAR(grid[4 + i].theta, reference::kPi / 2, 1e-12);
  }
  EXPECT_NEAR(s2_equatorial_grid(0.2, 4, 1)[0].theta, reference::kPi / 2, 1e-12);
}

TEST(KernelGrid, WhatMakesNoGridIsRefused) {
  EXPECT_THROW(s2_near_identity_grid(0.0, 4, 1), InvalidArgument);
  EXPECT_THROW(s2_near_identity_grid(0.5, 0, 1), InvalidArgument);
  EXPECT_THROW(s2_near_identity_grid(NAN, 4, 1), InvalidArgument);
  EXPECT_THROW(s2_equatorial_grid(2.0, 4, 1), InvalidArgument);
  EXPECT_THROW(so3_near_identity_grid(0.5, 7.0, 4, 1, 4), InvalidArgument);
  EXPECT_THROW(so3_near_identity_grid(0.5, 1.0, 4, 1, 0), InvalidArgument);
  EXPECT_THROW(s2_unit_masses(0, sphere_grid()), InvalidArgument);
}

TEST(Layers, WhatDoesNotFitIsRefused) {
  const auto grid = sphere_grid();
  const auto values = random_values(kOutputs * kInputs * grid.size(), 19);
  const auto bias = random_values(kOutputs, 20);
  EXPECT_THROW(S2Convolution(kShape, grid, bias, bias), InvalidArgument);
  EXPECT_THROW(S2Convolution(kShape, grid, values, values), InvalidArgument);
  EXPECT_THROW(S2Convolution({0, kInputs, kOutputs}, grid, values, bias), InvalidArgument);
  EXPECT_THROW(S2Convolution({kBandwidth, -1, kOutputs}, grid, values, bias), InvalidArgument);
  EXPECT_THROW(SO3ReLU(4, gauss_legendre(3), 2), InvalidArgument);
  EXPECT_THROW(SO3ReLU(2, gauss_legendre(3), 0), InvalidArgument);
  const SO3ReLU relu(2, gauss_legendre(3), 2);
  auto workspace = relu.workspace();
  const std::vector<std::complex<float>> f(coefficient_count(2));
  std::vector<std::complex<float>> out(coefficient_count(2) - 1);
  EXPECT_THROW(relu.apply(f, out, workspace), InvalidArgument);
  std::vector<float> mean(2);
  EXPECT_THROW(so3_integrate(gauss_legendre(2), mean, mean), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::so3
