// SPDX-License-Identifier: BSD-3-Clause
// Clean points of a scene without a real sensor's faults: at random over its surfaces, seen through
// pixel grids from a few places, and in lines from above. Small noise only; every point lies on a
// surface within it.
#pragma once

#include <simulate/scene.h>

#include <cstddef>
#include <vector>

namespace equicloud::simulate {

/// A ball that limits where points are taken.
struct Region {
  Vec3 centre;
  double radius = kNever;
};
/// About `count` points uniform by area within the region; those that no direction leads outside
/// from (inside a union of bodies) are left out.
std::vector<Vec3> sample_surface(const Scene& scene, const Region& region, std::size_t count,
                                 double noise_sigma, Random random);

/// One view: rays through the cells of a grid around the direction to `target`.
struct GridView {
  Vec3 eye;
  Vec3 target;
  double half_angle_rad = 0.3;
  std::size_t columns = 100;
  std::size_t rows = 100;
  double jitter = 0.0;  ///< of a ray within its cell: 0 none, 1 anywhere
};
/// Appends the nearest point of every cell that sees something nearer than `farthest`, with noise
/// along its ray.
void append_view(const Scene& scene, const GridView& view, double farthest, double noise_sigma,
                 Random random, std::vector<Vec3>& points);

/// An aircraft's scanner: `passes` parallel flight lines along x over the middle half_x, half_y of
/// the scene; the beam sweeps across in `sweep_angle` to both sides, in lines or in a zigzag.
struct AirborneScanner {
  double height_m = 400.0;
  double half_x = 50.0;
  double half_y = 50.0;
  double sweep_angle_rad = 0.35;
  double line_step_m = 1.0;   ///< along x from one sweep to the next
  double point_step_m = 0.5;  ///< across, at the ground under the aircraft
  int passes = 2;
  bool zigzag = false;
};
void append_airborne(const Scene& scene, const AirborneScanner& scanner, double noise_sigma,
                     Random random, std::vector<Vec3>& points);

}  // namespace equicloud::simulate
