// SPDX-License-Identifier: BSD-3-Clause
// What users of PCL's filters rely on, with the network's own score: the behaviour that PCL's tests
// of StatisticalOutlierRemoval, ExtractIndices and PassThrough pin down, for every XYZ point type,
// and that every byte beside the coordinates survives.
#include <equicloud/outlier/scorer.h>
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <gtest/gtest.h>
#include <pcl/filters/extract_indices.h>
#include <pcl/point_types.h>

#include <algorithm>

#include "laws/clouds.h"
#include "pcl/clouds.h"

namespace equicloud {
namespace {

using plugin_tests::depth_image;
using plugin_tests::Look;
using plugin_tests::same_bytes;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

template <typename PointT>
class XyzFilter : public testing::Test {
 protected:
  using Cloud = pcl::PointCloud<PointT>;
  EquivariantOutlierRemoval<PointT> filter_{true};
};

using AllXyzTypes =
    testing::Types<pcl::PointXYZ, pcl::PointXYZI, pcl::PointXYZL, pcl::PointXYZRGBA,
                   pcl::PointXYZRGB, pcl::PointXYZRGBL, pcl::PointXYZLAB, pcl::PointXYZHSV,
                   pcl::InterestPoint, pcl::PointNormal, pcl::PointXYZRGBNormal,
                   pcl::PointXYZINormal, pcl::PointXYZLNormal, pcl::PointWithRange,
                   pcl::PointWithViewpoint, pcl::PointWithScale, pcl::PointSurfel, pcl::PointDEM>;
TYPED_TEST_SUITE(XyzFilter, AllXyzTypes);

TYPED_TEST(XyzFilter, KeptPointsAreThoseBelowTheThresholdByteForByte) {
  const auto cloud = depth_image<TypeParam>({32, 24, true, true});
  pcl::PointCloud<TypeParam> output;
  this->filter_.setInputCloud(cloud);
  this->filter_.filter(output);
  const std::vector<float>& scores = this->filter_.getScores();
  ASSERT_EQ(scores.size(), cloud->size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < cloud->size(); ++i) {
    EXPECT_EQ(std::isnan(scores[i]), !is_finite(&(*cloud)[i].x));
    if (!(scores[i] <= 0.5F)) continue;
    ASSERT_LT(at, output.size());
    EXPECT_TRUE(same_bytes(output[at++], (*cloud)[i]));
  }
  EXPECT_EQ(at, output.size());
  EXPECT_GT(at, 0U);
  EXPECT_EQ(output.size() + this->filter_.getRemovedIndices()->size(), cloud->size());
  EXPECT_EQ(output.width, output.size());
  EXPECT_EQ(output.height, 1U);
}

TYPED_TEST(XyzFilter, KeepOrganizedTouchesOnlyTheCoordinatesOfRemovedPoints) {
  const auto cloud = depth_image<TypeParam>({32, 24, true, true});
  pcl::PointCloud<TypeParam> output;
  this->filter_.setInputCloud(cloud);
  this->filter_.setKeepOrganized(true);
  this->filter_.setUserFilterValue(-1.0F);
  this->filter_.filter(output);
  ASSERT_EQ(output.size(), cloud->size());
  EXPECT_EQ(output.width, cloud->width);
  EXPECT_EQ(output.height, cloud->height);
  const auto& removed = *this->filter_.getRemovedIndices();
  EXPECT_GT(removed.size(), 100U);
  for (std::size_t i = 0; i < cloud->size(); ++i) {
    TypeParam expected = (*cloud)[i];
    std::memcpy(static_cast<void*>(&expected), static_cast<const void*>(&(*cloud)[i]),
                sizeof expected);
    if (std::find(removed.begin(), removed.end(), static_cast<pcl::index_t>(i)) != removed.end())
      expected.x = expected.y = expected.z = -1.0F;
    EXPECT_TRUE(same_bytes(output[i], expected)) << i;
  }
}

using Filter = EquivariantOutlierRemoval<pcl::PointXYZ>;
using Cloud = pcl::PointCloud<pcl::PointXYZ>;

TEST(PclFilter, NegativeGivesWhatThePlainRunRemoves) {
  const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>();
  Filter filter(true);
  filter.setInputCloud(cloud);
  pcl::Indices kept;
  filter.filter(kept);
  const pcl::Indices removed = *filter.getRemovedIndices();
  filter.setNegative(true);
  pcl::Indices negative;
  filter.filter(negative);
  EXPECT_EQ(negative, removed);
  EXPECT_EQ(*filter.getRemovedIndices(), kept);
  EXPECT_EQ(kept.size() + removed.size(), cloud->size());
}

// The output of filter(cloud) is what ExtractIndices makes of filter(indices).
TEST(PclFilter, CloudAndIndicesFormsAgree) {
  const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>({32, 24, true, true});
  for (const bool keep_organized : {false, true}) {
    Filter filter(true);
    filter.setInputCloud(cloud);
    filter.setKeepOrganized(keep_organized);
    Cloud output;
    filter.filter(output);
    pcl::IndicesPtr kept(new pcl::Indices);
    filter.filter(*kept);
    pcl::ExtractIndices<pcl::PointXYZ> extract(true);
    extract.setInputCloud(cloud);
    extract.setIndices(kept);
    extract.setKeepOrganized(keep_organized);
    Cloud expected;
    extract.filter(expected);
    ASSERT_EQ(output.size(), expected.size());
    for (std::size_t i = 0; i < output.size(); ++i) EXPECT_TRUE(same_bytes(output[i], expected[i]));
  }
}

TEST(PclFilter, IndicesLimitTheJudgedNotTheNeighbours) {
  const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>();
  Filter all;
  all.setInputCloud(cloud);
  pcl::Indices kept_of_all;
  all.filter(kept_of_all);
  Filter some(true);
  some.setInputCloud(cloud);
  const pcl::IndicesPtr half = plugin_tests::half_of(cloud->size());
  half->push_back(half->front());  // duplicates stay duplicates, in order
  some.setIndices(half);
  pcl::Indices kept;
  some.filter(kept);
  EXPECT_EQ(some.getScores(), all.getScores());
  pcl::Indices expected;
  for (const pcl::index_t i : *half)
    if (std::binary_search(kept_of_all.begin(), kept_of_all.end(), i)) expected.push_back(i);
  EXPECT_EQ(kept, expected);
  EXPECT_EQ(kept.size() + some.getRemovedIndices()->size(), half->size());
}

TEST(PclFilter, EveryFormOfIndicesIsTaken) {
  const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>();
  pcl::IndicesPtr first_rows(new pcl::Indices);
  for (int i = 0; i < 64; ++i) first_rows->push_back(i);
  const pcl::PointIndices::Ptr message(new pcl::PointIndices);
  message->indices = *first_rows;
  pcl::Indices of[4];
  for (int form = 0; form < 4; ++form) {
    Filter filter;
    filter.setInputCloud(cloud);
    if (form == 0) filter.setIndices(first_rows);
    if (form == 1) filter.setIndices(pcl::IndicesConstPtr(first_rows));
    if (form == 2) filter.setIndices(pcl::PointIndicesConstPtr(message));
    if (form == 3) filter.setIndices(0, 0, 2, 32);
    filter.filter(of[form]);
    EXPECT_EQ(of[form], of[0]);
  }
  EXPECT_FALSE(of[0].empty());
}

TEST(PclFilter, TheVectorOfIndicesMayBeTheOutput) {
  const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>();
  pcl::IndicesPtr indices(new pcl::Indices);
  for (std::size_t i = 0; i < cloud->size(); ++i) indices->push_back(static_cast<int>(i));
  Filter filter;
  filter.setInputCloud(cloud);
  pcl::Indices expected;
  filter.filter(expected);
  filter.setIndices(indices);
  filter.filter(*indices);
  EXPECT_EQ(*indices, expected);
}

TEST(PclFilter, InputAndOutputMayBeOneCloud) {
  for (const bool keep_organized : {false, true}) {
    const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>({32, 24, true, true});
    Filter filter(true);
    filter.setKeepOrganized(keep_organized);
    filter.setInputCloud(cloud);
    Cloud apart;
    filter.filter(apart);
    filter.filter(*cloud);
    ASSERT_EQ(cloud->size(), apart.size());
    for (std::size_t i = 0; i < apart.size(); ++i) EXPECT_TRUE(same_bytes((*cloud)[i], apart[i]));
    EXPECT_EQ(cloud->header.frame_id, "camera");
  }
}

TEST(PclFilter, CloudsOfChangingSizeRunThroughOneFilter) {
  Filter filter;
  for (const std::uint32_t width : {32U, 8U, 40U, 32U}) {
    const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>({width, 24, width == 8U, width != 40U});
    filter.setInputCloud(cloud);
    Cloud again;
    filter.filter(again);
    Filter fresh;
    fresh.setInputCloud(cloud);
    Cloud once;
    fresh.filter(once);
    ASSERT_EQ(again.size(), once.size());
    for (std::size_t i = 0; i < once.size(); ++i) EXPECT_TRUE(same_bytes(again[i], once[i]));
    EXPECT_TRUE(plugin_tests::same_scores(filter.getScores(), fresh.getScores()));
  }
}

TEST(PclFilter, RemovedIndicesAreEmptyWhereExtractionIsOff) {
  Filter filter;
  filter.setInputCloud(depth_image<pcl::PointXYZ>());
  Cloud output;
  filter.filter(output);
  EXPECT_TRUE(filter.getRemovedIndices()->empty());
}

TEST(PclFilter, APlainResultIsFinite) {
  Filter filter;
  filter.setInputCloud(depth_image<pcl::PointXYZ>({32, 24, true, true}));
  Cloud output;
  filter.filter(output);
  for (const pcl::PointXYZ& p : output) EXPECT_TRUE(is_finite(&p.x));
}

TEST(PclFilter, NoInputLeavesTheOutputAsItWas) {
  CaptureStderr();
  Filter filter;
  Cloud output(7, 1);
  filter.filter(output);
  EXPECT_EQ(output.size(), 7U);
  GetCapturedStderr();
}

TEST(PclFilter, AnEmptyCloudGivesAnEmptyCloudAndNoError) {
  CaptureStderr();
  Filter filter;
  filter.setInputCloud(Cloud::Ptr(new Cloud));
  Cloud output(7, 1);
  filter.filter(output);
  EXPECT_TRUE(output.empty());
  EXPECT_EQ(GetCapturedStderr(), "");
}

TEST(PclFilter, TooFewPointsAreKeptWithAWarning) {
  CaptureStderr();
  Filter filter;
  const Cloud::Ptr cloud = plugin_tests::cloud_of(laws::line(16));
  filter.setInputCloud(cloud);
  Cloud output;
  filter.filter(output);
  EXPECT_EQ(output.size(), 16U);
  EXPECT_NE(GetCapturedStderr().find("kept whole: 16 distinct finite points, the network needs at "
                                     "least 17"),
            std::string::npos);
}

TEST(PclFilter, IndicesBeyondTheCloudAreRefusedNotRead) {
  Filter filter;
  const Cloud::Ptr cloud = plugin_tests::cloud_of(laws::line(40));
  filter.setInputCloud(cloud);
  for (const int wrong : {40, -1}) {
    filter.setIndices(pcl::IndicesPtr(new pcl::Indices{3, wrong}));
    CaptureStderr();
    Cloud output(7, 1);
    filter.filter(output);
    EXPECT_TRUE(output.empty());
    EXPECT_NE(GetCapturedStderr().find("setIndices names point " + std::to_string(wrong) +
                                       ", the cloud has 40 points"),
              std::string::npos);
  }
}

TEST(PclFilter, DegenerateCloudsAreFiltered) {
  laws::Cloud copies;
  for (int i = 0; i < 1000; ++i) laws::add_point(copies, 1, 2, 3);
  laws::Cloud far = laws::sheet_with_outliers(500, 3);
  for (float& v : far) v += 1e6F;
  for (const laws::Cloud& xyz :
       {copies, far, laws::line(100), laws::flat_plane(300, 2), laws::lattice(6)}) {
    const Cloud::Ptr cloud = plugin_tests::cloud_of(xyz);
    CaptureStderr();
    Filter filter;
    filter.setInputCloud(cloud);
    Cloud output;
    filter.filter(output);
    GetCapturedStderr();
    EXPECT_LE(output.size(), cloud->size());
    EXPECT_EQ(filter.getScores(), outlier::OutlierScorer().score(PointsView(xyz)).probability);
  }
}

TEST(PclFilter, ManyCloudsOfOneSizeLeakNoStateIntoCopies) {
  Filter filter;
  filter.setThreshold(0.9F);
  const Cloud::Ptr cloud = depth_image<pcl::PointXYZ>();
  filter.setInputCloud(cloud);
  pcl::Indices kept;
  filter.filter(kept);
  Filter copy(filter);
  EXPECT_TRUE(copy.getScores().empty());
  EXPECT_EQ(copy.getThreshold(), 0.9F);
  pcl::Indices kept_by_copy;
  copy.filter(kept_by_copy);
  EXPECT_EQ(kept_by_copy, kept);
  Filter assigned;
  assigned = filter;
  pcl::Indices kept_by_assigned;
  assigned.filter(kept_by_assigned);
  EXPECT_EQ(kept_by_assigned, kept);
}

}  // namespace
}  // namespace equicloud
