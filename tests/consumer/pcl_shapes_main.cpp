// SPDX-License-Identifier: BSD-3-Clause
// A PCL program with the installed classes: exit status 0 if a box that was turned is found again
// among a box and a rod by its signature, and a classification without a model refuses.
#include <equicloud/pcl/shape_class_filter.h>
#include <equicloud/pcl/shape_classification.h>
#include <equicloud/pcl/spherical_signature_estimation.h>
#include <pcl/kdtree/kdtree_flann.h>
#include <pcl/point_types.h>

#include <vector>

namespace {

using Cloud = pcl::PointCloud<pcl::PointXYZI>;
using Signatures = pcl::PointCloud<equicloud::SphericalSignature>;

// A grid of 6 x 6 x layers points; turned: about the x axis by a quarter.
Cloud::Ptr block(int layers, bool turned) {
  const Cloud::Ptr cloud(new Cloud);
  for (int x = 0; x < 6; ++x)
    for (int y = 0; y < 6; ++y)
      for (int z = 0; z < layers; ++z) {
        pcl::PointXYZI point;
        point.x = static_cast<float>(x);
        point.y = static_cast<float>(turned ? -z : y) + 0.01F * static_cast<float>(x % 3);
        point.z = static_cast<float>(turned ? y : z);
        cloud->push_back(point);
      }
  return cloud;
}

equicloud::SphericalSignature signature_of(const Cloud::Ptr& cloud) {
  equicloud::SphericalSignatureEstimation<pcl::PointXYZI> estimation;
  estimation.setInputCloud(cloud);
  Signatures output;
  estimation.compute(output);
  return output.at(0);
}

}  // namespace

int main() {
  const Signatures::Ptr known(new Signatures);
  known->push_back(signature_of(block(30, false)));
  known->push_back(signature_of(block(5, false)));
  pcl::KdTreeFLANN<equicloud::SphericalSignature> tree;
  tree.setInputCloud(known);
  pcl::Indices nearest;
  std::vector<float> distances;
  tree.nearestKSearch(signature_of(block(5, true)), 1, nearest, distances);

  equicloud::ShapeClassification<pcl::PointXYZI> classification;
  classification.setInputCloud(block(5, false));
  std::vector<equicloud::ShapeLabel> labels;
  const bool refused = !classification.compute(labels) && labels.empty();
  equicloud::ShapeClassFilter<pcl::PointXYZI> filter;
  filter.setClasses({"chair"});
  filter.setInputCloud(block(5, false));
  Cloud output;
  filter.filter(output);
  return nearest.front() == 1 && refused && output.empty() ? 0 : 1;
}
