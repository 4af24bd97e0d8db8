// SPDX-License-Identifier: BSD-3-Clause
// The signature as a PCL feature: the numbers are core's to the last bit, and PCL's search finds a
// thing again however it was turned.
#include <equicloud/pcl/spherical_signature_estimation.h>
#include <gtest/gtest.h>
#include <pcl/kdtree/kdtree_flann.h>

#include <algorithm>

#include "laws/clouds.h"
#include "pcl/clouds.h"
#include "pcl/things.h"

namespace equicloud {
namespace {

using plugin_tests::cloud_of;
using plugin_tests::Things;
using plugin_tests::things;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

using Estimation = SphericalSignatureEstimation<pcl::PointXYZ>;
using Signatures = pcl::PointCloud<SphericalSignature>;

Signatures signature(const laws::Cloud& xyz) {
  Estimation estimation;
  estimation.setInputCloud(cloud_of(xyz));
  Signatures output;
  estimation.compute(output);
  return output;
}

TEST(PclSignature, IsCoresToTheLastBitAndOnePoint) {
  const laws::Cloud xyz = things(1, 1).xyz;
  classify::Signature expected{};
  classify::SignatureExtractor().extract(PointsView(Span<const float>(xyz)), expected);
  const Signatures output = signature(xyz);
  ASSERT_EQ(output.size(), 1U);
  EXPECT_EQ(output.width * output.height, 1U);
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), output[0].histogram));
}

TEST(PclSignature, NearestNeighboursSurviveRotationAndScale) {
  Random random(2);
  const Things all = things(12, 3);
  const Signatures::Ptr known(new Signatures);
  for (std::size_t c = 0; c < all.clusters.size(); ++c) *known += signature(all.thing(c));
  pcl::KdTreeFLANN<SphericalSignature> tree;
  tree.setInputCloud(known);
  for (std::size_t c = 0; c < all.clusters.size(); ++c) {
    laws::Cloud moved = laws::moved(all.thing(c), laws::random_motion(random, 3.0));
    for (float& x : moved) x *= 25.0F;
    pcl::Indices nearest;
    std::vector<float> squared;
    ASSERT_EQ(tree.nearestKSearch(signature(moved)[0], 2, nearest, squared), 2);
    EXPECT_EQ(nearest[0], static_cast<pcl::index_t>(c));
    // The next one is not nearly as near: it is another thing and no rounding.
    EXPECT_LT(100.0F * squared[0], squared[1]);
  }
}

TEST(PclSignature, IndicesLimitWhatIsDescribed) {
  const Things all = things(2, 4);
  Estimation estimation;
  estimation.setInputCloud(cloud_of(all.xyz));
  estimation.setIndices(pcl::IndicesPtr(new pcl::Indices(all.clusters[1].indices)));
  Signatures output;
  estimation.compute(output);
  ASSERT_EQ(output.size(), 1U);
  const Signatures alone = signature(all.thing(1));
  EXPECT_TRUE(std::equal(alone[0].histogram,
                         alone[0].histogram + SphericalSignature::descriptorSize(),
                         output[0].histogram));
}

TEST(PclSignature, WhatHasNoneIsSaidOnceAndGivesAnEmptyOutput) {
  const std::string prefix = "[equicloud::SphericalSignatureEstimation::compute] ";
  const auto said = [](const laws::Cloud& xyz) {
    CaptureStderr();
    EXPECT_TRUE(signature(xyz).empty());
    return GetCapturedStderr();
  };
  EXPECT_EQ(said({}), prefix + "the cloud has no finite point to describe\n");
  EXPECT_EQ(said(laws::lattice(3)),
            prefix +
                "the cloud has too few points to describe; expected at least 64 distinct "
                "finite ones\n");
  EXPECT_EQ(said(laws::line(200)),
            prefix + "all points of the cloud lie on one line, which has no signature\n");
  Estimation estimation;
  estimation.setInputCloud(cloud_of(laws::lattice(5)));
  estimation.setIndices(pcl::IndicesPtr(new pcl::Indices{125}));
  Signatures output(4, 1);
  CaptureStderr();
  estimation.compute(output);
  EXPECT_EQ(GetCapturedStderr(), prefix + "setIndices names point 125, the cloud has 125 points\n");
  EXPECT_TRUE(output.empty());
}

}  // namespace
}  // namespace equicloud
