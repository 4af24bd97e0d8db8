// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/camera.h>

#include <cmath>

namespace equicloud::figures {
namespace {

constexpr double kDegree = 3.14159265358979323846 / 180.0;

double dot(const Point& a, const Point& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Point cross(const Point& a, const Point& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Point unit(const Point& a) {
  const double length = std::sqrt(dot(a, a));
  return {a[0] / length, a[1] / length, a[2] / length};
}

Point difference(const Point& a, const Point& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }

}  // namespace

void Camera::look_along(Point forward) {
  forward_ = unit(forward);
  // Straight down (or up): y is up in the picture.
  const Point up = std::abs(forward_[2]) > 0.9999 ? Point{0, 1, 0} : Point{0, 0, 1};
  right_ = unit(cross(forward_, up));
  down_ = cross(forward_, right_);
}

Camera Camera::perspective(Point eye, Point target, double field_deg, int width, int height) {
  const Point forward = difference(target, eye);
  if (!(dot(forward, forward) > 0.0))
    throw InvalidArgument("camera: eye and target are the same point");
  if (!(field_deg > 0.0 && field_deg < 170.0)) {
    throw InvalidArgument("camera: field of view is " + std::to_string(field_deg) +
                          " degrees, expected above 0 and below 170");
  }
  Camera camera;
  camera.eye_ = eye;
  camera.look_along(forward);
  camera.scale_ = 0.5 * width / std::tan(0.5 * kDegree * field_deg);
  camera.middle_x_ = 0.5 * width;
  camera.middle_y_ = 0.5 * height;
  return camera;
}

Camera Camera::orthographic(Point target, double azimuth_deg, double elevation_deg, double span,
                            int width, int height) {
  if (!(span > 0.0)) throw InvalidArgument("camera: the span must be above 0");
  const double azimuth = kDegree * azimuth_deg;
  const double elevation = kDegree * elevation_deg;
  Camera camera;
  camera.perspective_ = false;
  camera.eye_ = target;
  camera.look_along({-std::cos(elevation) * std::cos(azimuth),
                     -std::cos(elevation) * std::sin(azimuth), -std::sin(elevation)});
  camera.span_ = span;
  camera.scale_ = width / span;
  camera.middle_x_ = 0.5 * width;
  camera.middle_y_ = 0.5 * height;
  return camera;
}

Projected Camera::project(const Point& p) const noexcept {
  const Point from = difference(p, eye_);
  const double depth = dot(from, forward_);
  if (perspective_ && depth <= 0.0) return {};
  const double scale = perspective_ ? scale_ / depth : scale_;
  // Shading compares logarithms of depth; without a place to look from, steps of a quarter span
  // double it.
  const double shown = perspective_ ? depth : std::exp2(4.0 * depth / span_);
  return {middle_x_ + scale * dot(from, right_), middle_y_ + scale * dot(from, down_), shown};
}

Camera Camera::enlarged(int factor) const noexcept {
  Camera larger = *this;
  larger.scale_ *= factor;
  larger.middle_x_ *= factor;
  larger.middle_y_ *= factor;
  return larger;
}

}  // namespace equicloud::figures
