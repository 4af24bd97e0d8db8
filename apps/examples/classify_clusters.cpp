// SPDX-License-Identifier: BSD-3-Clause
// Example 5: what are the things in a cloud?
//   equicloud_example_classify MODEL.safetensors IN.pcd
// leaves the ground out, cuts the rest into clusters and says what each is.
#include <equicloud/pcl/shape_classification.h>
#include <pcl/io/pcd_io.h>
#include <pcl/point_types.h>

#include <cstdio>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: equicloud_example_classify MODEL.safetensors IN.pcd\n");
    return 2;
  }
  const pcl::PointCloud<pcl::PointXYZ>::Ptr cloud(new pcl::PointCloud<pcl::PointXYZ>);
  if (pcl::io::loadPCDFile(argv[2], *cloud) != 0) {
    std::fprintf(stderr, "equicloud_example_classify: cannot read %s as PCD\n", argv[2]);
    return 1;
  }
  equicloud::ShapeClassification<pcl::PointXYZ> classification;
  classification.setSegmentScene(true);
  classification.setNumberOfThreads();  // all processors
  classification.setInputCloud(cloud);
  std::vector<equicloud::ShapeLabel> labels;
  if (!classification.setModel(argv[1]) || !classification.compute(labels)) return 1;
  for (std::size_t c = 0; c < labels.size(); ++c)
    std::printf("%3zu  %6zu points  %-14s %.2f  %s\n", c,
                classification.getClusters()[c].indices.size(), labels[c].name.c_str(),
                static_cast<double>(labels[c].probability), labels[c].reason.c_str());
  return 0;
}
