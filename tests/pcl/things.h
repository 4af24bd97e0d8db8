// SPDX-License-Identifier: BSD-3-Clause
// Things apart from each other, where each lies in the cloud, and a classifier of random weights.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/classify/classifier.h>
#include <equicloud/clusters/scene.h>
#include <pcl/PointIndices.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "classify/random_model.h"
#include "laws/clouds.h"

namespace equicloud::plugin_tests {

struct Things {
  laws::Cloud xyz;
  std::vector<pcl::PointIndices> clusters;

  std::size_t size() const { return xyz.size() / 3; }
  /// The points of one of them alone.
  laws::Cloud thing(std::size_t c) const {
    laws::Cloud cloud;
    for (const pcl::index_t i : clusters[c].indices)
      cloud.insert(cloud.end(), xyz.begin() + 3 * i, xyz.begin() + 3 * i + 3);
    return cloud;
  }
};

/// `count` bumpy closed surfaces in a row, 4 apart and about 1 wide, each of another shape; thing c
/// has 400 - 20 c points, so that the largest comes first. Points of all things are mixed.
inline Things things(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  Things result;
  result.clusters.resize(count);
  for (int i = 0; i < 400; ++i)
    for (std::size_t c = 0; c < count; ++c) {
      if (i >= 400 - 20 * static_cast<int>(c)) continue;
      const auto kind = static_cast<double>(c);
      const double z = random.uniform(-1.0, 1.0);
      const double a = random.uniform(0.0, 6.283185307179586);
      const double r = 1.0 + 0.25 * std::sin((1.0 + kind) * a) * z;
      const double flat = std::sqrt(1.0 - z * z) / (1.0 + 0.5 * kind);
      result.clusters[c].indices.push_back(static_cast<pcl::index_t>(result.size()));
      laws::add_point(result.xyz, 4.0 * kind + 0.5 * r * flat * std::cos(a),
                      0.5 * r * flat * std::sin(a), 0.5 * r * z);
    }
  return result;
}

/// How such a scene is cut: nothing of a ground is looked for among things that hang in the air.
inline clusters::SceneOptions apart() {
  clusters::SceneOptions options;
  options.ground.reset();
  options.clusters.tolerance = 0.5;
  return options;
}

/// The first of eight random models that does not call all of the things the same, or the last:
/// that of things(4, 1) tells them apart.
inline std::shared_ptr<const classify::ShapeClassifier> telling_classifier(const Things& things) {
  classify::ClassifierOptions options;
  options.filter = false;
  std::shared_ptr<const classify::ShapeClassifier> classifier;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    classifier = std::make_shared<classify::ShapeClassifier>(
        classify::Model::from(classify_tests::random_model(seed), "random"), options);
    const auto name = [&](std::size_t c) {
      return classifier->classify(PointsView(Span<const float>(things.thing(c)))).name;
    };
    for (std::size_t c = 1; c < things.clusters.size(); ++c)
      if (name(c) != name(0)) return classifier;
  }
  return classifier;
}

/// How often PCL has said something of a kind, such as "[equicloud::".
inline std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

}  // namespace equicloud::plugin_tests
