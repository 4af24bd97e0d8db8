// SPDX-License-Identifier: BSD-3-Clause
// What a score promises holds for the filter too: shuffled points, moved clouds, any number of
// threads; and the filter's scores are the scorer's, to the last bit.
#include <equicloud/io/positions.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <gtest/gtest.h>

#include "laws/clouds.h"
#include "pcl/clouds.h"

namespace equicloud {
namespace {

// The bounds of tests/laws.
constexpr double kLargestChange = 1e-3;
constexpr double kMeanChange = 1e-5;

using Filter = EquivariantOutlierRemoval<pcl::PointXYZ>;

std::vector<float> scores_of(const laws::Cloud& xyz, Filter& filter) {
  filter.setInputCloud(plugin_tests::cloud_of(xyz));
  pcl::Indices kept;
  filter.filter(kept);
  return filter.getScores();
}

TEST(PclFilterLaws, ScoresAreTheScorersToTheLastBit) {
  Filter filter;
  for (const char* name : {"street.pcd", "room.pcd"}) {
    const auto reader = io::open(std::string(EQUICLOUD_SOURCE_DIR) + "/data/clouds/" + name);
    const Positions positions = io::read_positions(*reader);
    const std::vector<float> expected =
        outlier::OutlierScorer().score(positions.view()).probability;
    const std::vector<float> scores = scores_of(positions.xyz, filter);
    EXPECT_TRUE(plugin_tests::same_scores(scores, expected)) << name;
  }
}

TEST(PclFilterLaws, PermutingPointsPermutesVerdictsToTheLastBit) {
  Random random(3);
  Filter filter;
  for (const laws::Cloud& cloud :
       {laws::sheet_with_outliers(5000, 1), laws::lattice(10), laws::rings(20, 100, 2)}) {
    const std::vector<float> scores = scores_of(cloud, filter);
    const auto order = laws::random_permutation(scores.size(), random);
    const std::vector<float> of_permuted = scores_of(laws::permuted(cloud, order), filter);
    for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(of_permuted[i], scores[order[i]]);
  }
}

TEST(PclFilterLaws, MotionsLeaveScoresUnchanged) {
  Random random(4);
  Filter filter;
  filter.setNumberOfThreads();
  const laws::Cloud cloud = laws::sheet_with_outliers(5000, 5);
  const std::vector<float> scores = scores_of(cloud, filter);
  double largest = 0.0;
  double sum = 0.0;
  constexpr int kMotions = 20;
  for (int motion = 0; motion < kMotions; ++motion) {
    const std::vector<float> moved =
        scores_of(laws::moved(cloud, laws::random_motion(random, laws::diameter(cloud))), filter);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const double change = std::fabs(static_cast<double>(moved[i]) - scores[i]);
      largest = std::max(largest, change);
      sum += change;
    }
  }
  EXPECT_LE(largest, kLargestChange);
  EXPECT_LE(sum / (kMotions * static_cast<double>(scores.size())), kMeanChange);
}

}  // namespace
}  // namespace equicloud
