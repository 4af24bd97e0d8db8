// SPDX-License-Identifier: BSD-3-Clause
#include <bench/nearest_descriptor.h>
#include <equicloud/base/random.h>
#include <gtest/gtest.h>

namespace equicloud::bench {
namespace {

constexpr double kRounding = 1e-6;  // relative, of sums of some dozen floats

/// A histogram with empty bins.
std::vector<float> histogram(std::size_t bins, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> heights(bins);
  for (float& height : heights) {
    height = random.uniform() < 0.3 ? 0.0F : static_cast<float>(random.uniform(0.0, 5.0));
  }
  return heights;
}

TEST(NearestDescriptor, DistancesAreTheirSums) {
  for (const std::size_t bins : {1U, 7U, 8U, 21U, 32U}) {
    const std::vector<float> a = histogram(bins, 1), b = histogram(bins, 2);
    double chi_square = 0.0, euclidean = 0.0;
    for (std::size_t i = 0; i < bins; ++i) {
      const double difference = double(a[i]) - b[i], sum = double(a[i]) + b[i];
      euclidean += difference * difference;
      if (sum > 0.0) chi_square += difference * difference / sum;
    }
    EXPECT_NEAR(distance(Distance::chi_square, a.data(), b.data(), bins), chi_square,
                kRounding * chi_square);
    EXPECT_NEAR(distance(Distance::euclidean, a.data(), b.data(), bins), euclidean,
                kRounding * euclidean);
  }
}

TEST(NearestDescriptor, FindsWhatIsStoredAndTheFirstOfCopies) {
  Labelled stored;
  for (std::uint32_t i = 0; i < 20; ++i) {
    stored.descriptors.push_back(histogram(24, i % 10));
    stored.labels.push_back(i);
  }
  const ThreadPool pool(3);
  for (const Distance kind : {Distance::chi_square, Distance::euclidean}) {
    const std::vector<std::uint32_t> found =
        nearest_labels(stored.descriptors, stored, kind, 24, pool);
    for (std::uint32_t i = 0; i < 20; ++i) EXPECT_EQ(found[i], i % 10);
  }
}

TEST(NearestDescriptor, LooksAtTheFirstBinsOnly) {
  const Labelled stored{{{0.0F, 9.0F}, {1.0F, 0.0F}}, {3, 4}};
  const std::vector<std::vector<float>> asked = {{0.0F, 0.0F}};
  EXPECT_EQ(nearest_labels(asked, stored, Distance::euclidean, 1, serial_executor())[0], 3U);
  EXPECT_EQ(nearest_labels(asked, stored, Distance::euclidean, 2, serial_executor())[0], 4U);
}

}  // namespace
}  // namespace equicloud::bench
