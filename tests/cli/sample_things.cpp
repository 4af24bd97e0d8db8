// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sample_things.h"

#include "classify/random_model.h"
#include "cli/sample_clouds.h"

#include <equicloud/base/random.h>
#include <equicloud/nn/weights_file.h>

#include <cmath>

namespace equicloud::cli_tests {
namespace {

void add(std::vector<Point>& points, double x, double y, double z) {
  Point point;
  point.x = static_cast<float>(x);
  point.y = static_cast<float>(y);
  point.z = static_cast<float>(z);
  points.push_back(point);
}

// Points of an ellipsoid with half-axes 0.5, 0.4, 0.6, by directions that are uniform.
void add_ball(std::vector<Point>& points, int count, double x, double y, double z, Random& random) {
  for (int i = 0; i < count; ++i) {
    const double up = random.uniform(-1.0, 1.0);
    const double turn = random.uniform(0.0, 6.283185307179586);
    const double across = std::sqrt(1.0 - up * up);
    const double noise = 1.0 + 0.005 * random.normal();
    add(points, x + 0.5 * noise * across * std::cos(turn),
        y + 0.4 * noise * across * std::sin(turn), z + 0.6 * noise * up);
  }
}

}  // namespace

void save_random_classifier(const std::string& path) {
  nn::save_weights(classify_tests::random_model(1), path);
}

void save_ball(const std::string& path, int points, std::uint64_t seed, int strays) {
  Random random(seed);
  std::vector<Point> cloud;
  add_ball(cloud, points, 0.0, 0.0, 0.0, random);
  for (int i = 0; i < strays; ++i)
    add(cloud, random.uniform(-3.0, 3.0), random.uniform(-3.0, 3.0), random.uniform(1.0, 3.0));
  save(path, cloud);
}

void save_scene(const std::string& path, const std::vector<int>& points) {
  Random random(1);
  std::vector<Point> cloud;
  for (int i = 0; i < 10000; ++i)
    add(cloud, random.uniform(-10.0, 10.0), random.uniform(-10.0, 10.0), 0.01 * random.normal());
  double x = -6.0;
  for (const int count : points) {
    add_ball(cloud, count, x, 0.5 * x, 1.5, random);
    x += 5.0;
  }
  save(path, cloud);
}

}  // namespace equicloud::cli_tests
