// SPDX-License-Identifier: BSD-3-Clause
// Euclidean clusters: the connected components of the graph that joins points at most a tolerance
// apart (single linkage cut at the tolerance; R. B. Rusu 2009, thesis, section 6.2, and
// pcl::EuclideanClusterExtraction, give the same sets). Exact. Laws: permuting the points permutes
// the labels, to the last bit; a motion leaves the sets as they are unless a distance ties with the
// tolerance; same bits for any number of threads.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace equicloud::clusters {

struct EuclideanOptions {
  /// Points this far apart or nearer are together, in the cloud's unit; finite. 0:
  /// kToleranceSpacings times typical_spacing() (0.5 on a 64-beam street frame in metres, 0.008 on
  /// a table before a depth camera).
  double tolerance = 0.0;
  std::size_t min_points = 1;  ///< components with fewer points are no clusters; >= 1
  std::size_t max_points = std::numeric_limits<std::size_t>::max();  ///< nor are those with more
};

/// One cluster, in the caller's frame and unit. Every copy of a position counts as a point.
struct Cluster {
  std::size_t points = 0;
  std::array<float, 3> low{}, high{};  ///< bounding box
  std::array<double, 3> centroid{};
};

struct Clusters {
  static constexpr std::int32_t kNone = -1;

  /// One an input point, in the caller's order: number of its cluster, or kNone where the point is
  /// not finite or its component is too small or too large.
  std::vector<std::int32_t> label;
  /// Largest first; equal sizes in the canonical order of their first points, which depends on the
  /// set of points only (a motion may swap them).
  std::vector<Cluster> clusters;
  double tolerance = 0.0;  ///< the one used
};

/// The clusters of a cloud: any order, duplicates and non-finite points allowed.
/// Cost: O(n log n), two sorts, whatever the density and however many copies; at most about
/// 130 B a point.
/// Throws InvalidArgument for a tolerance that is negative or not finite, min_points = 0,
/// min_points > max_points, more than 2^31 - 1 points.
Clusters euclidean_clusters(PointsView points, const EuclideanOptions& options = {},
                            const Executor& executor = serial_executor());

/// The points of every cluster, for callers that take one cluster at a time.
struct Members {
  std::vector<std::uint32_t> points;  ///< input indices, cluster by cluster, ascending within one
  std::vector<std::size_t> begin;     ///< of each cluster in `points`; one more than clusters

  std::size_t size() const noexcept { return begin.size() - 1; }
  Span<const std::uint32_t> operator[](std::size_t cluster) const noexcept {
    return {points.data() + begin[cluster], begin[cluster + 1] - begin[cluster]};
  }
};
Members members(const Clusters& clusters);

}  // namespace equicloud::clusters
