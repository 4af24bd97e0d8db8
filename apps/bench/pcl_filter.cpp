// SPDX-License-Identifier: BSD-3-Clause
#include <bench/pcl_filter.h>
#include <pcl/filters/radius_outlier_removal.h>
#include <pcl/filters/statistical_outlier_removal.h>
#include <pcl/pcl_config.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>

namespace equicloud::bench {

struct PclFilter::Cloud {
  pcl::PointCloud<pcl::PointXYZ>::Ptr points{new pcl::PointCloud<pcl::PointXYZ>};
};

PclFilter::PclFilter(const std::vector<float>& xyz) : cloud_(std::make_unique<Cloud>()) {
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
    cloud_->points->push_back(pcl::PointXYZ(xyz[i], xyz[i + 1], xyz[i + 2]));
}

PclFilter::~PclFilter() = default;

std::size_t PclFilter::keep(int neighbors) const {
  pcl::StatisticalOutlierRemoval<pcl::PointXYZ> filter;
  filter.setInputCloud(cloud_->points);
  filter.setMeanK(neighbors);
  filter.setStddevMulThresh(1.0);
  std::vector<int> kept;
  filter.filter(kept);
  return kept.size();
}

std::size_t PclFilter::keep_within(double radius, int least) const {
  pcl::RadiusOutlierRemoval<pcl::PointXYZ> filter;
  filter.setInputCloud(cloud_->points);
  filter.setRadiusSearch(radius);
  filter.setMinNeighborsInRadius(least);
  std::vector<int> kept;
  filter.filter(kept);
  return kept.size();
}

std::string PclFilter::version() { return PCL_VERSION_PRETTY; }

}  // namespace equicloud::bench
