// SPDX-License-Identifier: BSD-3-Clause
// The features of a cloud: what they are, and what they do not see.
#include <equicloud/base/error.h>
#include <equicloud/statistics/cloud_features.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "laws/clouds.h"

namespace equicloud::statistics {
namespace {

// Moved coordinates are rounded to float; residuals amplify it.
constexpr double kMotionTolerance = 2e-3;
constexpr double kMeanMotionTolerance = 1e-5;

std::vector<float> no_outliers(const laws::Cloud& cloud) {
  return std::vector<float>(cloud.size() / 3, 0.0F);
}

/// Probabilities that follow the points wherever they go in the list.
std::vector<float> some_probabilities(const laws::Cloud& cloud) {
  std::vector<float> p;
  for (std::size_t i = 0; i < cloud.size(); i += 3)
    p.push_back(static_cast<float>(0.5 + 0.5 * std::sin(40.0 * double(cloud[i]))));
  return p;
}

CloudFeatures features_of(const laws::Cloud& cloud, const std::vector<float>& probabilities,
                          const Executor& executor = serial_executor(),
                          std::size_t limit = kSampleLimit) {
  return compute_features(PointsView(Span<const float>(cloud)), probabilities, executor, limit);
}

void expect_same_bits(const CloudFeatures& a, const CloudFeatures& b) {
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.sample, b.sample);
  EXPECT_EQ(a.weights, b.weights);
  EXPECT_EQ(a.cloud, b.cloud);
}

TEST(CloudFeatures, AreOfTheSizesTheySay) {
  const laws::Cloud cloud = laws::sheet_with_outliers(500, 1);
  const CloudFeatures features = features_of(cloud, no_outliers(cloud));
  ASSERT_EQ(features.status, Status::estimated);
  EXPECT_EQ(features.distinct_points, 500U);
  EXPECT_EQ(features.sampled(), 500U);
  EXPECT_EQ(features.sample.size(), 500U * kSampleFeatures);
  EXPECT_EQ(features.cloud.size(), kCloudFeatures);
  for (const float value : features.sample) EXPECT_TRUE(std::isfinite(value));
  for (const float value : features.cloud) EXPECT_TRUE(std::isfinite(value));
}

TEST(CloudFeatures, DistancesAndProbabilitiesEqualTheirFormulas) {
  const laws::Cloud cloud = laws::sheet_with_outliers(300, 2);
  const std::vector<float> p = some_probabilities(cloud);
  const CloudFeatures features = features_of(cloud, p);
  std::vector<double> h6, weight;
  std::vector<std::vector<float>> rows;
  for (std::size_t i = 0; i < 300; ++i) {
    std::vector<std::pair<double, double>> others;  // distance, probability
    for (std::size_t j = 0; j < 300; ++j)
      if (j != i)
        others.emplace_back(std::hypot(double(cloud[3 * i]) - cloud[3 * j],
                                       double(cloud[3 * i + 1]) - cloud[3 * j + 1],
                                       double(cloud[3 * i + 2]) - cloud[3 * j + 2]),
                            p[j]);
    std::sort(others.begin(), others.end());
    double near = 0.0, of_64 = 0.0;
    for (std::size_t j = 0; j < 6; ++j) near += others[j].first / 6.0;
    for (std::size_t j = 0; j < 64; ++j) of_64 += others[j].second / 64.0;
    h6.push_back(near);
    weight.push_back(std::max(1.0 - double(p[i]), 0.05));
    rows.push_back({static_cast<float>(near), static_cast<float>(std::log(others[15].first / near)),
                    static_cast<float>(std::log(others[63].first / near)), p[i],
                    static_cast<float>(of_64)});
  }
  // The weighted median, by sorting.
  std::vector<std::size_t> order(300);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return h6[a] < h6[b]; });
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  double sum = 0.0;
  std::size_t middle = 0;
  while ((sum += weight[order[middle]]) < 0.5 * total) ++middle;
  EXPECT_NEAR(features.unit, h6[order[middle]], 1e-6 * features.unit);
  // Rows come in another order: compare each column's sorted values.
  const std::size_t columns[] = {0, 1, 3, 17, 19};
  for (std::size_t c = 0; c < 5; ++c) {
    std::vector<double> got, expected;
    for (std::size_t i = 0; i < 300; ++i) {
      got.push_back(features.sample[i * kSampleFeatures + columns[c]]);
      expected.push_back(c == 0 ? std::log(double(rows[i][0]) / features.unit) : rows[i][c]);
    }
    std::sort(got.begin(), got.end());
    std::sort(expected.begin(), expected.end());
    for (std::size_t i = 0; i < 300; ++i) EXPECT_NEAR(got[i], expected[i], 2e-5) << columns[c];
  }
  EXPECT_NEAR(features.plug_in_fraction(), std::accumulate(p.begin(), p.end(), 0.0) / 300.0, 1e-6);
}

TEST(CloudFeatures, OrderCopiesAndPointsThatAreNotFiniteChangeNoBit) {
  Random random(3);
  const laws::Cloud cloud = laws::sheet_with_outliers(700, 3);
  const CloudFeatures before = features_of(cloud, some_probabilities(cloud));
  const laws::Cloud shuffled = laws::permuted(cloud, laws::random_permutation(700, random));
  expect_same_bits(before, features_of(shuffled, some_probabilities(shuffled)));
  laws::Cloud twice = cloud;
  twice.insert(twice.end(), cloud.begin(), cloud.end());
  laws::add_point(twice, std::numeric_limits<double>::quiet_NaN(), 0.0, 0.0);
  std::vector<float> p = some_probabilities(twice);
  p.back() = std::numeric_limits<float>::quiet_NaN();
  expect_same_bits(before, features_of(twice, p));
}

TEST(CloudFeatures, ASampleOfManyIsThatOfAnyOrder) {
  Random random(4);
  const laws::Cloud cloud = laws::sheet_with_outliers(900, 4);
  const CloudFeatures before =
      features_of(cloud, some_probabilities(cloud), serial_executor(), 200);
  EXPECT_EQ(before.sampled(), 200U);
  const laws::Cloud shuffled = laws::permuted(cloud, laws::random_permutation(900, random));
  expect_same_bits(before,
                   features_of(shuffled, some_probabilities(shuffled), serial_executor(), 200));
}

TEST(CloudFeatures, ThreadsChangeNoBit) {
  const laws::Cloud cloud = laws::rings(20, 80, 5);
  const CloudFeatures before = features_of(cloud, some_probabilities(cloud));
  for (const int threads : {2, 5})
    expect_same_bits(before, features_of(cloud, some_probabilities(cloud), ThreadPool(threads)));
}

TEST(CloudFeatures, MotionsAndScalingsChangeThemByRounding) {
  Random random(6);
  const laws::Cloud cloud = laws::sheet_with_outliers(800, 6);
  const std::vector<float> p = some_probabilities(cloud);
  const CloudFeatures before = features_of(cloud, p);
  for (const double scale : {1.0, 1.0, 1e-4, 333.0}) {
    laws::Cloud after = laws::moved(cloud, laws::random_motion(random, laws::diameter(cloud)));
    for (float& c : after) c = static_cast<float>(scale * c);
    const CloudFeatures changed = features_of(after, p);
    EXPECT_NEAR(changed.unit / scale, before.unit, 1e-5 * before.unit);
    double mean = 0.0;
    for (std::size_t i = 0; i < before.cloud.size(); ++i) {
      EXPECT_NEAR(changed.cloud[i], before.cloud[i], kMotionTolerance) << i;
      mean += std::abs(double(changed.cloud[i]) - before.cloud[i]) / kCloudFeatures;
    }
    EXPECT_LT(mean, 10 * kMeanMotionTolerance);
  }
}

TEST(CloudFeatures, CloudsWithoutASurfaceAreSaid) {
  const auto status = [](const laws::Cloud& cloud) {
    const CloudFeatures features = features_of(cloud, no_outliers(cloud));
    EXPECT_TRUE(features.sample.empty());
    EXPECT_FALSE(reason_of(features.status, features.distinct_points).empty());
    return features.status;
  };
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(status({}), Status::no_finite_point);
  EXPECT_EQ(status({nan, nan, nan}), Status::no_finite_point);
  EXPECT_EQ(status(laws::flat_plane(kNeighbors, 7)), Status::too_few_points);
  EXPECT_EQ(status(laws::Cloud(3000, 2.5F)), Status::too_few_points);
  EXPECT_EQ(status(laws::line(200)), Status::on_a_line);
  EXPECT_EQ(reason_of(Status::too_few_points, 3),
            "too few points: 3 distinct, at least 65 are needed");
}

TEST(CloudFeatures, WrongArgumentsAreRefused) {
  const laws::Cloud cloud = laws::flat_plane(100, 8);
  EXPECT_THROW(features_of(cloud, std::vector<float>(99)), InvalidArgument);
  EXPECT_THROW(features_of(cloud, no_outliers(cloud), serial_executor(), 0), InvalidArgument);
}

}  // namespace
}  // namespace equicloud::statistics
