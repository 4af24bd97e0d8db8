// SPDX-License-Identifier: BSD-3-Clause
#include "clusters/scenes.h"

#include <algorithm>
#include <cmath>

namespace equicloud::clusters {
namespace {

constexpr double kPi = 3.141592653589793;

double street_ground(double x, double y) {
  return 0.12 * x + 0.05 * y + (std::fabs(y) > 4.0 ? 0.12 : 0.0);
}
double hillside_ground(double x, double y) {
  return std::tan(kPi / 12.0) * x + 2.0 * std::sin(0.1 * x) * std::cos(0.1 * y);
}
double level(double, double) { return 0.0; }

}  // namespace

bool SceneBuilder::built_over(double x, double y) const {
  return std::any_of(boxes_.begin(), boxes_.end(), [&](const Footprint& b) {
    return std::fabs(x - b.x) < b.half_x && std::fabs(y - b.y) < b.half_y;
  });
}

void SceneBuilder::add(double x, double y, double z, int thing) {
  laws::add_point(scene_.cloud, x, y, z);
  scene_.thing.push_back(thing);
  scene_.height.push_back(z - ground_(x, y));
}

void SceneBuilder::add_ground(double half_x, double half_y) {
  constexpr double roughness = 0.01;
  const double unit = std::min(1.0, half_x);  // a table is smoother than a street
  for (int i = 0; i < count(4.0 * half_x * half_y); ++i) {
    const double x = random_.uniform(-half_x, half_x);
    const double y = random_.uniform(-half_y, half_y);
    if (!built_over(x, y))
      add(x, y, ground_(x, y) + 0.3 * roughness * unit * random_.normal(), TrueScene::kGround);
  }
}

void SceneBuilder::add_box(double x, double y, double wide_x, double wide_y, double tall) {
  const double top = ground_(x, y) + tall;
  boxes_.push_back({x, y, 0.5 * wide_x, 0.5 * wide_y});
  for (int i = 0; i < count(wide_x * wide_y); ++i)
    add(x + random_.uniform(-0.5, 0.5) * wide_x, y + random_.uniform(-0.5, 0.5) * wide_y, top,
        scene_.things);
  for (int i = 0; i < count(2.0 * (wide_x + wide_y) * tall); ++i) {
    const double side = random_.uniform() < 0.5 ? -0.5 : 0.5;
    const double along = random_.uniform(-0.5, 0.5);
    const bool x_wall = random_.uniform() * (wide_x + wide_y) < wide_y;
    const double px = x + (x_wall ? side : along) * wide_x;
    const double py = y + (x_wall ? along : side) * wide_y;
    add(px, py, random_.uniform(ground_(px, py), top), scene_.things);
  }
  ++scene_.things;
}

void SceneBuilder::add_sphere(double x, double y, double radius) {
  for (int i = 0; i < count(4.0 * kPi * radius * radius); ++i) {
    const double z = random_.uniform(-1.0, 1.0);
    const double angle = random_.uniform(0.0, 2.0 * kPi);
    const double ring = std::sqrt(1.0 - z * z);
    add(x + radius * ring * std::cos(angle), y + radius * ring * std::sin(angle),
        ground_(x, y) + radius * (z + 1.0), scene_.things);
  }
  ++scene_.things;
}

void SceneBuilder::add_pole(double x, double y, double tall) {
  const double radius = 0.04 * tall;
  for (int i = 0; i < count(2.0 * kPi * radius * tall); ++i) {
    const double angle = random_.uniform(0.0, 2.0 * kPi);
    add(x + radius * std::cos(angle), y + radius * std::sin(angle),
        ground_(x, y) + random_.uniform(0.0, tall), scene_.things);
  }
  ++scene_.things;
}

TrueScene street(std::uint64_t seed) {
  SceneBuilder builder(street_ground, 60.0, seed);
  for (const double x : {-18.0, -10.0, 3.0, 15.0}) builder.add_box(x, 2.5, 4.5, 1.8, 1.5);
  builder.add_box(5.0, 10.0, 8.0, 6.0, 5.0);
  for (const double x : {-20.0, 0.0, 20.0}) builder.add_pole(x, -6.0, 4.0);
  builder.add_sphere(-5.0, -3.0, 0.7);
  builder.add_sphere(8.0, -10.0, 1.0);
  builder.add_ground(25.0, 15.0);
  return builder.take();
}

TrueScene hillside(std::uint64_t seed) {
  SceneBuilder builder(hillside_ground, 12.0, seed);
  builder.add_box(-20.0, -20.0, 14.0, 12.0, 8.0);
  builder.add_box(15.0, 20.0, 10.0, 10.0, 7.0);
  builder.add_box(20.0, -15.0, 8.0, 12.0, 6.0);
  for (const double y : {-5.0, 5.0, 30.0}) builder.add_sphere(-15.0, y, 2.0);
  builder.add_ground(40.0, 40.0);
  return builder.take();
}

TrueScene table(std::uint64_t seed) {
  SceneBuilder builder(level, 20000.0, seed);
  builder.add_box(-0.3, 0.1, 0.2, 0.12, 0.15);
  builder.add_sphere(0.1, -0.15, 0.06);
  builder.add_sphere(0.3, 0.2, 0.08);
  builder.add_pole(0.4, -0.25, 0.25);
  builder.add_ground(0.6, 0.4);
  return builder.take();
}

}  // namespace equicloud::clusters
