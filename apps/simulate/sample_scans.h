// SPDX-License-Identifier: BSD-3-Clause
// The two scans of data/clouds, with the scenes they show: truth can be checked against the
// surfaces. Same arguments, same bits.
#pragma once

#include <simulate/scanner.h>

namespace equicloud::simulate {

struct StreetScan {
  Scene scene;
  SpinningLidar lidar;
  std::vector<Return> returns;
};
/// A street seen by a spinning LiDAR on a car's roof. @param rings, steps  of the scanner, >= 2
StreetScan street_scan(std::size_t rings = 64, std::uint32_t steps = 900);

struct RoomScan {
  Scene scene;
  RgbdCamera camera;
  std::vector<Return> image;  ///< width * height; distance kNever where the pixel is invalid
};
/// A room seen by an RGB-D camera held at eye height. @param width  of the image, a multiple of 4
RoomScan room_scan(std::uint32_t width = 320);

}  // namespace equicloud::simulate
