// SPDX-License-Identifier: BSD-3-Clause
// Where a picture of a cloud is taken from. z is up.
#pragma once

#include <array>

namespace equicloud::figures {

using Point = std::array<double, 3>;

/// A point on the picture: pixels from the upper left corner, and its depth.
struct Projected {
  double x = 0.0;
  double y = 0.0;
  double depth = -1.0;  ///< grows along the view; not positive: behind a perspective camera

  bool in_front() const noexcept { return depth > 0.0; }
};

class Camera {
 public:
  /// Looks from `eye` to `target`; the picture spans `field_deg` from left to right.
  /// Throws InvalidArgument if eye and target coincide or the angle is not in (0, 170).
  static Camera perspective(Point eye, Point target, double field_deg, int width, int height);
  /// Looks along a direction given by azimuth (from x to y, of the place it looks from) and
  /// elevation in degrees; the picture is `span` wide in the cloud's unit, `target` its middle.
  static Camera orthographic(Point target, double azimuth_deg, double elevation_deg, double span,
                             int width, int height);

  bool is_perspective() const noexcept { return perspective_; }
  Projected project(const Point& p) const noexcept;
  /// The same view on a picture `factor` times as large.
  Camera enlarged(int factor) const noexcept;

 private:
  Camera() = default;
  void look_along(Point forward);

  Point eye_{}, right_{}, down_{}, forward_{};
  double scale_ = 1.0;  // pixels a unit: at depth 1 (perspective) or at any (orthographic)
  double middle_x_ = 0.0;
  double middle_y_ = 0.0;
  double span_ = 1.0;  // orthographic
  bool perspective_ = true;
};

}  // namespace equicloud::figures
