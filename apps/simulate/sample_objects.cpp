// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/points/motion.h>
#include <simulate/furniture.h>
#include <simulate/sample_objects.h>
#include <simulate/sampling.h>
#include <simulate/street_furniture.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

constexpr std::size_t kPoints = 4000;
constexpr double kNoise = 0.002;  // m
constexpr std::size_t kShowroomPoints = 60000;
constexpr std::size_t kShowroomStrays = 300;
constexpr double kHalfX = 4.0, kHalfY = 3.0;  // of the showroom's floor

void add_object(Scene& scene, const Palette& palette, const std::string& name) {
  Random random(1);
  if (name == "chair") add_chair(scene, palette, {});
  if (name == "sofa") add_sofa(scene, palette, {});
  if (name == "table") add_table(scene, palette, {}, 0.7, 0.45, 0.74);
  if (name == "vase") add_vase(scene, palette.tile, {}, 0.4, random);
}

// Rings through each other, one of them on a foot: no piece of furniture.
void add_odd_thing(Scene& scene, MaterialId m, Vec3 foot) {
  add_cone(scene, m, foot, foot + Vec3{0, 0, 0.5}, 0.03, 0.03);
  add_torus(scene, m, foot + Vec3{0, 0, 0.9}, {0, 1, 0.3}, 0.4, 0.06, 40);
  add_torus(scene, m, foot + Vec3{0.35, 0.1, 1.1}, {1, 0.2, 0}, 0.35, 0.06, 40);
  add_torus(scene, m, foot + Vec3{-0.3, 0, 1.2}, {0.3, 0.2, 1}, 0.3, 0.05, 40);
}

void add_showroom(Scene& scene, const Palette& palette, Random& random) {
  add_quad(scene, palette.tile, {-kHalfX, -kHalfY, 0}, {kHalfX, -kHalfY, 0}, {kHalfX, kHalfY, 0},
           {-kHalfX, kHalfY, 0});
  add_chair(scene, palette, {{-2.9, -1.7, 0}, 0.6});
  add_chair(scene, palette, {{-1.2, -1.9, 0}, -0.9});
  add_sofa(scene, palette, {{-2.2, 1.8, 0}, 0.2});
  add_table(scene, palette, {{0.9, 1.4, 0}, 0.3}, 0.8, 0.5, 0.74);
  add_vase(scene, palette.tile, {0.7, -1.6, 0}, 1.2, random);
  add_pedestrian(scene, palette, {{2.9, 1.7, 0}, 2.0}, random);
  add_odd_thing(scene, palette.tile, {2.6, -1.4, 0});
}

void append(std::vector<float>& xyz, const Vec3& p) {
  for (const double v : {p.x, p.y, p.z}) xyz.push_back(static_cast<float>(v));
}

// Points on what `fill` puts into a scene.
template <typename Fill>
std::vector<float> points_on(std::size_t count, Random& random, const Fill& fill) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  fill(scene, palette);
  scene.seal();
  std::vector<float> xyz;
  for (const Vec3& p : sample_surface(scene, {}, count, kNoise, Random(2))) append(xyz, p);
  return xyz;
}

}  // namespace

const std::vector<std::string>& object_names() {
  static const std::vector<std::string> names = {"chair", "sofa", "table", "vase"};
  return names;
}

std::vector<float> sample_object(const std::string& name, std::uint64_t pose) {
  const std::vector<std::string>& names = object_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw InvalidArgument("no sample object is called '" + name +
                          "'; there are chair, sofa, table and vase");
  }
  Random colours(1);
  const std::vector<float> xyz =
      points_on(kPoints, colours,
                [&](Scene& scene, const Palette& palette) { add_object(scene, palette, name); });
  if (pose == 0) return xyz;
  Random random(pose);
  return moved(PointsView(xyz), random_motion(PointsView(xyz), random));
}

std::vector<float> sample_showroom() {
  Random random(7);
  std::vector<float> xyz = points_on(
      kShowroomPoints, random,
      [&](Scene& scene, const Palette& palette) { add_showroom(scene, palette, random); });
  for (std::size_t i = 0; i < kShowroomStrays; ++i) {
    const double x = random.uniform(-kHalfX, kHalfX), y = random.uniform(-kHalfY, kHalfY);
    append(xyz, {x, y, random.uniform(0.0, 2.5)});
  }
  return xyz;
}

}  // namespace equicloud::simulate
