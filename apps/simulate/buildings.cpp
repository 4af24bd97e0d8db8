// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/buildings.h>

#include <algorithm>

namespace equicloud::simulate {
namespace {

// A rectangle in the xz plane of the pose, at depth y.
struct Panel {
  double x0, x1, z0, z1;
};

void add_panel(Scene& scene, MaterialId m, const Pose& pose, const Panel& p, double y) {
  if (p.x1 - p.x0 < 1e-9 || p.z1 - p.z0 < 1e-9) return;
  add_quad(scene, m, pose.at({p.x0, y, p.z0}), pose.at({p.x1, y, p.z0}), pose.at({p.x1, y, p.z1}),
           pose.at({p.x0, y, p.z1}));
}

// The wall of one cell around its window, the four sides of the recess, the pane.
void add_window(Scene& scene, MaterialId wall, MaterialId glass, const Pose& pose,
                const Panel& cell, const Panel& window, double recess) {
  add_panel(scene, wall, pose, {cell.x0, window.x0, cell.z0, cell.z1}, 0.0);
  add_panel(scene, wall, pose, {window.x1, cell.x1, cell.z0, cell.z1}, 0.0);
  add_panel(scene, wall, pose, {window.x0, window.x1, cell.z0, window.z0}, 0.0);
  add_panel(scene, wall, pose, {window.x0, window.x1, window.z1, cell.z1}, 0.0);
  for (const double x : {window.x0, window.x1}) {
    add_quad(scene, wall, pose.at({x, 0, window.z0}), pose.at({x, -recess, window.z0}),
             pose.at({x, -recess, window.z1}), pose.at({x, 0, window.z1}));
  }
  for (const double z : {window.z0, window.z1}) {
    add_quad(scene, wall, pose.at({window.x0, 0, z}), pose.at({window.x0, -recess, z}),
             pose.at({window.x1, -recess, z}), pose.at({window.x1, 0, z}));
  }
  add_panel(scene, glass, pose, window, -recess);
}

// A slab with a rail on thin bars, before a window.
void add_balcony(Scene& scene, const Palette& palette, const Pose& pose, const Panel& window) {
  const double depth = 0.9;
  const double middle = 0.5 * (window.x0 + window.x1);
  const double half = 0.5 * (window.x1 - window.x0) + 0.35;
  const double floor = window.z0 - 0.1;
  add_box(scene, palette.pavement, pose, {middle, 0.5 * depth, floor}, {half, 0.5 * depth, 0.08});
  const Vec3 left = pose.at({middle - half, depth, floor + 1.0});
  const Vec3 right = pose.at({middle + half, depth, floor + 1.0});
  add_cone(scene, palette.metal, left, right, 0.025, 0.025);
  for (const double side : {-half, half}) {
    add_cone(scene, palette.metal, pose.at({middle + side, 0, floor + 1.0}),
             pose.at({middle + side, depth, floor + 1.0}), 0.025, 0.025);
  }
  const int bars = 9;
  for (int i = 0; i < bars; ++i) {
    const double x = middle - half + 2.0 * half * i / (bars - 1);
    add_cone(scene, palette.metal, pose.at({x, depth, floor}), pose.at({x, depth, floor + 1.0}),
             0.012, 0.012);
  }
}

}  // namespace

HouseForm random_house_form(Random& random, double width) {
  HouseForm form;
  form.width = width;
  form.floor_height = random.uniform(2.8, 3.5);
  form.floors = 2 + static_cast<int>(random.below(4));
  form.columns = std::max(1, static_cast<int>(width / random.uniform(2.2, 3.4)));
  form.window_width = std::min(random.uniform(0.8, 1.5), 0.8 * width / form.columns);
  form.window_height = random.uniform(1.2, form.floor_height - 1.2);
  form.recess = random.uniform(0.08, 0.35);
  form.balcony_share = random.uniform() < 0.5 ? 0.0 : random.uniform(0.1, 0.4);
  return form;
}

void add_house(Scene& scene, const Palette& palette, const Pose& pose, const HouseForm& form,
               Random& random) {
  const MaterialId wall = random.uniform() < 0.5 ? palette.plaster : palette.brick;
  const double cell = form.width / form.columns;
  const double top = 0.6 + form.floors * form.floor_height + 0.5;
  const double half = 0.5 * form.width;
  add_panel(scene, wall, pose, {-half, half, 0.0, 0.6}, 0.0);
  add_panel(scene, wall, pose, {-half, half, top - 0.5, top}, 0.0);
  for (int floor = 0; floor < form.floors; ++floor) {
    for (int column = 0; column < form.columns; ++column) {
      const double x = -half + (column + 0.5) * cell;
      const double z = 0.6 + floor * form.floor_height;
      const double sill = z + 0.5 * (form.floor_height - form.window_height);
      const Panel window{x - 0.5 * form.window_width, x + 0.5 * form.window_width, sill,
                         sill + form.window_height};
      add_window(scene, wall, palette.glass, pose,
                 {x - 0.5 * cell, x + 0.5 * cell, z, z + form.floor_height}, window, form.recess);
      if (floor > 0 && random.uniform() < form.balcony_share) {
        add_balcony(scene, palette, pose, window);
      }
    }
  }
  const double depth = 8.0;
  for (const double x : {-half, half}) {
    add_quad(scene, wall, pose.at({x, 0, 0}), pose.at({x, -depth, 0}), pose.at({x, -depth, top}),
             pose.at({x, 0, top}));
  }
  add_quad(scene, palette.tile, pose.at({-half, 0, top}), pose.at({half, 0, top}),
           pose.at({half, -depth, top}), pose.at({-half, -depth, top}));
}

void add_roofed_block(Scene& scene, const Palette& palette, const Pose& pose, double half_x,
                      double half_y, double wall_height, double pitch) {
  const double half_z = 0.5 * wall_height;
  add_box(scene, palette.plaster, pose, {0, 0, half_z}, {half_x, half_y, half_z});
  if (pitch == 0.0) {
    for (const double s : {-1.0, 1.0}) {
      add_box(scene, palette.plaster, pose, {0, s * half_y, wall_height + 0.3},
              {half_x, 0.15, 0.3});
      add_box(scene, palette.plaster, pose, {s * half_x, 0, wall_height + 0.3},
              {0.15, half_y, 0.3});
    }
    add_box(scene, palette.metal, pose, {0.3 * half_x, 0.2 * half_y, wall_height + 0.7},
            {0.8, 1.2, 0.7});
    return;
  }
  const double eaves = 0.4;  // the roof stands out by this much
  const double ridge = wall_height + pitch * half_y;
  const double low = wall_height - pitch * eaves;
  for (const double s : {-1.0, 1.0}) {
    add_quad(scene, palette.tile, pose.at({-half_x - eaves, s * (half_y + eaves), low}),
             pose.at({half_x + eaves, s * (half_y + eaves), low}),
             pose.at({half_x + eaves, 0, ridge}), pose.at({-half_x - eaves, 0, ridge}));
    add_triangle(scene, palette.plaster, pose.at({s * half_x, -half_y, wall_height}),
                 pose.at({s * half_x, half_y, wall_height}), pose.at({s * half_x, 0, ridge}));
  }
  add_box(scene, palette.brick, pose, {0.5 * half_x, 0.3 * half_y, ridge}, {0.35, 0.35, 0.8});
}

}  // namespace equicloud::simulate
