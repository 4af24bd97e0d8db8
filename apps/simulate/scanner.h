// SPDX-License-Identifier: BSD-3-Clause
// Sensors that look at a scene along rays: a spinning LiDAR, an RGB-D camera. What is wrong in real
// scans is here by design: range noise, mixed pixels where a beam straddles an edge, specks in the
// air, ghosts behind surfaces, small clouds of dirt. Truth has one rule, see truth_bound().
#pragma once

#include <simulate/scene.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::simulate {

/// Standard deviation of a range: base + quadratic * range^2, in metres. Noise is cut at 3 sigma.
struct RangeNoise {
  double base_m = 0.01;
  double quadratic = 0.0;  ///< 1 / m

  double sigma(double range_m) const noexcept { return base_m + quadratic * range_m * range_m; }
};

/// What makes outliers. All zero: none.
struct Artefacts {
  double mixed_pixels =
      0.0;              ///< probability that a beam across an edge returns a blend of both ranges
  double specks = 0.0;  ///< share of the rays that end early, in dust, insects, rain
  double ghosts = 0.0;  ///< share of the rays that end behind the surface (a second reflection)
  int dirt_clouds = 0;  ///< small clouds of dirt in the air; rays through them end there
  double dirt_half_angle_rad =
      0.02;  ///< under which the sensor sees such a cloud, give or take a third
};

/// A beam: what a sensor knows of the way its light goes.
struct Beam {
  double half_angle_rad = 0.0;  ///< of the cone of light; 0: a line
  double nearest_m = 0.5;       ///< returns outside [nearest, farthest] do not come back
  double farthest_m = 80.0;
  RangeNoise noise;
};

/// One measured point.
struct Return {
  Vec3 position;
  std::uint32_t row = 0;  ///< of the ray: ring of a LiDAR, line of an image
  std::uint32_t column = 0;
  double distance =
      kNever;  ///< along the ray, noise included; kNever: nothing came back (images only)
  float intensity = 0.0F;  ///< 0 .. 255
  Rgb rgb{0, 0, 0};
  std::uint8_t truth = 0;  ///< 1: an outlier, see truth_bound()
};

/// Truth is 1 exactly where a point lies farther than this from every surface of the scene: five
/// noise sigmas plus the radius of the beam, at its range. A true return stays within: its noise is
/// cut at 3 sigma.
double truth_bound(const Beam& beam, double range_m) noexcept;

/// Rings of different elevation, each with `steps` rays between two azimuths.
struct SpinningLidar {
  Vec3 eye;
  std::vector<double> elevations_rad;  ///< ring by ring
  std::uint32_t steps = 900;
  double azimuth_begin_rad = 0.0;
  double azimuth_end_rad = 2.0 * kPi;
  Beam beam;

  Ray ray(std::size_t ring, std::size_t step) const noexcept;
};
/// `rings` elevations at equal steps from low to high.
std::vector<double> even_elevations(std::size_t rings, double low_rad, double high_rad);
/// Returns that came back, ring by ring.
std::vector<Return> scan(const Scene& scene, const SpinningLidar& lidar, const Artefacts& artefacts,
                         const Random& random);

/// A pinhole camera that measures depth along its axis, quantised as a disparity.
struct RgbdCamera {
  Vec3 eye;
  Vec3 target;  ///< the image's middle; the image is level with the horizon
  std::uint32_t width = 320;
  std::uint32_t height = 240;
  double focal_px = 290.0;
  double disparity_step_per_m =
      0.0;               ///< depth comes in steps of this times depth^2; 0: not quantised
  double dropout = 0.0;  ///< share of the pixels that fail for no reason
  double baseline_m =
      0.0;  ///< to the right of the eye is a projector; what it cannot light is invalid
  double grazing_cosine = 0.0;  ///< surfaces more slanted than this do not come back
  Beam beam;

  Ray ray(std::size_t row, std::size_t column) const noexcept;
  /// cos of the angle between the ray and the optical axis: depth / range.
  double axial_cosine(std::size_t row, std::size_t column) const noexcept;
};
/// width * height returns, row by row; distance kNever where the pixel is invalid.
std::vector<Return> scan(const Scene& scene, const RgbdCamera& camera, const Artefacts& artefacts,
                         const Random& random);

}  // namespace equicloud::simulate
