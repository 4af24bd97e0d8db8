// SPDX-License-Identifier: BSD-3-Clause
// A scene: surfaces of a few kinds, each of a material, that rays are cast against and distances
// measured to. Fill it with the functions of <simulate/shapes.h> and the builders of
// <simulate/scenes.h>, then seal() it.
#pragma once

#include <simulate/bvh.h>

#include <array>
#include <cstdint>
#include <vector>

namespace equicloud::simulate {

using Rgb = std::array<std::uint8_t, 3>;

/// How a surface looks to a camera and to a laser.
struct Material {
  Rgb rgb{128, 128, 128};
  double reflectivity =
      0.4;  ///< share of a laser's light that comes back from a facing surface, 0 .. 1
};
using MaterialId = std::uint16_t;

struct Hit {
  double distance = kNever;  ///< along the ray; kNever: nothing was hit
  MaterialId material = 0;
  double cosine = 1.0;  ///< |cos| of the angle between ray and normal

  bool found() const noexcept { return distance < kNever; }
};

class Scene {
 public:
  MaterialId add_material(const Material& material);
  void add(const Primitive& primitive);

  /// Ends the building; the questions below want a sealed scene.
  void seal();

  /// First surface along the ray between 1e-6 and `farthest`.
  Hit cast(const Ray& ray, double farthest = kNever) const noexcept;
  /// Distance from p to the nearest surface (kNever for an empty scene).
  double distance(Vec3 p) const noexcept;
  Bounds bounds() const noexcept { return bvh_.bounds(); }
  const Material& material(MaterialId id) const noexcept { return materials_[id]; }
  const std::vector<Primitive>& primitives() const noexcept { return primitives_; }

 private:
  std::vector<Material> materials_;
  std::vector<Primitive> primitives_;
  Bvh bvh_;
};

}  // namespace equicloud::simulate
