// SPDX-License-Identifier: BSD-3-Clause
// A point cloud as a picture: every point a small disc, the nearest wins, and eye-dome lighting
// (Boucheny 2009) darkens what lies behind its neighbours on the picture, so that shapes can be
// read without normals.
#pragma once

#include <figures/camera.h>
#include <figures/image.h>

#include <vector>

namespace equicloud::figures {

struct Dot {
  Point position{};
  Color color;
  double radius_px = 1.0;
};

struct PictureStyle {
  int width = 800;
  int height = 600;
  Color background{25, 25, 30};
  double shading = 1.0;  ///< strength of eye-dome lighting, 0: none
  double grow =
      0.0;  ///< perspective: discs nearer than this many units are drawn larger, up to 3 times
};

/// Non-finite points and those outside the picture are left out.
Image draw_cloud(const std::vector<Dot>& dots, const Camera& camera, const PictureStyle& style);

}  // namespace equicloud::figures
