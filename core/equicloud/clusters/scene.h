// SPDX-License-Identifier: BSD-3-Clause
// A scene into the ground and the things on it, in one call: what classification of a whole scan
// starts with.
#pragma once

#include <equicloud/clusters/euclidean.h>
#include <equicloud/clusters/ground.h>

#include <optional>

namespace equicloud::clusters {

struct SceneOptions {
  std::optional<GroundOptions> ground = GroundOptions{};  ///< nullopt: leave the ground in
  /// Of what is not ground. A tolerance of 0 comes from the spacing of the whole cloud: what the
  /// ground leaves is sparser, and would run together. 30 points: fewer are specks, not things.
  EuclideanOptions clusters{0.0, 30};
  /// Only what lies on the side that up points to: things on a table, not the floor beneath it.
  bool above_only = false;
};

struct Scene {
  Ground ground;      ///< as find_ground() says; `found` is false also if it was to be left in
  Clusters clusters;  ///< labels of all input points: Clusters::kNone for ground as well
};

/// Thing by thing:
///   const Scene scene = split_scene(PointsView(xyz));
///   const Members things = members(scene.clusters);
///   for (std::size_t c = 0; c < things.size(); ++c) use(things[c], scene.clusters.clusters[c]);
/// find_ground(), then euclidean_clusters() of the rest, with their laws, costs and errors.
Scene split_scene(PointsView points, const SceneOptions& options = {},
                  const Executor& executor = serial_executor());

}  // namespace equicloud::clusters
