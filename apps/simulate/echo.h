// SPDX-License-Identifier: BSD-3-Clause
// What comes back along one beam, before the sensor's own noise: the part that all sensors share.
#pragma once

#include <simulate/scanner.h>

namespace equicloud::simulate {

/// A small cloud of dirt in the air.
struct DirtCloud {
  Vec3 centre;
  double radius = 0.1;
};
/// The clouds in free air, 2 to 9 m (at most two thirds of the free way) from the eye along
/// random ones of the given rays.
template <typename RandomRay>
std::vector<DirtCloud> random_dirt(const Scene& scene, const Artefacts& artefacts, Random random,
                                   RandomRay random_ray) {
  const int count = artefacts.dirt_clouds;
  std::vector<DirtCloud> clouds;
  for (int tries = 0; static_cast<int>(clouds.size()) < count && tries < 100 * count; ++tries) {
    const Ray ray = random_ray(random);
    const double free = scene.cast(ray, 40.0).distance;
    const double range = random.uniform(2.0, 9.0);
    const double radius = range * artefacts.dirt_half_angle_rad * random.uniform(0.67, 1.33);
    if (range < 0.67 * free && scene.distance(ray.at(range)) > 2.5 * radius) {
      clouds.push_back({ray.at(range), radius});
    }
  }
  return clouds;
}

struct Echo {
  double distance = kNever;  ///< kNever: no return
  MaterialId material = 0;
  double cosine = 1.0;
  bool in_air = false;  ///< a speck or dirt: no surface was hit
};

/// @param random  the stream of this ray
Echo echo(const Scene& scene, const Ray& ray, const Beam& beam, const Artefacts& artefacts,
          const std::vector<DirtCloud>& dirt, Random& random);

/// Normal noise cut at 3 sigma, so that a bound on true returns holds for all.
double cut_noise(double sigma, Random& random) noexcept;

/// Intensity and colour of a return; truth by its rule where `artefacts_possible`, else 0.
Return finish_return(const Scene& scene, const Ray& ray, const Echo& echo, double distance,
                     const Beam& beam, bool artefacts_possible, Random& random);

}  // namespace equicloud::simulate
