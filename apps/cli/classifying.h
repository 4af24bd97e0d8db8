// SPDX-License-Identifier: BSD-3-Clause
// What the verbs that classify have in common: what a cloud is, whole or cut into things.
#pragma once

#include <equicloud/classify/classifier.h>
#include <equicloud/clusters/scene.h>

#include <optional>
#include <vector>

namespace equicloud::cli {

/// One labelled cloud: a file, or a cluster of it.
struct Labelled {
  std::optional<std::size_t> cluster;  ///< number, largest first; none of a whole file
  std::size_t points = 0;              ///< of the cloud
  classify::Classification it;
  double seconds = 0.0;  ///< of classifying it alone
};

Labelled label_cloud(PointsView points, const classify::ShapeClassifier& classifier,
                     const Executor& executor);
/// The points of a cloud with these numbers, packed x y z.
std::vector<float> part_of(PointsView points, Span<const std::uint32_t> members);
/// Each thing on its own, side by side.
std::vector<Labelled> label_things(PointsView points, const clusters::Members& things,
                                   const classify::ShapeClassifier& classifier,
                                   const Executor& executor);
/// clusters::split_scene(), then label_things().
std::vector<Labelled> label_clusters(PointsView points, const classify::ShapeClassifier& classifier,
                                     const clusters::SceneOptions& options,
                                     const Executor& executor);

}  // namespace equicloud::cli
