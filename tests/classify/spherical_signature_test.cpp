// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/spherical_signature.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/sphere/index.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "laws/clouds.h"

namespace equicloud::classify {
namespace {

// Of numbers whose squares sum to 1, in float: a few roundings of 6e-8.
constexpr double kRounding = 1e-6;
// A moved cloud's coordinates are rounded by 2^-24 of their size, its normals by a few 1e-6.
constexpr double kMotionTolerance = 1e-4;

std::vector<float> random_features(std::uint64_t seed) {
  Random random(seed);
  std::vector<float> features(kSphericalChannels * kSphericalSize);
  for (float& value : features) value = static_cast<float>(random.normal());
  for (std::size_t c = kAxisChannel; c < kSphericalChannels; ++c)
    for (int l = 1; l < kSphericalBandwidth; l += 2)
      for (int m = -l; m <= l; ++m) features[c * kSphericalSize + sphere::full_index(l, m)] = 0.0F;
  return features;
}

// A closed surface with bumps, no two directions alike.
laws::Cloud bumpy(int n, std::uint64_t seed) {
  Random random(seed);
  laws::Cloud cloud;
  for (int i = 0; i < n; ++i) {
    const double z = random.uniform(-1.0, 1.0);
    const double a = random.uniform(0.0, 6.283185307179586);
    const double r = 1.0 + 0.3 * std::sin(3 * a) * z + 0.2 * z * z;
    const double flat = std::sqrt(1.0 - z * z);
    laws::add_point(cloud, r * flat * std::cos(a), 0.7 * r * flat * std::sin(a), r * z);
  }
  return cloud;
}

PointsView view(const laws::Cloud& cloud) { return PointsView(Span<const float>(cloud)); }

Signature signature(const laws::Cloud& cloud) {
  Signature values{};
  EXPECT_EQ(SignatureExtractor().extract(view(cloud), values), ShapeStatus::ok);
  return values;
}

double distance(const Signature& a, const Signature& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::pow(double{a[i]} - double{b[i]}, 2);
  return std::sqrt(sum);
}

// The header's formulas, one number at a time.
TEST(SphericalSignature, IsItsFormulas) {
  const std::vector<float> x = random_features(1);
  const auto sum = [&](std::size_t i, std::size_t k, int l) {
    double product = 0.0;
    for (int m = -l; m <= l; ++m)
      product +=
          double{x[i * 64 + sphere::full_index(l, m)]} * x[k * 64 + sphere::full_index(l, m)];
    return (2 * l + 1) * product;
  };
  const auto A = [&](std::size_t c, int l) { return std::sqrt(sum(c, c, l)); };
  std::vector<double> expected;
  for (std::size_t c = 0; c < 24; ++c)
    for (int l = 0; l < 8; ++l) expected.push_back(A(c, l));
  for (std::size_t c = 24; c < 28; ++c)
    for (const int l : {0, 2, 4, 6}) expected.push_back(A(c, l));
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t k = i + 1; k < 8; ++k)
      for (int l = 0; l < 8; ++l) expected.push_back(sum(i, k, l) / (A(i, l) + A(k, l)));
  ASSERT_EQ(expected.size(), kSignatureSize);
  double squares = 0.0;
  for (const double value : expected) squares += value * value;
  const Signature got = signature_of(x);
  for (std::size_t i = 0; i < got.size(); ++i)
    EXPECT_NEAR(got[i], expected[i] / std::sqrt(squares), kRounding) << i;
}

TEST(SphericalSignature, DoesNotSeeHowTheCoefficientsAreTurned) {
  const std::vector<float> x = random_features(2);
  const auto turn =
      so3::real_wigner_D_blocks(kSphericalBandwidth, so3::EulerAngles{0.3, 1.1, -2.0});
  std::vector<float> turned(x.size());
  for (std::size_t c = 0; c < kSphericalChannels; ++c)
    for (int l = 0; l < kSphericalBandwidth; ++l)
      for (int m = -l; m <= l; ++m) {
        double sum = 0.0;
        for (int n = -l; n <= l; ++n)
          sum += turn[so3::coefficient_index(l, m, n)] *
                 x[c * kSphericalSize + sphere::full_index(l, n)];
        turned[c * kSphericalSize + sphere::full_index(l, m)] = static_cast<float>(sum);
      }
  EXPECT_LT(distance(signature_of(turned), signature_of(x)), kRounding);
}

TEST(SphericalSignature, MotionsScalesAndMirrorsChangeRoundingOnly) {
  Random random(3);
  const laws::Cloud cloud = bumpy(1000, 4);
  const Signature before = signature(cloud);
  for (int i = 0; i < 5; ++i) {
    laws::Cloud moved = laws::moved(cloud, laws::random_motion(random, 3.0));
    EXPECT_LT(distance(signature(moved), before), kMotionTolerance);
    for (float& x : moved) x *= -0.037F;
    EXPECT_LT(distance(signature(moved), before), kMotionTolerance);
  }
  EXPECT_GT(distance(signature(laws::sheet_with_outliers(1000, 5)), before), 0.1);
}

TEST(SphericalSignature, OrderAndCopiesDoNotShowInABit) {
  Random random(6);
  const laws::Cloud cloud = bumpy(1500, 7);
  laws::Cloud other = laws::permuted(cloud, laws::random_permutation(1500, random));
  other.insert(other.end(), cloud.begin(), cloud.begin() + 600);
  laws::add_point(other, std::nan(""), 0.0, 0.0);
  EXPECT_EQ(signature(other), signature(cloud));
}

TEST(SphericalSignature, WhatHasNoneIsSaid) {
  Signature untouched{};
  SignatureExtractor extractor;
  EXPECT_EQ(extractor.extract(PointsView(), untouched), ShapeStatus::empty);
  EXPECT_EQ(extractor.extract(view(bumpy(63, 8)), untouched), ShapeStatus::too_few_points);
  EXPECT_EQ(extractor.extract(view(laws::line(200)), untouched), ShapeStatus::line);
  EXPECT_EQ(untouched, Signature{});
  EXPECT_EQ(extractor.extract(view(laws::flat_plane(200, 9)), untouched), ShapeStatus::flat);
  EXPECT_NE(untouched, Signature{});
  EXPECT_THROW(signature_of(std::vector<float>(10)), InvalidArgument);
  EXPECT_EQ(signature_of(std::vector<float>(kSphericalChannels * kSphericalSize)), Signature{});
}

}  // namespace
}  // namespace equicloud::classify
