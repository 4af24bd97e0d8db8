// SPDX-License-Identifier: BSD-3-Clause
#include "cli/classifying.h"

#include "cli/scoring.h"

namespace equicloud::cli {

std::vector<float> part_of(PointsView points, Span<const std::uint32_t> members) {
  std::vector<float> xyz;
  xyz.reserve(3 * members.size());
  for (const std::uint32_t i : members) xyz.insert(xyz.end(), points[i], points[i] + 3);
  return xyz;
}

Labelled label_cloud(PointsView points, const classify::ShapeClassifier& classifier,
                     const Executor& executor) {
  const Stopwatch watch;
  Labelled labelled;
  labelled.points = points.size;
  labelled.it = classifier.classify(points, executor);
  labelled.seconds = watch.seconds();
  return labelled;
}

std::vector<Labelled> label_things(PointsView points, const clusters::Members& things,
                                   const classify::ShapeClassifier& classifier,
                                   const Executor& executor) {
  std::vector<Labelled> labelled(things.size());
  executor.run(things.size(), [&](std::size_t i) {
    const std::vector<float> xyz = part_of(points, things[i]);
    labelled[i] = label_cloud(PointsView(xyz), classifier, executor);
    labelled[i].cluster = i;
  });
  return labelled;
}

std::vector<Labelled> label_clusters(PointsView points, const classify::ShapeClassifier& classifier,
                                     const clusters::SceneOptions& options,
                                     const Executor& executor) {
  const clusters::Scene scene = clusters::split_scene(points, options, executor);
  return label_things(points, clusters::members(scene.clusters), classifier, executor);
}

}  // namespace equicloud::cli
