// SPDX-License-Identifier: BSD-3-Clause
// The promises of the embedded model on the sample scans and a generated sheet: 20 random motions,
// shifts up to a diameter, applied in double and rounded to float once; a random permutation; 1, 2
// and 4 threads. Prints what it found.
#include <equicloud/io/positions.h>
#include <equicloud/outlier/scorer.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "laws/clouds.h"

namespace equicloud {
namespace {

constexpr int kMotions = 20;
constexpr double kLargestChange = 1e-3;
constexpr double kMeanChange = 1e-5;

laws::Cloud finite_points(const std::string& name) {
  const auto reader = io::open(std::string(EQUICLOUD_SOURCE_DIR) + "/data/clouds/" + name);
  const Positions positions = io::read_positions(*reader);
  laws::Cloud cloud;
  for (std::size_t i = 0; i < positions.view().size; ++i)
    if (is_finite(positions.view()[i]))
      cloud.insert(cloud.end(), positions.view()[i], positions.view()[i] + 3);
  return cloud;
}

class SampleScan : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    cloud_ = GetParam() == "sheet" ? laws::sheet_with_outliers(20000, 1)
                                   : finite_points(GetParam() + ".pcd");
    scores_ = score(cloud_, pool_);
  }
  static std::vector<float> score(const laws::Cloud& cloud, const Executor& executor) {
    return outlier::OutlierScorer().score(PointsView(cloud), executor).probability;
  }

  ThreadPool pool_;
  laws::Cloud cloud_;
  std::vector<float> scores_;
};

TEST_P(SampleScan, MotionsLeaveScoresUnchanged) {
  Random random(17);
  double largest = 0.0;
  double sum = 0.0;
  for (int motion = 0; motion < kMotions; ++motion) {
    const laws::Cloud moved =
        laws::moved(cloud_, laws::random_motion(random, laws::diameter(cloud_)));
    const std::vector<float> of_moved = score(moved, pool_);
    for (std::size_t i = 0; i < scores_.size(); ++i) {
      const double change = std::fabs(static_cast<double>(of_moved[i]) - scores_[i]);
      largest = std::max(largest, change);
      sum += change;
    }
  }
  const double mean = sum / (kMotions * static_cast<double>(scores_.size()));
  std::printf("%s: %zu points, %d motions: largest change %.2e, mean %.2e\n", GetParam().c_str(),
              scores_.size(), kMotions, largest, mean);
  EXPECT_LE(largest, kLargestChange);
  EXPECT_LE(mean, kMeanChange);
}

TEST_P(SampleScan, PermutingPointsPermutesScoresToTheLastBit) {
  Random random(18);
  const auto order = laws::random_permutation(scores_.size(), random);
  const std::vector<float> of_permuted = score(laws::permuted(cloud_, order), pool_);
  for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(of_permuted[i], scores_[order[i]]);
}

TEST_P(SampleScan, SameBitsForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 4})
    EXPECT_EQ(score(cloud_, ThreadPool(threads)), scores_) << threads;
}

INSTANTIATE_TEST_SUITE_P(Laws, SampleScan, testing::Values("street", "room", "sheet"),
                         [](const auto& scan) { return scan.param; });

}  // namespace
}  // namespace equicloud
