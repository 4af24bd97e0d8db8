// SPDX-License-Identifier: BSD-3-Clause
// A PCL program with the installed filter: exit status 0 if the one point far from a small sheet is
// removed and the sheet is not.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/point_types.h>

int main() {
  const pcl::PointCloud<pcl::PointXYZI>::Ptr cloud(new pcl::PointCloud<pcl::PointXYZI>);
  for (int x = 0; x < 40; ++x)
    for (int y = 0; y < 40; ++y) {
      pcl::PointXYZI point;
      point.x = 0.1F * static_cast<float>(x);
      point.y = 0.1F * static_cast<float>(y);
      point.z = 0.01F * static_cast<float>((x * 7 + y * 3) % 5);
      cloud->push_back(point);
    }
  pcl::PointXYZI far_away;
  far_away.x = far_away.y = 1.0F;
  far_away.z = 3.0F;
  cloud->push_back(far_away);
  equicloud::EquivariantOutlierRemoval<pcl::PointXYZI> filter(true);
  filter.setInputCloud(cloud);
  pcl::PointCloud<pcl::PointXYZI> output;
  filter.filter(output);
  return output.size() == 1600 && filter.getRemovedIndices()->front() == 1600 ? 0 : 1;
}
