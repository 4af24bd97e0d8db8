// SPDX-License-Identifier: BSD-3-Clause
// Compiled by tests with different flags; never run.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/point_types.h>

int main() {
  const equicloud::EquivariantOutlierRemoval<pcl::PointXYZ> filter;
  return static_cast<int>(filter.getNumberOfThreads());
}
