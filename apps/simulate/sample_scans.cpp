// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/sample_scans.h>
#include <simulate/scenes.h>
#include <simulate/training_scene.h>

namespace equicloud::simulate {

StreetScan street_scan(std::size_t rings, std::uint32_t steps) {
  const Random stream = scene_stream(Use::sample, kStreetSeed);
  StreetScan scan{street_scene(stream, 8000), {}, {}};
  SpinningLidar& lidar = scan.lidar;
  lidar.eye = {0.0, -1.6, 1.9};
  lidar.elevations_rad = even_elevations(rings, -0.40, 0.26);
  lidar.steps = steps;
  lidar.beam = {0.0013, 0.8, 60.0, {0.012, 3e-6}};
  Artefacts artefacts;
  artefacts.mixed_pixels = 0.16;
  artefacts.specks = 0.006;
  artefacts.ghosts = 0.004;
  artefacts.dirt_clouds = 6;
  scan.returns = simulate::scan(scan.scene, lidar, artefacts, stream.fork(2));
  return scan;
}

RoomScan room_scan(std::uint32_t width) {
  const Random stream = scene_stream(Use::sample, kRoomSeed);
  RoomScan scan{room_scene(stream), {}, {}};
  RgbdCamera& camera = scan.camera;
  const Bounds room = scan.scene.bounds();
  camera.eye = {0.75 * room.low.x, 0.9 * room.low.y, 1.5};
  camera.target = {0.2 * room.high.x, 0.35 * room.high.y, 0.75};
  camera.width = width;
  camera.height = width / 4 * 3;
  camera.focal_px = 0.9 * width;
  camera.disparity_step_per_m = 0.0016;
  camera.dropout = 0.01;
  camera.baseline_m = 0.075;
  camera.grazing_cosine = 0.12;
  camera.beam = {0.9 / camera.focal_px, 0.4, 4.8, {0.0012, 0.0019}};
  Artefacts artefacts;
  artefacts.mixed_pixels = 0.7;
  artefacts.specks = 0.001;
  artefacts.ghosts = 0.0005;
  artefacts.dirt_clouds = 4;
  artefacts.dirt_half_angle_rad = 0.008;
  scan.image = simulate::scan(scan.scene, camera, artefacts, stream.fork(2));
  return scan;
}

}  // namespace equicloud::simulate
