// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/io/positions.h>
#include <equicloud/open3d/outlier_scores.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include "laws/clouds.h"

namespace equicloud {
namespace {

open3d::geometry::PointCloud cloud_at(const laws::Cloud& xyz, const Eigen::Vector3d& place) {
  open3d::geometry::PointCloud cloud;
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
    cloud.points_.push_back(place + Eigen::Vector3d(xyz[i], xyz[i + 1], xyz[i + 2]));
  return cloud;
}

// The same points as text, which the readers take as doubles.
std::vector<float> scores_of_file(const open3d::geometry::PointCloud& cloud) {
  std::string text;
  char line[128];
  for (const Eigen::Vector3d& p : cloud.points_) {
    std::snprintf(line, sizeof line, "%.17g %.17g %.17g\n", p.x(), p.y(), p.z());
    text += line;
  }
  const auto reader = io::open_bytes({text.begin(), text.end()}, "cloud.xyz");
  return outlier::OutlierScorer().score(io::read_positions(*reader).view()).probability;
}

TEST(Open3DScores, AreThoseOfAFileOfTheSameDoublesToTheLastBit) {
  const laws::Cloud xyz = laws::sheet_with_outliers(5000, 4);
  for (const Eigen::Vector3d& place :
       {Eigen::Vector3d(0, 0, 0), Eigen::Vector3d(512345.678, 5403987.123, 412.5)}) {
    const open3d::geometry::PointCloud cloud = cloud_at(xyz, place);
    const std::vector<float> scores = outlierScores(cloud);
    EXPECT_EQ(scores, scores_of_file(cloud));
    EXPECT_EQ(scores, outlierScores(cloud, ThreadPool(2)));
  }
}

TEST(Open3DScores, EmptyCloudsAndPointsThatAreNotFinite) {
  EXPECT_TRUE(outlierScores({}).empty());
  open3d::geometry::PointCloud cloud =
      cloud_at(laws::sheet_with_outliers(500, 6), Eigen::Vector3d::Zero());
  cloud.points_[3].y() = std::numeric_limits<double>::infinity();
  const std::vector<float> scores = outlierScores(cloud);
  for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_EQ(std::isnan(scores[i]), i == 3);
}

}  // namespace
}  // namespace equicloud
