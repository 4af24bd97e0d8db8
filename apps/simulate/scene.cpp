// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/scene.h>

namespace equicloud::simulate {

MaterialId Scene::add_material(const Material& material) {
  materials_.push_back(material);
  return static_cast<MaterialId>(materials_.size() - 1);
}

void Scene::add(const Primitive& primitive) { primitives_.push_back(primitive); }

void Scene::seal() { bvh_ = Bvh(primitives_); }

Hit Scene::cast(const Ray& ray, double farthest) const noexcept {
  const Bvh::Answer first = bvh_.cast(primitives_, ray, 1e-6, farthest);
  if (first.distance == kNever) return {};
  const Primitive& primitive = primitives_[first.primitive];
  const Vec3 normal = normal_at(primitive, ray.at(first.distance));
  return {first.distance, primitive.material, std::abs(dot(normal, ray.direction))};
}

double Scene::distance(Vec3 p) const noexcept { return bvh_.nearest(primitives_, p).distance; }

}  // namespace equicloud::simulate
