// SPDX-License-Identifier: BSD-3-Clause
#include <bench/pcl_descriptors.h>
#include <pcl/features/esf.h>
#include <pcl/features/normal_3d.h>
#include <pcl/features/vfh.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>
#include <pcl/search/kdtree.h>

#include <iterator>

namespace equicloud::bench {
namespace {

using Cloud = pcl::PointCloud<pcl::PointXYZ>;
using Normals = pcl::PointCloud<pcl::Normal>;

constexpr int kNormalNeighbors = 16;
constexpr float kEye[3] = {0.0F, -2.85F, 0.95F};  // in front of things and above them

Cloud::Ptr cloud_of(const std::vector<float>& xyz) {
  Cloud::Ptr cloud(new Cloud);
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
    cloud->push_back(pcl::PointXYZ(xyz[i], xyz[i + 1], xyz[i + 2]));
  return cloud;
}

Normals::Ptr outward_normals(const Cloud::ConstPtr& cloud,
                             const pcl::search::KdTree<pcl::PointXYZ>::Ptr& tree) {
  Normals::Ptr normals(new Normals);
  pcl::NormalEstimation<pcl::PointXYZ, pcl::Normal> estimation;
  estimation.setInputCloud(cloud);
  estimation.setSearchMethod(tree);
  estimation.setKSearch(kNormalNeighbors);
  estimation.compute(*normals);
  for (std::size_t i = 0; i < cloud->size(); ++i) {
    auto normal = (*normals)[i].getNormalVector3fMap();
    if (normal.dot((*cloud)[i].getVector3fMap()) < 0.0F) normal = -normal;
  }
  return normals;
}

}  // namespace

std::vector<float> vfh(const std::vector<float>& xyz) {
  const Cloud::Ptr cloud = cloud_of(xyz);
  const pcl::search::KdTree<pcl::PointXYZ>::Ptr tree(new pcl::search::KdTree<pcl::PointXYZ>);
  pcl::VFHEstimation<pcl::PointXYZ, pcl::Normal, pcl::VFHSignature308> estimation;
  estimation.setInputCloud(cloud);
  estimation.setInputNormals(outward_normals(cloud, tree));
  estimation.setSearchMethod(tree);
  estimation.setNormalizeDistance(true);
  estimation.setFillSizeComponent(true);
  estimation.setViewPoint(kEye[0], kEye[1], kEye[2]);
  pcl::PointCloud<pcl::VFHSignature308> signature;
  estimation.compute(signature);
  return {std::begin(signature[0].histogram), std::end(signature[0].histogram)};
}

std::vector<float> esf(const std::vector<float>& xyz) {
  // 64^3 voxels, allocated once a thread.
  thread_local pcl::ESFEstimation<pcl::PointXYZ, pcl::ESFSignature640> estimation;
  estimation.setInputCloud(cloud_of(xyz));
  pcl::PointCloud<pcl::ESFSignature640> signature;
  estimation.compute(signature);
  return {std::begin(signature[0].histogram), std::end(signature[0].histogram)};
}

}  // namespace equicloud::bench
