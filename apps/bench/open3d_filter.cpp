// SPDX-License-Identifier: BSD-3-Clause
#include <bench/open3d_filter.h>
#include <omp.h>
#include <open3d/Open3DConfig.h>
#include <open3d/geometry/PointCloud.h>

namespace equicloud::bench {

struct Open3dFilter::Cloud {
  open3d::geometry::PointCloud points;
};

Open3dFilter::Open3dFilter(const std::vector<float>& xyz) : cloud_(std::make_unique<Cloud>()) {
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
    cloud_->points.points_.emplace_back(xyz[i], xyz[i + 1], xyz[i + 2]);
}

Open3dFilter::~Open3dFilter() = default;

std::size_t Open3dFilter::keep(int neighbors, int threads) const {
  omp_set_num_threads(threads);
  const auto [kept, rows] =
      cloud_->points.RemoveStatisticalOutliers(static_cast<std::size_t>(neighbors), 1.0);
  return rows.size();
}

std::string Open3dFilter::version() { return OPEN3D_VERSION; }

}  // namespace equicloud::bench
