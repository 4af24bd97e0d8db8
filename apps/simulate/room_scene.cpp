// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/furniture.h>
#include <simulate/scenes.h>
#include <simulate/vegetation.h>

namespace equicloud::simulate {
namespace {

struct RoomPlan {
  double half_x, half_y, height;
};

void add_shell(Scene& scene, const Palette& palette, const RoomPlan& room) {
  const auto corner = [&](int x, int y, double z) {
    return Vec3{x * room.half_x, y * room.half_y, z};
  };
  add_quad(scene, palette.wood, corner(-1, -1, 0), corner(1, -1, 0), corner(1, 1, 0),
           corner(-1, 1, 0));
  add_quad(scene, palette.white, corner(-1, -1, room.height), corner(1, -1, room.height),
           corner(1, 1, room.height), corner(-1, 1, room.height));
  for (const int s : {-1, 1}) {
    add_quad(scene, palette.plaster, corner(s, -1, 0), corner(s, 1, 0), corner(s, 1, room.height),
             corner(s, -1, room.height));
    add_quad(scene, palette.plaster, corner(-1, s, 0), corner(1, s, 0), corner(1, s, room.height),
             corner(-1, s, room.height));
    add_box(scene, palette.white, {}, {0, s * (room.half_y - 0.01), 0.04},
            {room.half_x, 0.01, 0.04});
  }
}

// A curtain before the wall at +y: a sheet in folds.
void add_curtain(Scene& scene, const Palette& palette, const RoomPlan& room, Random& random) {
  const double x0 = random.uniform(-0.8, 0.2) * room.half_x;
  const double depth = random.uniform(0.03, 0.07);
  add_surface(scene, palette.fabric, 90, 2, [&](double u, double v) {
    return Vec3{x0 + 0.9 * u, room.half_y - 0.12 + depth * std::sin(44.0 * u), 0.1 + 2.1 * v};
  });
  add_cone(scene, palette.metal, {x0 - 0.2, room.half_y - 0.12, 2.24},
           {x0 + 1.2, room.half_y - 0.12, 2.24}, 0.012, 0.012);
}

void add_pictures(Scene& scene, const RoomPlan& room, Random& random) {
  for (std::size_t i = 1 + random.below(3); i > 0; --i) {
    add_box(
        scene, add_bright(scene, random), {},
        {random.uniform(-0.8, 0.8) * room.half_x, room.half_y - 0.015, random.uniform(1.3, 1.8)},
        {random.uniform(0.12, 0.35), 0.015, random.uniform(0.12, 0.3)});
  }
}

void add_table_group(Scene& scene, const Palette& palette, const RoomPlan& room, Random& random) {
  const double half_x = random.uniform(0.45, 0.8);
  const double half_y = random.uniform(0.35, 0.5);
  const Pose pose{{random.uniform(-0.5, 0.5), random.uniform(-0.2, 0.5), 0.0},
                  random.uniform(-0.5, 0.5)};
  add_table(scene, palette, pose, half_x, half_y, 0.74);
  add_table_clutter(scene, palette, pose.inside({0, 0, 0.74}, 0.0), half_x - 0.12, half_y - 0.1,
                    random);
  for (std::size_t i = 1 + random.below(4); i > 0; --i) {
    const double side = i % 2 == 0 ? 1.0 : -1.0;
    const double x = random.uniform(-0.5, 0.5) * half_x + (i > 2 ? 0.3 : -0.2);
    const double yaw = (side > 0 ? kPi : 0.0) + 0.3 * random.normal();
    add_chair(scene, palette, pose.inside({x, side * (half_y + 0.2), 0.0}, yaw));
  }
  const Vec3 above = pose.at({0, 0, room.height});
  add_hanging_lamp(scene, palette, above, random.uniform(0.6, 1.2));
}

void add_along_walls(Scene& scene, const Palette& palette, const RoomPlan& room, Random& random) {
  add_shelf(scene, palette,
            {{random.uniform(-0.6, -0.3) * room.half_x, room.half_y - 0.17, 0}, kPi}, random);
  add_shelf(scene, palette,
            {{room.half_x - 0.17, random.uniform(-0.3, 0.4) * room.half_y, 0}, 0.5 * kPi}, random);
  add_sofa(scene, palette,
           {{-room.half_x + 0.6, random.uniform(-0.2, 0.2) * room.half_y, 0}, -0.5 * kPi});
  const double far = room.half_y - 0.35;
  add_pot_plant(scene, palette, {room.half_x - 0.45, far, 0}, random.uniform(0.7, 1.3), random);
  add_pot_plant(scene, palette, {-room.half_x + 0.4, far, 0}, random.uniform(0.5, 1.1), random);
  add_vase(scene, palette.tile, {random.uniform(0.2, 0.5) * room.half_x, far, 0}, 0.5, random);
}

}  // namespace

Scene room_scene(Random random) {
  Scene scene;
  const Palette palette = add_palette(scene, random);
  const RoomPlan room{random.uniform(2.0, 3.0), random.uniform(1.9, 2.8), random.uniform(2.4, 2.9)};
  add_shell(scene, palette, room);
  add_curtain(scene, palette, room, random);
  add_pictures(scene, room, random);
  add_table_group(scene, palette, room, random);
  add_along_walls(scene, palette, room, random);
  for (std::size_t i = 2 + random.below(5); i > 0; --i) {
    const Pose spot{{random.uniform(-1.5, 1.5), random.uniform(-1.2, 1.2), 0},
                    random.uniform(0.0, 3.0)};
    const Vec3 half{random.uniform(0.05, 0.25), random.uniform(0.05, 0.2),
                    random.uniform(0.03, 0.2)};
    add_box(scene, add_bright(scene, random), spot, {0, 0, half.z}, half);
  }
  scene.seal();
  return scene;
}

}  // namespace equicloud::simulate
