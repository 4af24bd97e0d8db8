// SPDX-License-Identifier: BSD-3-Clause
// Example 1: a PCL pipeline with the outlier filter in it.
//   equicloud_example_pipeline IN.pcd OUT_FOLDER
// thins the cloud (VoxelGrid), removes outliers, takes what stands above the ground (PassThrough)
// and cuts it into clusters. Writes voxels.pcd, cleaned.pcd and clusters.pcd (label = cluster).
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/filters/passthrough.h>
#include <pcl/filters/voxel_grid.h>
#include <pcl/io/pcd_io.h>
#include <pcl/point_types.h>
#include <pcl/search/kdtree.h>
#include <pcl/segmentation/extract_clusters.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using Cloud = pcl::PointCloud<pcl::PointXYZ>;

constexpr float kVoxel_m = 0.05F;
constexpr float kGroundTop_m = 0.3F;
constexpr double kClusterGap_m = 0.4;
constexpr int kSmallestCluster = 30;  // points

Cloud::Ptr thinned(const Cloud::ConstPtr& cloud) {
  Cloud::Ptr output(new Cloud);
  pcl::VoxelGrid<pcl::PointXYZ> grid;
  grid.setInputCloud(cloud);
  grid.setLeafSize(kVoxel_m, kVoxel_m, kVoxel_m);
  grid.filter(*output);
  return output;
}

Cloud::Ptr cleaned(const Cloud::ConstPtr& cloud) {
  Cloud::Ptr output(new Cloud);
  equicloud::EquivariantOutlierRemoval<pcl::PointXYZ> filter;
  filter.setInputCloud(cloud);
  filter.setNumberOfThreads();  // all processors
  filter.filter(*output);
  return output;
}

Cloud::Ptr above_ground(const Cloud::ConstPtr& cloud) {
  Cloud::Ptr output(new Cloud);
  pcl::PassThrough<pcl::PointXYZ> pass;
  pass.setInputCloud(cloud);
  pass.setFilterFieldName("z");
  pass.setFilterLimits(kGroundTop_m, 1000.0F);
  pass.filter(*output);
  return output;
}

std::vector<pcl::PointIndices> clusters_of(const Cloud::ConstPtr& cloud) {
  std::vector<pcl::PointIndices> clusters;
  if (cloud->empty()) return clusters;
  const pcl::search::KdTree<pcl::PointXYZ>::Ptr search(new pcl::search::KdTree<pcl::PointXYZ>);
  pcl::EuclideanClusterExtraction<pcl::PointXYZ> extraction;
  extraction.setSearchMethod(search);
  extraction.setInputCloud(cloud);
  extraction.setClusterTolerance(kClusterGap_m);
  extraction.setMinClusterSize(kSmallestCluster);
  extraction.extract(clusters);
  return clusters;
}

pcl::PointCloud<pcl::PointXYZL> labelled(const Cloud& cloud,
                                         const std::vector<pcl::PointIndices>& clusters) {
  pcl::PointCloud<pcl::PointXYZL> output;
  for (std::size_t label = 0; label < clusters.size(); ++label)
    for (const pcl::index_t i : clusters[label].indices) {
      const pcl::PointXYZ& p = cloud[static_cast<std::size_t>(i)];
      output.push_back(pcl::PointXYZL(p.x, p.y, p.z, static_cast<std::uint32_t>(label)));
    }
  return output;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: equicloud_example_pipeline IN.pcd OUT_FOLDER\n");
    return 2;
  }
  const Cloud::Ptr scan(new Cloud);
  if (pcl::io::loadPCDFile(argv[1], *scan) != 0) {
    std::fprintf(stderr, "equicloud_example_pipeline: cannot read %s as PCD\n", argv[1]);
    return 1;
  }
  const Cloud::Ptr voxels = thinned(scan);
  const Cloud::Ptr clean = cleaned(voxels);
  const Cloud::Ptr objects = above_ground(clean);
  const std::vector<pcl::PointIndices> clusters = clusters_of(objects);
  std::printf(
      "%zu points read\n%zu after VoxelGrid (%g m)\n%zu after EquivariantOutlierRemoval\n"
      "%zu of them above %g m, in %zu clusters\n",
      scan->size(), voxels->size(), kVoxel_m, clean->size(), objects->size(), kGroundTop_m,
      clusters.size());
  const std::filesystem::path folder = argv[2];
  try {
    std::filesystem::create_directories(folder);
    pcl::io::savePCDFileBinary((folder / "voxels.pcd").string(), *voxels);
    pcl::io::savePCDFileBinary((folder / "cleaned.pcd").string(), *clean);
    const auto labels = labelled(*objects, clusters);
    if (!labels.empty()) pcl::io::savePCDFileBinary((folder / "clusters.pcd").string(), labels);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "equicloud_example_pipeline: cannot write to %s: %s\n", argv[2],
                 error.what());
    return 1;
  }
  return 0;
}
