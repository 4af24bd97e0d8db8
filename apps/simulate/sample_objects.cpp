// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/points/motion.h>
#include <simulate/furniture.h>
#include <simulate/sample_objects.h>
#include <simulate/sampling.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

constexpr std::size_t kPoints = 4000;
constexpr double kNoise = 0.002;  // m

void add_object(Scene& scene, const Palette& palette, const std::string& name) {
  Random random(1);
  if (name == "chair") add_chair(scene, palette, {});
  if (name == "sofa") add_sofa(scene, palette, {});
  if (name == "table") add_table(scene, palette, {}, 0.7, 0.45, 0.74);
  if (name == "vase") add_vase(scene, palette.tile, {}, 0.4, random);
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
  Scene scene;
  const Palette palette = add_palette(scene, colours);
  add_object(scene, palette, name);
  scene.seal();
  std::vector<float> xyz;
  for (const Vec3& p : sample_surface(scene, {}, kPoints, kNoise, Random(2))) {
    for (const double v : {p.x, p.y, p.z}) xyz.push_back(static_cast<float>(v));
  }
  if (pose == 0) return xyz;
  Random random(pose);
  return moved(PointsView(xyz), random_motion(PointsView(xyz), random));
}

}  // namespace equicloud::simulate
