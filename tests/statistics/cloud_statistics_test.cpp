// SPDX-License-Identifier: BSD-3-Clause
// The shipped estimator on surfaces whose noise, spacing and outliers are known, and the laws that
// its answers keep.
#include <equicloud/base/error.h>
#include <equicloud/statistics/cloud_statistics.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "laws/clouds.h"

namespace equicloud::statistics {
namespace {

constexpr int kPoints = 4000;
// Of single estimates on simple surfaces; the model's card has the median over many.
constexpr double kNoiseTolerance = 0.15;
constexpr double kSpacingTolerance = 0.05;
constexpr double kFractionTolerance = 0.02;
// Moved coordinates are rounded to float.
constexpr double kMotionTolerance = 1e-3;

const CloudStatistics& shipped() {
  static const CloudStatistics estimator(
      Model::load(EQUICLOUD_SOURCE_DIR "/data/models/statistics.safetensors"));
  return estimator;
}

Estimates estimate(const laws::Cloud& cloud, const Executor& executor = serial_executor()) {
  return shipped().estimate(PointsView(Span<const float>(cloud)), executor);
}

/// The mean distance to the 6 nearest of points at random on an area of 1: for the r-th nearest it
/// is Gamma(r + 1/2) / (Gamma(r) sqrt(pi n)) (Thompson 1956).
double random_spacing(double points) {
  double sum = 0.0;
  for (int r = 1; r <= 6; ++r) sum += std::tgamma(r + 0.5) / std::tgamma(r) / 6.0;
  return sum / std::sqrt(3.141592653589793 * points);
}

/// A random place of the surface, its normal.
using Surface = void (*)(Random& random, std::array<double, 3>& place, std::array<double, 3>& n);

void plane(Random& random, std::array<double, 3>& place, std::array<double, 3>& normal) {
  place = {random.uniform(), random.uniform(), 0.0};
  normal = {0.0, 0.0, 1.0};
}

// Of area 1.
void sphere(Random& random, std::array<double, 3>& place, std::array<double, 3>& normal) {
  const double radius = 1.0 / std::sqrt(4.0 * 3.141592653589793);
  normal = {random.normal(), random.normal(), random.normal()};
  const double length = std::hypot(normal[0], normal[1], normal[2]);
  for (std::size_t a = 0; a < 3; ++a) {
    normal[a] /= length;
    place[a] = radius * normal[a];
  }
}

/// kPoints on the surface with noise along the normal alone, and strays in a box around it.
laws::Cloud noisy(Surface surface, double noise, double outliers, std::uint64_t seed) {
  Random random(seed);
  laws::Cloud cloud;
  for (int i = 0; i < kPoints; ++i) {
    std::array<double, 3> p{}, n{};
    surface(random, p, n);
    const double shift = noise * random.normal();
    laws::add_point(cloud, p[0] + shift * n[0], p[1] + shift * n[1], p[2] + shift * n[2]);
  }
  const auto strays = std::lround(kPoints * outliers / (1.0 - outliers));
  for (long i = 0; i < strays; ++i)
    laws::add_point(cloud, random.uniform(-1.0, 2.0), random.uniform(-1.0, 2.0),
                    random.uniform(-1.0, 1.0));
  return cloud;
}

TEST(CloudStatistics, KnownNoiseSpacingAndOutliersAreFound) {
  const double spacing = random_spacing(kPoints);
  std::uint64_t seed = 1;
  for (const Surface surface : {plane, sphere})
    for (const double noise : {0.05, 0.15, 0.4})
      for (const double outliers : {0.0, 0.1, 0.3}) {
        const Estimates e = estimate(noisy(surface, noise * spacing, outliers, seed++));
        ASSERT_EQ(e.status, Status::estimated);
        EXPECT_NEAR(e.noise_sigma.value / (noise * spacing), 1.0, kNoiseTolerance)
            << noise << " " << outliers << " " << e.noise_sigma.low << " " << e.noise_sigma.high;
        EXPECT_NEAR(e.spacing.value / spacing, 1.0, kSpacingTolerance) << noise;
        EXPECT_NEAR(e.outlier_fraction.value, outliers, kFractionTolerance) << noise;
        for (const Interval& i : {e.noise_sigma, e.spacing, e.outlier_fraction}) {
          EXPECT_LE(i.low, i.value);
          EXPECT_LE(i.value, i.high);
          EXPECT_GE(i.low, 0.0);
        }
      }
}

TEST(CloudStatistics, WithoutNoiseTheIntervalBeginsAtNone) {
  const Estimates e = estimate(noisy(plane, 0.0, 0.05, 50));
  EXPECT_EQ(e.noise_sigma.low, 0.0);
  EXPECT_LT(e.noise_sigma.value, 0.03 * e.spacing.value);
}

TEST(CloudStatistics, MoreNoiseMoreSigmaMoreStraysMoreOutliers) {
  double noise_before = 0.0, outliers_before = 0.0;
  for (const double step : {1.0, 2.0, 3.0, 4.0}) {
    const Estimates e = estimate(noisy(sphere, 0.002 * step, 0.08 * step, 60));
    EXPECT_GT(e.noise_sigma.value, noise_before);
    EXPECT_GT(e.outlier_fraction.value, outliers_before);
    noise_before = e.noise_sigma.value;
    outliers_before = e.outlier_fraction.value;
  }
}

void expect_same(const Interval& a, const Interval& b) {
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
}

void expect_same(const Estimates& a, const Estimates& b) {
  expect_same(a.noise_sigma, b.noise_sigma);
  expect_same(a.spacing, b.spacing);
  expect_same(a.outlier_fraction, b.outlier_fraction);
}

TEST(CloudStatistics, OrderCopiesAndThreadsChangeNoBit) {
  Random random(7);
  const laws::Cloud cloud = laws::sheet_with_outliers(1500, 7);
  const Estimates before = estimate(cloud);
  expect_same(before, estimate(laws::permuted(cloud, laws::random_permutation(1500, random))));
  laws::Cloud twice = cloud;
  twice.insert(twice.end(), cloud.begin(), cloud.end());
  expect_same(before, estimate(twice));
  expect_same(before, estimate(cloud, ThreadPool(3)));
}

TEST(CloudStatistics, MotionsChangeByRoundingAndScalingsScaleLengths) {
  Random random(8);
  const laws::Cloud cloud = laws::sheet_with_outliers(1500, 8);
  const Estimates before = estimate(cloud);
  for (const double scale : {1.0, 1.0, 1e-3, 250.0, 1024.0}) {
    laws::Cloud after = laws::moved(cloud, laws::random_motion(random, laws::diameter(cloud)));
    for (float& c : after) c = static_cast<float>(scale * c);
    const Estimates changed = estimate(after);
    const auto expect_scaled = [](const Interval& a, const Interval& b, double factor) {
      for (const auto& [x, y] : {std::pair(a.value, b.value), {a.low, b.low}, {a.high, b.high}})
        EXPECT_NEAR(y, factor * x, kMotionTolerance * factor * a.high);
    };
    expect_scaled(before.noise_sigma, changed.noise_sigma, scale);
    expect_scaled(before.spacing, changed.spacing, scale);
    expect_scaled(before.outlier_fraction, changed.outlier_fraction, 1.0);
  }
}

TEST(CloudStatistics, BadCloudsGiveAReasonAndNoNumbers) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const laws::Cloud& cloud :
       {laws::Cloud{}, laws::Cloud{nan, 0.0F, nan}, laws::flat_plane(40, 9), laws::Cloud(900, 1.0F),
        laws::line(300)}) {
    const Estimates e = estimate(cloud);
    EXPECT_NE(e.status, Status::estimated);
    EXPECT_FALSE(e.reason.empty());
    for (const Interval& i : {e.noise_sigma, e.spacing, e.outlier_fraction})
      EXPECT_TRUE(std::isnan(i.value) && std::isnan(i.low) && std::isnan(i.high));
  }
}

TEST(CloudStatistics, LatticesAndStrangeShapesGiveFiniteNumbers) {
  for (const laws::Cloud& cloud :
       {laws::lattice(6), laws::flat_plane(200, 10), laws::rings(12, 60, 11)}) {
    const Estimates e = estimate(cloud);
    ASSERT_EQ(e.status, Status::estimated);
    for (const Interval& i : {e.noise_sigma, e.spacing, e.outlier_fraction})
      EXPECT_TRUE(std::isfinite(i.value) && std::isfinite(i.low) && std::isfinite(i.high));
  }
}

TEST(CloudStatistics, NoModelIsRefused) { EXPECT_THROW(CloudStatistics(nullptr), InvalidArgument); }

}  // namespace
}  // namespace equicloud::statistics
