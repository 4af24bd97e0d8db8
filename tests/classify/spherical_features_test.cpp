// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/classify/spherical_features.h>
#include <equicloud/so3/real_representation.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/harmonics.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace equicloud::classify {
namespace {

// Relative to the channel's largest coefficient: sums of some 300 numbers in float.
constexpr double kTolerance = 1e-5;

struct Cloud {
  std::vector<float> xyz, axis, flatness;

  SphericalPoints points() const { return {xyz, axis, flatness}; }
  std::size_t size() const { return flatness.size(); }
};

// Radii from 0 to 1.6, more than two blocks of points and no multiple of one.
Cloud random_cloud(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Cloud cloud;
  for (std::size_t i = 0; i < n; ++i) {
    std::array<double, 3> axis{};
    for (double& a : axis) a = random.uniform(-1.0, 1.0);
    const double length = std::hypot(axis[0], axis[1], axis[2]);
    for (const double a : axis) {
      cloud.axis.push_back(static_cast<float>(a / length));
      cloud.xyz.push_back(static_cast<float>(random.uniform(-0.9, 0.9)));
    }
    cloud.flatness.push_back(static_cast<float>(random.uniform(0.0, 1.0 / 3)));
  }
  return cloud;
}

using Features = std::vector<double>;

Features extract(const SphericalPoints& points) {
  SphericalFeatures features;
  const Span<const float> got = features.extract(points);
  return Features(got.begin(), got.end());
}

std::vector<double> harmonics(const float* x, double length) {
  std::vector<double> S(kSphericalSize);
  sphere::real_harmonics(kSphericalBandwidth, std::acos(std::clamp(x[2] / length, -1.0, 1.0)),
                         std::atan2(x[1], x[0]), Span<double>(S));
  return S;
}

// The formulas of the header, point by point, in double.
Features slow_features(const Cloud& cloud) {
  Features c(kSphericalChannels * kSphericalSize);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const float* p = cloud.xyz.data() + 3 * i;
    const float* a = cloud.axis.data() + 3 * i;
    const double r = std::hypot(p[0], p[1], p[2]);
    if (r > 2) continue;
    const std::vector<double> of_ray = harmonics(p, r);
    const std::vector<double> of_axis = harmonics(a, std::hypot(a[0], a[1], a[2]));
    const double facing = std::abs((p[0] * a[0] + p[1] * a[1] + p[2] * a[2]) / r);
    const auto g = [&](int k) { return std::exp(-std::pow((r - 0.1625 * (k + 0.5)) / 0.138, 2)); };
    double all = 0;
    for (int k = 0; k < 8; ++k) all += g(k);
    for (int l = 0; l < kSphericalBandwidth; ++l)
      for (int m = -l; m <= l; ++m) {
        const std::size_t lm = sphere::full_index(l, m);
        const double unit = 1 / (sphere::orthonormal_over_group(l) * cloud.size() * all);
        for (int k = 0; k < 8; ++k) {
          const auto shell = static_cast<std::size_t>(k);
          const double value = g(k) * of_ray[lm] * unit;
          c[shell * 64 + lm] += value;
          c[(8 + shell) * 64 + lm] += value * facing;
          c[(16 + shell) * 64 + lm] += value * std::sqrt(static_cast<double>(cloud.flatness[i]));
          if (l % 2 == 0) c[(24 + shell / 2) * 64 + lm] += g(k) * of_axis[lm] * unit;
        }
      }
  }
  return c;
}

void expect_near(const Features& got, const Features& expected) {
  for (std::size_t channel = 0; channel < kSphericalChannels; ++channel) {
    double most = 0;
    double gap = 0;
    for (std::size_t i = channel * kSphericalSize; i < (channel + 1) * kSphericalSize; ++i) {
      most = std::fmax(most, std::abs(expected[i]));
      gap = std::fmax(gap, std::abs(got[i] - expected[i]));
    }
    EXPECT_LE(gap, kTolerance * most) << "channel " << channel;
  }
}

TEST(SphericalFeatures, EqualTheirFormulas) {
  const Cloud cloud = random_cloud(300, 1);
  expect_near(extract(cloud.points()), slow_features(cloud));
}

std::vector<float> turned(const std::vector<float>& xyz, const so3::EulerAngles& R) {
  std::vector<float> result;
  for (std::size_t i = 0; i < xyz.size(); i += 3)
    for (const double x : so3::rotate(R, {xyz[i], xyz[i + 1], xyz[i + 2]}))
      result.push_back(static_cast<float>(x));
  return result;
}

TEST(SphericalFeatures, TurnWithTheShape) {
  const Cloud cloud = random_cloud(300, 2);
  const Features before = extract(cloud.points());
  Random random(3);
  for (int turn = 0; turn < 5; ++turn) {
    const so3::EulerAngles R = so3::random_rotation(random);
    const Cloud moved = {turned(cloud.xyz, R), turned(cloud.axis, R), cloud.flatness};
    Features expected(before.size());
    for (int l = 0; l < kSphericalBandwidth; ++l) {
      const std::vector<double> Delta = so3::real_wigner_D(l, R);
      const auto side = static_cast<std::size_t>(2 * l + 1);
      for (std::size_t channel = 0; channel < kSphericalChannels; ++channel)
        for (std::size_t m = 0; m < side; ++m)
          for (std::size_t n = 0; n < side; ++n) {
            const std::size_t first = channel * kSphericalSize + sphere::full_index(l, -l);
            expected[first + m] += Delta[m * side + n] * before[first + n];
          }
    }
    expect_near(extract(moved.points()), expected);
  }
}

TEST(SphericalFeatures, DoNotSeeTheSignOfAnAxis) {
  Cloud cloud = random_cloud(200, 4);
  const Features before = extract(cloud.points());
  for (std::size_t i = 0; i < cloud.axis.size(); i += 3)
    if (i % 2 == 0)
      for (std::size_t k = i; k < i + 3; ++k) cloud.axis[k] = -cloud.axis[k];
  expect_near(extract(cloud.points()), before);
}

TEST(SphericalFeatures, OfTheCentreHaveNoDirection) {
  const Cloud cloud = {{0.0F, 0.0F, 0.0F}, {0.0F, 0.0F, 1.0F}, {0.1F}};
  const Features c = extract(cloud.points());
  EXPECT_GT(c[0], 0.0);
  for (std::size_t channel = 0; channel < kAxisChannel; ++channel)
    for (std::size_t lm = 1; lm < kSphericalSize; ++lm)
      EXPECT_EQ(c[channel * kSphericalSize + lm], 0.0);
}

TEST(SphericalFeatures, DoNotSeeWhatIsFarAway) {
  Cloud cloud = {{0.5F, 0.0F, 0.0F}, {0.0F, 0.0F, 1.0F}, {0.1F}};
  const Features one = extract(cloud.points());
  for (const float far : {2.1F, 1e6F}) {
    Cloud two = cloud;
    two.xyz.insert(two.xyz.end(), {0.0F, far, 0.0F});
    two.axis.insert(two.axis.end(), {0.0F, 1.0F, 0.0F});
    two.flatness.push_back(0.2F);
    const Features half = extract(two.points());
    for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(2 * half[i], one[i]);
  }
}

TEST(SphericalFeatures, HaveTheSameBitsAfterAnotherShape) {
  const Cloud small = random_cloud(70, 5);
  SphericalFeatures features;
  features.extract(random_cloud(400, 6).points());
  const Span<const float> again = features.extract(small.points());
  EXPECT_EQ(Features(again.begin(), again.end()), extract(small.points()));
}

TEST(SphericalFeatures, ReadFlatnessAmongOtherNumbers) {
  const Cloud cloud = random_cloud(70, 7);
  std::vector<float> numbers(3 * cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) numbers[3 * i + 1] = cloud.flatness[i];
  const Span<const float> column(numbers.data() + 1, numbers.size() - 1);
  EXPECT_EQ(extract({cloud.xyz, cloud.axis, column, 3}), extract(cloud.points()));
}

TEST(SphericalFeatures, RefuseSizesThatContradict) {
  const Cloud cloud = random_cloud(10, 8);
  const std::vector<float> few(9);
  EXPECT_THROW(extract({cloud.xyz, few, cloud.flatness}), InvalidArgument);
  EXPECT_THROW(extract({cloud.xyz, cloud.axis, few}), InvalidArgument);
  EXPECT_THROW(extract({cloud.xyz, cloud.axis, cloud.flatness, 2}), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::classify
