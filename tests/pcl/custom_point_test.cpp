// SPDX-License-Identifier: BSD-3-Clause
// A point type that PCL does not know, with its coordinates behind another member.
#define PCL_NO_PRECOMPILE
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <equicloud/pcl/shape_class_filter.h>
#include <equicloud/pcl/shape_classification.h>
#include <equicloud/pcl/spherical_signature_estimation.h>
#include <gtest/gtest.h>
#include <pcl/point_types.h>
#include <pcl/register_point_struct.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "laws/clouds.h"

struct RingPoint {
  std::uint16_t ring;
  std::uint16_t flags;
  float x, y, z;
  double time_s;

  // FilterIndices copies coordinates by Eigen maps.
  Eigen::Map<Eigen::Vector3f> getVector3fMap() { return Eigen::Map<Eigen::Vector3f>(&x); }
  Eigen::Map<const Eigen::Vector3f> getVector3fMap() const {
    return Eigen::Map<const Eigen::Vector3f>(&x);
  }
};

POINT_CLOUD_REGISTER_POINT_STRUCT(RingPoint, (std::uint16_t, ring, ring)(std::uint16_t, flags,
                                                                         flags)(float, x, x)(
                                                 float, y, y)(float, z, z)(double, time_s, time_s))

namespace equicloud {
namespace {

pcl::PointCloud<RingPoint>::Ptr cloud_of(const laws::Cloud& xyz) {
  const pcl::PointCloud<RingPoint>::Ptr cloud(new pcl::PointCloud<RingPoint>);
  for (std::size_t i = 0; i < xyz.size() / 3; ++i) {
    RingPoint point{};
    point.ring = static_cast<std::uint16_t>(i % 64);
    point.x = xyz[3 * i];
    point.y = xyz[3 * i + 1];
    point.z = xyz[3 * i + 2];
    point.time_s = 1e9 + 1e-3 * static_cast<double>(i);
    cloud->push_back(point);
  }
  return cloud;
}

TEST(PclFilterCustomType, IsFilteredAndKeepsItsMembers) {
  const laws::Cloud xyz = laws::sheet_with_outliers(3000, 9);
  const pcl::PointCloud<RingPoint>::Ptr cloud = cloud_of(xyz);
  EquivariantOutlierRemoval<RingPoint> filter(true);
  filter.setInputCloud(cloud);
  pcl::PointCloud<RingPoint> output;
  filter.filter(output);
  EXPECT_EQ(filter.getScores(), outlier::OutlierScorer().score(PointsView(xyz)).probability);
  ASSERT_GT(output.size(), 2000U);
  ASSERT_EQ(output.size() + filter.getRemovedIndices()->size(), 3000U);
  std::size_t at = 0;
  for (const RingPoint& point : output) {
    while (at < cloud->size() && (*cloud)[at].time_s != point.time_s) ++at;
    ASSERT_LT(at, cloud->size());
    EXPECT_EQ(point.ring, (*cloud)[at].ring);
    EXPECT_EQ(point.x, (*cloud)[at].x);
  }
}

// Without a model file the classes have nothing to say but that.
TEST(PclFilterCustomType, IsDescribedAndClassified) {
  const laws::Cloud xyz = laws::sheet_with_outliers(500, 10);
  SphericalSignatureEstimation<RingPoint> estimation;
  estimation.setInputCloud(cloud_of(xyz));
  pcl::PointCloud<SphericalSignature> output;
  estimation.compute(output);
  classify::Signature expected{};
  classify::SignatureExtractor().extract(PointsView(xyz), expected);
  ASSERT_EQ(output.size(), 1U);
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), output[0].histogram));
  ShapeClassification<RingPoint> classification;
  classification.setInputCloud(cloud_of(xyz));
  std::vector<ShapeLabel> labels;
  EXPECT_FALSE(classification.compute(labels));
  ShapeClassFilter<RingPoint> filter;
  filter.setInputCloud(cloud_of(xyz));
  pcl::PointCloud<RingPoint> kept;
  filter.filter(kept);
  EXPECT_TRUE(kept.empty());
}

}  // namespace
}  // namespace equicloud
