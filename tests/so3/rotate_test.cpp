// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/rotate.h>
#include <equicloud/so3/transform.h>
#include <gtest/gtest.h>

#include "so3/conversions.h"
#include "so3/sphere_reference.h"

namespace equicloud::so3 {
namespace {

using reference::Coefficients;
using reference::Complex;
using reference::Function;

constexpr int kBandwidth = 6;

template <typename T>
Coefficients rotated(Domain domain, int bandwidth, const EulerAngles& R, const Coefficients& fhat) {
  const auto in = rounded<std::complex<T>>(fhat);
  std::vector<std::complex<T>> out(in.size());
  CoefficientRotation<T>(bandwidth, R).apply(domain, in, out);
  return widened(out);
}

// The rotations of the laws: none, poles, a quarter turn, random ones.
std::vector<EulerAngles> rotations() {
  Random random(41);
  std::vector<EulerAngles> R = {
      {}, {0.3, 0.0, 0.4}, {0.3, reference::kPi, 0.4}, {0.0, reference::kPi / 2, 0.0}};
  for (int i = 0; i < 4; ++i) R.push_back(random_rotation(random));
  return R;
}

template <typename T>
void expect_rotated_on_sphere() {
  const Coefficients fhat = reference::random_sphere(kBandwidth, 3, false, 1);
  const std::size_t size = sphere::full_size(kBandwidth);
  for (const EulerAngles& R : rotations()) {
    const Coefficients turned = rotated<T>(Domain::sphere, kBandwidth, R, fhat);
    for (std::size_t f = 0; f < 3; ++f) {
      Function fast;
      Function slow;
      reference::for_points(sphere::gauss_legendre(3), [&](const reference::Point& x, double) {
        fast.push_back(reference::sphere_value(kBandwidth, turned.data() + f * size, x));
        slow.push_back(
            reference::sphere_value(kBandwidth, fhat.data() + f * size, rotate(inverse(R), x)));
      });
      EXPECT_LE(reference::relative_gap(fast, slow), kPromised<T>);
    }
  }
}
TEST(Conventions, S2_rotate_coefficients) {
  expect_rotated_on_sphere<double>();
  expect_rotated_on_sphere<float>();
}

template <typename T>
void expect_left_translation() {
  const Grid grid = soft(4);
  const Coefficients fhat = reference::random_coefficients(4, 2);
  for (const EulerAngles& R : rotations()) {
    const Function slow = reference::sampled(grid, [&](const EulerAngles& Q) {
      return reference::inverse_at(4, fhat, compose(inverse(R), Q));
    });
    const Coefficients turned = rotated<T>(Domain::rotations, 4, R, fhat);
    EXPECT_LE(reference::relative_gap(reference::inverse(grid, turned), slow), kPromised<T>);
  }
}
TEST(Conventions, SO3_left_translation) {
  expect_left_translation<double>();
  expect_left_translation<float>();
}

// Rotating the samples and transforming is transforming and applying D(R); the samples of the
// rotated function are those of a band-limited f at R^-1 Q.
TEST(SO3Transform, IsEquivariantUnderRandomRotations) {
  constexpr double kEquivariance = 1e-12;
  const Grid grid = soft(8);
  const SO3Transform<double> transform(grid);
  auto workspace = transform.workspace();
  const Coefficients fhat = reference::random_real_coefficients(8, 3);
  Random random(42);
  for (int i = 0; i < 3; ++i) {
    const EulerAngles R = random_rotation(random);
    const std::vector<double> f =
        rounded<double>(reference::sampled(grid, [&](const EulerAngles& Q) {
          return reference::inverse_at(8, fhat, compose(inverse(R), Q));
        }));
    Coefficients of_rotated(fhat.size());
    transform.analysis(f, of_rotated, workspace);
    EXPECT_LE(reference::relative_gap(of_rotated, rotated<double>(Domain::rotations, 8, R, fhat)),
              kEquivariance);
  }
}

TEST(CoefficientRotation, OneAfterTheOtherIsTheProduct) {
  const EulerAngles R = {0.4, 1.0, -2.0};
  const EulerAngles Q = {1.4, 2.0, 0.3};
  for (const int b : {1, 2, 64}) {
    const Coefficients fhat = reference::random_sphere(b, 1, true, 5);
    const Coefficients twice =
        rotated<double>(Domain::sphere, b, R, rotated<double>(Domain::sphere, b, Q, fhat));
    EXPECT_LE(
        reference::relative_gap(twice, rotated<double>(Domain::sphere, b, compose(R, Q), fhat)),
        kPromised<double>);
  }
}

TEST(CoefficientRotation, SizesThatDoNotFitAreRefused) {
  const CoefficientRotation<double> rotation(3, {});
  Coefficients nine(9);
  Coefficients ten(10);
  EXPECT_THROW(rotation.apply(Domain::sphere, ten, ten), InvalidArgument);
  EXPECT_THROW(rotation.apply(Domain::sphere, nine, ten), InvalidArgument);
  EXPECT_THROW(CoefficientRotation<double>(0, {}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::so3
