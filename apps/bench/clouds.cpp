// SPDX-License-Identifier: BSD-3-Clause
#include <bench/clouds.h>
#include <equicloud/base/random.h>
#include <simulate/scanner.h>
#include <simulate/scenes.h>

#include <algorithm>
#include <cmath>

namespace equicloud::bench {
namespace {

constexpr double kDegree = simulate::kPi / 180.0;
constexpr double kStreetBegin_m = -30.0;
constexpr double kStreetLength_m = 60.0;

simulate::SpinningLidar lidar_at(double x_m) {
  simulate::SpinningLidar lidar;
  lidar.eye = {x_m, 0.0, 1.8};
  lidar.elevations_rad = simulate::even_elevations(64, -25.0 * kDegree, 15.0 * kDegree);
  lidar.steps = 2048;
  return lidar;
}

}  // namespace

std::vector<float> street_in_scan_order(std::size_t points) {
  const simulate::Scene scene = simulate::street_scene(Random(1));
  const simulate::Artefacts artefacts{0.3, 0.002, 0.002, 5};
  std::vector<float> xyz;
  for (std::uint64_t revolution = 0; xyz.size() < 3 * points; ++revolution) {
    // Places along the street that never come twice: multiples of the golden ratio, modulo its
    // length.
    const double share = std::fmod(0.6180339887498949 * static_cast<double>(revolution), 1.0);
    const simulate::SpinningLidar lidar = lidar_at(kStreetBegin_m + kStreetLength_m * share);
    for (const simulate::Return& hit :
         simulate::scan(scene, lidar, artefacts, Random(2).fork(revolution)))
      for (const double coordinate : {hit.position.x, hit.position.y, hit.position.z})
        xyz.push_back(static_cast<float>(coordinate));
  }
  xyz.resize(3 * points);
  return xyz;
}

std::vector<float> surface_in_rows(std::size_t points) {
  constexpr double kRing = 1.0, kTube = 0.4, kBump = 0.03, kNoise = 1e-4, kStrays = 0.01;
  constexpr double kTurn = 2.0 * simulate::kPi;
  const auto rows =
      static_cast<std::size_t>(std::sqrt(static_cast<double>(points) * kTube / kRing)) + 1;
  const std::size_t columns = (points + rows - 1) / rows;
  Random random(4);
  std::vector<float> xyz;
  xyz.reserve(3 * points);
  for (std::size_t i = 0; i < points; ++i) {
    const double u = kTurn * static_cast<double>(i % columns) / static_cast<double>(columns);
    const std::size_t row = i / columns;
    const double v = kTurn * static_cast<double>(row) / static_cast<double>(rows);
    const double tube = kTube + kBump * std::sin(9.0 * u) * std::cos(5.0 * v) +
                        kNoise * random.normal() +
                        (random.uniform() < kStrays ? random.uniform(-0.3, 0.3) : 0.0);
    const double across = kRing + tube * std::cos(v);
    for (const double coordinate : {across * std::cos(u), across * std::sin(u), tube * std::sin(v)})
      xyz.push_back(static_cast<float>(coordinate));
  }
  return xyz;
}

std::vector<float> shuffled(const std::vector<float>& xyz) {
  std::vector<float> mixed = xyz;
  Random random(3);
  for (std::size_t i = mixed.size() / 3; i > 1; --i) {
    const std::size_t other = random.below(i);
    std::swap_ranges(&mixed[3 * (i - 1)], &mixed[3 * (i - 1)] + 3, &mixed[3 * other]);
  }
  return mixed;
}

}  // namespace equicloud::bench
