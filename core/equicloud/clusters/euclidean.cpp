// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/clusters/components.h>
#include <equicloud/clusters/euclidean.h>
#include <equicloud/clusters/spacing.h>
#include <equicloud/points/canonical_order.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::clusters {
namespace {

// Input points at each row.
std::vector<std::uint32_t> copies_of_rows(const CanonicalCloud& cloud) {
  std::vector<std::uint32_t> copies(cloud.size(), 0);
  for (const std::int64_t row : cloud.row_of_input)
    if (row >= 0) ++copies[static_cast<std::size_t>(row)];
  return copies;
}

// For each component its cluster: those of the right size, largest first.
std::vector<std::int32_t> ranks(const std::vector<std::size_t>& sizes,
                                const EuclideanOptions& options) {
  std::vector<std::uint32_t> kept;
  for (std::uint32_t c = 0; c < sizes.size(); ++c)
    if (sizes[c] >= options.min_points && sizes[c] <= options.max_points) kept.push_back(c);
  std::stable_sort(kept.begin(), kept.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; });
  std::vector<std::int32_t> rank(sizes.size(), Clusters::kNone);
  for (std::size_t r = 0; r < kept.size(); ++r) rank[kept[r]] = static_cast<std::int32_t>(r);
  return rank;
}

void add_to(Cluster& cluster, const float* p, std::size_t copies, double scale) noexcept {
  const bool first = cluster.points == 0;
  cluster.points += copies;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double x = p[axis] / scale;  // the input's float again: scale is a power of two
    const auto as_float = static_cast<float>(x);
    cluster.low[axis] = first ? as_float : std::min(cluster.low[axis], as_float);
    cluster.high[axis] = first ? as_float : std::max(cluster.high[axis], as_float);
    // A running mean: a sum of large coordinates would lose digits.
    cluster.centroid[axis] += (x - cluster.centroid[axis]) * static_cast<double>(copies) /
                              static_cast<double>(cluster.points);
  }
}

void check(PointsView points, const EuclideanOptions& options) {
  if (!(options.tolerance >= 0.0) || !std::isfinite(options.tolerance))
    throw InvalidArgument("clusters: the tolerance is " + std::to_string(options.tolerance) +
                          "; it must be finite and positive, or 0 for a few typical spacings");
  if (options.min_points < 1 || options.min_points > options.max_points)
    throw InvalidArgument("clusters: min_points is " + std::to_string(options.min_points) +
                          ", max_points " + std::to_string(options.max_points) +
                          "; expected 1 <= min_points <= max_points");
  if (points.size > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw InvalidArgument("clusters: the cloud has " + std::to_string(points.size) +
                          " points; at most 2147483647 fit, cut it into tiles");
}

}  // namespace

Clusters euclidean_clusters(PointsView points, const EuclideanOptions& options,
                            const Executor& executor) {
  check(points, options);
  const CanonicalCloud cloud = canonical_order(points, executor);
  Clusters result;
  result.tolerance = options.tolerance > 0.0
                         ? options.tolerance
                         : kToleranceSpacings * typical_spacing(cloud, executor);
  const std::vector<std::uint32_t> component =
      components(PointsView(cloud.xyz), result.tolerance * cloud.scale, executor);
  const std::vector<std::uint32_t> copies = copies_of_rows(cloud);
  const std::size_t count =
      component.empty() ? 0 : 1 + *std::max_element(component.begin(), component.end());
  std::vector<std::size_t> sizes(count, 0);
  for (std::size_t row = 0; row < cloud.size(); ++row) sizes[component[row]] += copies[row];

  const std::vector<std::int32_t> rank = ranks(sizes, options);
  result.clusters.resize(static_cast<std::size_t>(
      std::count_if(rank.begin(), rank.end(), [](std::int32_t r) { return r >= 0; })));
  for (std::size_t row = 0; row < cloud.size(); ++row)
    if (const std::int32_t r = rank[component[row]]; r >= 0)
      add_to(result.clusters[static_cast<std::size_t>(r)], cloud.xyz.data() + 3 * row, copies[row],
             cloud.scale);
  result.label.assign(points.size, Clusters::kNone);
  for (std::size_t i = 0; i < points.size; ++i)
    if (const std::int64_t row = cloud.row_of_input[i]; row >= 0)
      result.label[i] = rank[component[static_cast<std::size_t>(row)]];
  return result;
}

Members members(const Clusters& clusters) {
  Members result;
  result.begin.push_back(0);
  for (const Cluster& cluster : clusters.clusters)
    result.begin.push_back(result.begin.back() + cluster.points);
  result.points.resize(result.begin.back());
  std::vector<std::size_t> next(result.begin.begin(), result.begin.end() - 1);
  for (std::size_t i = 0; i < clusters.label.size(); ++i)
    if (const std::int32_t label = clusters.label[i]; label >= 0)
      result.points[next[static_cast<std::size_t>(label)]++] = static_cast<std::uint32_t>(i);
  return result;
}

}  // namespace equicloud::clusters
