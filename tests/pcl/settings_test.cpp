// SPDX-License-Identifier: BSD-3-Clause
// The knobs: what they do, and what is said where one is wrong.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "laws/clouds.h"
#include "pcl/clouds.h"

namespace equicloud {
namespace {

using Filter = EquivariantOutlierRemoval<pcl::PointXYZ>;
using Cloud = pcl::PointCloud<pcl::PointXYZ>;

Cloud::Ptr sheet() { return plugin_tests::cloud_of(laws::sheet_with_outliers(4000, 21)); }

// The output for a filter set up by `set`, and what was said on standard error.
template <typename Set>
Cloud filtered(const Set& set, std::string& said) {
  testing::internal::CaptureStderr();
  Filter filter;
  set(filter);
  filter.setInputCloud(sheet());
  Cloud output(3, 1);
  filter.filter(output);
  said = testing::internal::GetCapturedStderr();
  return output;
}

TEST(PclFilterSettings, AHigherThresholdKeepsMore) {
  const Cloud::Ptr cloud = sheet();
  Filter filter;
  filter.setInputCloud(cloud);
  std::size_t before = 0;
  for (const float threshold : {0.0F, 0.1F, 0.5F, 0.9F, 1.0F}) {
    filter.setThreshold(threshold);
    pcl::Indices kept;
    filter.filter(kept);
    EXPECT_GE(kept.size(), before);
    for (const pcl::index_t i : kept)
      EXPECT_LE(filter.getScores()[static_cast<std::size_t>(i)], threshold);
    before = kept.size();
  }
  EXPECT_EQ(before, cloud->size());
}

TEST(PclFilterSettings, AFractionRemovesTheWorstAndReportsItsThreshold) {
  const Cloud::Ptr cloud = sheet();
  Filter filter(true);
  filter.setInputCloud(cloud);
  filter.setOutlierFraction(0.05);
  pcl::Indices kept;
  filter.filter(kept);
  EXPECT_EQ(filter.getRemovedIndices()->size(), 200U);
  float best_removed = 1.0F;
  for (const pcl::index_t i : *filter.getRemovedIndices())
    best_removed = std::min(best_removed, filter.getScores()[static_cast<std::size_t>(i)]);
  for (const pcl::index_t i : kept)
    EXPECT_LT(filter.getScores()[static_cast<std::size_t>(i)], best_removed);
  EXPECT_GE(filter.getThreshold(), 0.0F);
  EXPECT_LT(filter.getThreshold(), best_removed);
}

TEST(PclFilterSettings, AFractionIsOneOfTheJudgedPoints) {
  const Cloud::Ptr cloud = sheet();
  Filter filter(true);
  filter.setInputCloud(cloud);
  filter.setIndices(plugin_tests::half_of(cloud->size()));
  filter.setOutlierFraction(0.1);
  pcl::Indices kept;
  filter.filter(kept);
  EXPECT_EQ(filter.getRemovedIndices()->size(), 200U);
}

TEST(PclFilterSettings, TheLastOfThresholdAndFractionCounts) {
  Filter filter;
  filter.setInputCloud(sheet());
  filter.setOutlierFraction(0.5);
  filter.setThreshold(1.0F);
  EXPECT_EQ(filter.getOutlierFraction(), 0.0);
  pcl::Indices kept;
  filter.filter(kept);
  EXPECT_EQ(kept.size(), 4000U);
  filter.setThreshold(1.0F);
  filter.setOutlierFraction(0.5);
  filter.filter(kept);
  EXPECT_EQ(kept.size(), 2000U);
}

TEST(PclFilterSettings, SameBitsForAnyNumberOfThreads) {
  Filter filter;
  EXPECT_EQ(filter.getNumberOfThreads(), 1U);
  filter.setInputCloud(sheet());
  pcl::Indices kept;
  filter.filter(kept);
  const std::vector<float> serial = filter.getScores();
  for (const unsigned int threads : {0U, 2U, 4U}) {
    filter.setNumberOfThreads(threads);
    pcl::Indices again;
    filter.filter(again);
    EXPECT_EQ(again, kept);
    EXPECT_EQ(filter.getScores(), serial);
  }
}

TEST(PclFilterSettings, ModelsByNameAndByFile) {
  Filter filter;
  filter.setInputCloud(sheet());
  pcl::Indices kept;
  filter.filter(kept);
  for (const std::string& model :
       {std::string("general"),
        std::string(EQUICLOUD_SOURCE_DIR) + "/data/models/outlier-general.safetensors"}) {
    ASSERT_TRUE(filter.setModel(model));
    pcl::Indices again;
    filter.filter(again);
    EXPECT_EQ(again, kept);
  }
}

TEST(PclFilterSettings, WrongValuesAreNamedAndGiveAnEmptyCloud) {
  std::string said;
  EXPECT_TRUE(filtered([](Filter& f) { f.setThreshold(1.5F); }, said).empty());
  EXPECT_EQ(said,
            "[equicloud::EquivariantOutlierRemoval::applyFilter] the threshold is 1.5; expected a "
            "probability from 0 to 1\n");
  EXPECT_TRUE(filtered([](Filter& f) { f.setThreshold(plugin_tests::kNaN); }, said).empty());
  EXPECT_NE(said.find("the threshold is nan"), std::string::npos);
  EXPECT_TRUE(filtered([](Filter& f) { f.setOutlierFraction(-0.1); }, said).empty());
  EXPECT_NE(said.find("the outlier fraction is -0.1; expected a share from 0 to below 1"),
            std::string::npos);
  EXPECT_TRUE(filtered([](Filter& f) { f.setNumberOfThreads(5000); }, said).empty());
  EXPECT_NE(said.find("5000"), std::string::npos) << said;
}

// An organised cloud that comes back untouched would look like a cleaned one.
TEST(PclFilterSettings, ARefusalIsEmptyEvenWhereTheOrganisationIsKept) {
  std::string said;
  const auto set = [](Filter& f) {
    f.setThreshold(2.0F);
    f.setKeepOrganized(true);
  };
  EXPECT_TRUE(filtered(set, said).empty());
}

TEST(PclFilterSettings, AModelThatCannotBeReadIsNamedAndNotReplacedInSilence) {
  std::string said;
  const auto missing = [](Filter& f) { EXPECT_FALSE(f.setModel("no/such.safetensors")); };
  EXPECT_TRUE(filtered(missing, said).empty());
  EXPECT_NE(said.find("no/such.safetensors"), std::string::npos) << said;
  EXPECT_NE(said.find("setModel takes \"general\" or the path of a model file"), std::string::npos);
  const auto no_model = [](Filter& f) {
    EXPECT_FALSE(f.setModel(std::string(EQUICLOUD_SOURCE_DIR) + "/data/clouds/street.pcd"));
  };
  EXPECT_TRUE(filtered(no_model, said).empty());
  EXPECT_NE(said.find("street.pcd"), std::string::npos) << said;
  const auto mended = [](Filter& f) {
    f.setModel("no/such.safetensors");
    EXPECT_TRUE(f.setModel("general"));
  };
  EXPECT_FALSE(filtered(mended, said).empty());
}

}  // namespace
}  // namespace equicloud
