// SPDX-License-Identifier: BSD-3-Clause
// A tree of boxes over primitives: which is hit first by a ray, which is nearest to a point. Built
// once; its answers do not depend on how it was built.
#pragma once

#include <simulate/primitive.h>

#include <cstddef>
#include <vector>

namespace equicloud::simulate {

struct BvhItem;  // a primitive's box while the tree is built

class Bvh {
 public:
  Bvh() = default;
  /// Reorders the primitives: those of one leaf lie side by side. The tree keeps no pointer to
  /// them.
  explicit Bvh(std::vector<Primitive>& primitives);

  struct Answer {
    double distance = kNever;   ///< kNever: nothing found
    std::size_t primitive = 0;  ///< index into the (reordered) primitives
  };
  /// The first surface along the ray between `nearest` (exclusive) and `farthest`.
  Answer cast(const std::vector<Primitive>& primitives, const Ray& ray, double nearest,
              double farthest) const noexcept;
  /// The surface nearest to p.
  Answer nearest(const std::vector<Primitive>& primitives, Vec3 p) const noexcept;
  /// Bounds of everything.
  Bounds bounds() const noexcept { return nodes_.empty() ? Bounds{} : nodes_.front().box; }

 private:
  struct Node {
    Bounds box;
    std::uint32_t first =
        0;  ///< leaf: first primitive; else: the second child (the first one follows)
    std::uint32_t count = 0;  ///< leaf: primitives; 0: not a leaf
  };
  void build(std::vector<BvhItem>& items, std::size_t first, std::size_t last, int depth);

  std::vector<Node> nodes_;
};

}  // namespace equicloud::simulate
