// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/echo.h>
#include <simulate/scanner.h>

namespace equicloud::simulate {
namespace {

bool any(const Artefacts& a) {
  return a.mixed_pixels > 0.0 || a.specks > 0.0 || a.ghosts > 0.0 || a.dirt_clouds > 0;
}

constexpr std::uint64_t kDirtStream = ~std::uint64_t{0};  // no ray has this number

struct CameraAxes {
  Vec3 right, down, forward;
};

CameraAxes axes(const RgbdCamera& camera) {
  const Vec3 forward = normalized(camera.target - camera.eye);
  const Vec3 right = normalized(cross(forward, {0, 0, 1}));
  return {right, cross(forward, right), forward};
}

// The nearest depth that the sensor can say: steps of equal disparity.
double quantised(double depth, double step_per_m) {
  if (step_per_m == 0.0) return depth;
  return 1.0 / (step_per_m * std::round(1.0 / (depth * step_per_m)));
}

// In the shadow of something nearer, as the projector sees it.
bool in_shadow(const Scene& scene, const RgbdCamera& camera, Vec3 p) {
  const Vec3 projector = camera.eye + camera.baseline_m * axes(camera).right;
  const double away = norm(p - projector);
  constexpr double own_surface = 0.03;  // a hit this close before p is p's own surface
  return scene.cast({projector, normalized(p - projector)}, away - own_surface).found();
}

Return no_return(std::size_t row, std::size_t column) {
  Return r;
  r.position = {std::nan(""), std::nan(""), std::nan("")};
  r.row = static_cast<std::uint32_t>(row);
  r.column = static_cast<std::uint32_t>(column);
  return r;
}

Return camera_return(const Scene& scene, const RgbdCamera& camera, std::size_t row,
                     std::size_t column, const Artefacts& artefacts,
                     const std::vector<DirtCloud>& dirt, Random random) {
  const Ray ray = camera.ray(row, column);
  const double axial = camera.axial_cosine(row, column);
  const Echo seen = echo(scene, ray, camera.beam, artefacts, dirt, random);
  const bool lost = random.uniform() < camera.dropout ||
                    (camera.baseline_m > 0.0 && seen.distance < kNever && !seen.in_air &&
                     in_shadow(scene, camera, ray.at(seen.distance)));
  if (lost || seen.distance == kNever || seen.cosine < camera.grazing_cosine) {
    return no_return(row, column);
  }
  const double noisy = seen.distance + cut_noise(camera.beam.noise.sigma(seen.distance), random);
  const double distance = quantised(noisy * axial, camera.disparity_step_per_m) / axial;
  Return r = finish_return(scene, ray, seen, distance, camera.beam, any(artefacts), random);
  r.row = static_cast<std::uint32_t>(row);
  r.column = static_cast<std::uint32_t>(column);
  return r;
}

}  // namespace

std::vector<double> even_elevations(std::size_t rings, double low_rad, double high_rad) {
  std::vector<double> elevations(rings, low_rad);
  for (std::size_t i = 1; i < rings; ++i) {
    elevations[i] += (high_rad - low_rad) * static_cast<double>(i) / static_cast<double>(rings - 1);
  }
  return elevations;
}

Ray SpinningLidar::ray(std::size_t ring, std::size_t step) const noexcept {
  const double turn = static_cast<double>(step) / steps;
  const double azimuth = azimuth_begin_rad + turn * (azimuth_end_rad - azimuth_begin_rad);
  return {eye, direction_of(azimuth, elevations_rad[ring])};
}

std::vector<Return> scan(const Scene& scene, const SpinningLidar& lidar, const Artefacts& artefacts,
                         const Random& random) {
  const std::size_t rings = lidar.elevations_rad.size();
  const auto random_ray = [&](Random& r) {
    return lidar.ray(r.below(rings), r.below(lidar.steps));
  };
  const auto dirt = random_dirt(scene, artefacts, random.fork(kDirtStream), random_ray);
  std::vector<Return> returns;
  for (std::size_t ring = 0; ring < rings; ++ring) {
    for (std::size_t step = 0; step < lidar.steps; ++step) {
      Random stream = random.fork(ring * lidar.steps + step);
      const Ray ray = lidar.ray(ring, step);
      const Echo seen = echo(scene, ray, lidar.beam, artefacts, dirt, stream);
      if (seen.distance == kNever) continue;
      const double distance =
          seen.distance + cut_noise(lidar.beam.noise.sigma(seen.distance), stream);
      returns.push_back(
          finish_return(scene, ray, seen, distance, lidar.beam, any(artefacts), stream));
      returns.back().row = static_cast<std::uint32_t>(ring);
      returns.back().column = static_cast<std::uint32_t>(step);
    }
  }
  return returns;
}

Ray RgbdCamera::ray(std::size_t row, std::size_t column) const noexcept {
  const CameraAxes a = axes(*this);
  const double u = (static_cast<double>(column) + 0.5 - 0.5 * width) / focal_px;
  const double v = (static_cast<double>(row) + 0.5 - 0.5 * height) / focal_px;
  return {eye, normalized(a.forward + u * a.right + v * a.down)};
}

double RgbdCamera::axial_cosine(std::size_t row, std::size_t column) const noexcept {
  return dot(ray(row, column).direction, axes(*this).forward);
}

std::vector<Return> scan(const Scene& scene, const RgbdCamera& camera, const Artefacts& artefacts,
                         const Random& random) {
  const auto random_ray = [&](Random& r) {
    return camera.ray(r.below(camera.height), r.below(camera.width));
  };
  const auto dirt = random_dirt(scene, artefacts, random.fork(kDirtStream), random_ray);
  std::vector<Return> image;
  image.reserve(std::size_t{camera.width} * camera.height);
  for (std::size_t row = 0; row < camera.height; ++row) {
    for (std::size_t column = 0; column < camera.width; ++column) {
      image.push_back(camera_return(scene, camera, row, column, artefacts, dirt,
                                    random.fork(row * camera.width + column)));
    }
  }
  return image;
}

}  // namespace equicloud::simulate
