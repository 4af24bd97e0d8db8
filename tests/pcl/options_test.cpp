// SPDX-License-Identifier: BSD-3-Clause
// PCL's statistical filter and ours, with PCL's score put in ours: all 384 combinations of what a
// pcl::FilterIndices can be told give the same points, bytes, indices and headers.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <gtest/gtest.h>
#include <pcl/common/point_tests.h>
#include <pcl/console/print.h>
#include <pcl/filters/statistical_outlier_removal.h>
#include <pcl/search/kdtree.h>
#include <pcl/search/organized.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "pcl/clouds.h"

namespace equicloud {
namespace {

using plugin_tests::Look;
using Point = pcl::PointXYZRGBNormal;
using Cloud = pcl::PointCloud<Point>;

constexpr int kMeanK = 8;
constexpr double kStddevs = 1.0;

using Statistical = pcl::StatisticalOutlierRemoval<Point>;

// PCL 1.13's score: the mean distance to kMeanK neighbours; 0 for a point that is not finite.
std::vector<float> mean_distances(const Cloud::ConstPtr& cloud, const pcl::Indices& judged) {
  pcl::search::Search<Point>::Ptr search;
  if (cloud->isOrganized())
    search.reset(new pcl::search::OrganizedNeighbor<Point>);
  else
    search.reset(new pcl::search::KdTree<Point>(false));
  search->setInputCloud(cloud);
  std::vector<float> distances;
  for (const pcl::index_t i : judged) {
    double sum = 0.0;
    pcl::Indices neighbors(kMeanK + 1);
    std::vector<float> squared(kMeanK + 1);
    if (pcl::isXYZFinite((*cloud)[static_cast<std::size_t>(i)]) &&
        search->nearestKSearch(i, kMeanK + 1, neighbors, squared) > 0)
      for (std::size_t k = 1; k <= kMeanK; ++k) sum += std::sqrt(squared[k]);
    distances.push_back(static_cast<float>(sum / kMeanK));
  }
  return distances;
}

// And where it cuts: the mean over the finite judged points plus one deviation.
double cut_of(const std::vector<float>& distances) {
  double sum = 0.0;
  double squares = 0.0;
  double valid = 0.0;
  for (const double d : distances) {
    sum += d;
    squares += d * d;
    valid += d > 0.0 ? 1.0 : 0.0;
  }
  const double variance = (squares - sum * sum / valid) / (valid - 1.0);
  return sum / valid + kStddevs * std::sqrt(variance);
}

// Our filter with PCL's score in place of the network's, mapped so that PCL's cut lies at the
// threshold of 0.5.
class WithStatisticalScore : public EquivariantOutlierRemoval<Point> {
 public:
  using EquivariantOutlierRemoval<Point>::EquivariantOutlierRemoval;

 protected:
  void computeScores(PointsView points, outlier::Scores& scores) override {
    scores.status = outlier::Status::scored;
    scores.probability.assign(points.size, 0.0F);
    const std::vector<float> distances = mean_distances(input_, *indices_);
    const double cut = cut_of(distances);
    for (std::size_t i = 0; i < distances.size(); ++i)
      scores.probability[static_cast<std::size_t>((*indices_)[i])] =
          static_cast<float>(std::min(1.0, 0.5 * distances[i] / cut));
  }
};

struct Options {
  Look look;
  bool negative, keep_organized, extract, own_value, in_place;
  int index_mode;  // none, half, empty

  std::string text() const {
    return "organized " + std::to_string(look.organized) + ", NaN " +
           std::to_string(look.with_nan) + ", negative " + std::to_string(negative) +
           ", keep_organized " + std::to_string(keep_organized) + ", extract " +
           std::to_string(extract) + ", own value " + std::to_string(own_value) + ", in place " +
           std::to_string(in_place) + ", index mode " + std::to_string(index_mode);
  }
};

struct Outcome {
  Cloud cloud;
  pcl::Indices kept;
  pcl::Indices removed_with_cloud;
  pcl::Indices removed_with_indices;
};

template <typename Filter>
Outcome outcome_of(const Options& options) {
  Filter filter(options.extract);
  const Cloud::Ptr input = plugin_tests::depth_image<Point>(options.look);
  filter.setInputCloud(input);
  if (options.index_mode == 1) filter.setIndices(plugin_tests::half_of(input->size()));
  if (options.index_mode == 2) filter.setIndices(pcl::IndicesPtr(new pcl::Indices));
  filter.setNegative(options.negative);
  filter.setKeepOrganized(options.keep_organized);
  if (options.own_value) filter.setUserFilterValue(-7.5F);
  if constexpr (std::is_same_v<Filter, Statistical>) {
    filter.setMeanK(kMeanK);
    filter.setStddevMulThresh(kStddevs);
  }
  Outcome outcome;
  outcome.kept = {1, 2, 3};  // a used vector
  filter.filter(outcome.kept);
  outcome.removed_with_indices = *filter.getRemovedIndices();
  if (options.in_place) {
    filter.filter(*input);
    outcome.cloud = *input;
  } else {
    filter.filter(outcome.cloud);
  }
  outcome.removed_with_cloud = *filter.getRemovedIndices();
  return outcome;
}

void expect_same(const Outcome& a, const Outcome& b) {
  EXPECT_EQ(a.kept, b.kept);
  EXPECT_EQ(a.removed_with_cloud, b.removed_with_cloud);
  EXPECT_EQ(a.removed_with_indices, b.removed_with_indices);
  EXPECT_EQ(a.cloud.width, b.cloud.width);
  EXPECT_EQ(a.cloud.height, b.cloud.height);
  EXPECT_EQ(a.cloud.is_dense, b.cloud.is_dense);
  EXPECT_EQ(a.cloud.header.frame_id, b.cloud.header.frame_id);
  EXPECT_EQ(a.cloud.header.stamp, b.cloud.header.stamp);
  EXPECT_EQ(a.cloud.sensor_origin_, b.cloud.sensor_origin_);
  EXPECT_EQ(a.cloud.sensor_orientation_.coeffs(), b.cloud.sensor_orientation_.coeffs());
  ASSERT_EQ(a.cloud.size(), b.cloud.size());
  for (std::size_t i = 0; i < a.cloud.size(); ++i)
    ASSERT_TRUE(plugin_tests::same_bytes(a.cloud[i], b.cloud[i])) << "point " << i;
}

std::vector<Options> all_options() {
  std::vector<Options> all;
  for (int mode = 0; mode < 3; ++mode)
    for (int bits = 0; bits < 128; ++bits) {
      const auto bit = [bits](int n) { return (bits >> n & 1) != 0; };
      Options options{};
      options.look.organized = bit(0);
      options.look.with_nan = bit(1);
      options.negative = bit(2);
      options.keep_organized = bit(3);
      options.extract = bit(4);
      options.own_value = bit(5);
      options.in_place = bit(6);
      options.index_mode = mode;
      all.push_back(options);
    }
  return all;
}

TEST(FilterOptions, All384CombinationsEqualStatisticalOutlierRemoval) {
  pcl::console::setVerbosityLevel(pcl::console::L_ALWAYS);  // 192 warnings that extraction is on
  std::size_t compared = 0;
  std::size_t removing = 0;
  for (const Options& options : all_options()) {
    SCOPED_TRACE(options.text());
    const Outcome ours = outcome_of<WithStatisticalScore>(options);
    expect_same(outcome_of<Statistical>(options), ours);
    ++compared;
    removing += ours.kept.size() > 10 && ours.kept.size() < 758 ? 1 : 0;
  }
  pcl::console::setVerbosityLevel(pcl::console::L_INFO);
  EXPECT_EQ(compared, 384U);
  EXPECT_EQ(removing, 256U) << "all but those of empty indices must separate something";
}

}  // namespace
}  // namespace equicloud
