// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/scene.h>
#include <equicloud/clusters/spacing.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace equicloud::clusters {
namespace {

Ground no_ground(std::size_t points) {
  Ground ground;
  ground.is_ground.assign(points, 0);
  ground.height.assign(points, std::numeric_limits<float>::quiet_NaN());
  return ground;
}

void default_to(double& length, double spacings) {
  if (length == 0.0) length = spacings;
}

// The options with their lengths taken from the spacing, worked out once, where they are 0.
SceneOptions resolved(SceneOptions options, PointsView points, const Executor& executor) {
  const bool ground_known =
      !options.ground || (options.ground->thickness != 0.0 && options.ground->cell != 0.0);
  if (options.clusters.tolerance != 0.0 && ground_known) return options;
  const double spacing = typical_spacing(points, executor);
  default_to(options.clusters.tolerance, kToleranceSpacings * spacing);
  if (options.ground) {
    default_to(options.ground->thickness, kThicknessSpacings * spacing);
    default_to(options.ground->cell, kCellSpacings * spacing);
  }
  return options;
}

}  // namespace

Scene split_scene(PointsView points, const SceneOptions& given, const Executor& executor) {
  const SceneOptions options = resolved(given, points, executor);
  Scene scene;
  scene.ground =
      options.ground ? find_ground(points, *options.ground, executor) : no_ground(points.size);
  const Ground& ground = scene.ground;
  std::vector<float> rest;
  std::vector<std::uint32_t> input;  // of each point of the rest
  for (std::size_t i = 0; i < points.size; ++i) {
    const bool below = options.above_only && ground.found && !(ground.height[i] > 0.0F);
    if (ground.is_ground[i] != 0 || below || !is_finite(points[i])) continue;
    rest.insert(rest.end(), points[i], points[i] + 3);
    input.push_back(static_cast<std::uint32_t>(i));
  }
  Clusters of_rest = euclidean_clusters(PointsView(rest), options.clusters, executor);
  std::vector<std::int32_t> label(points.size, Clusters::kNone);
  for (std::size_t k = 0; k < input.size(); ++k) label[input[k]] = of_rest.label[k];
  of_rest.label = std::move(label);
  scene.clusters = std::move(of_rest);
  return scene;
}

}  // namespace equicloud::clusters
