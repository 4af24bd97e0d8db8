// SPDX-License-Identifier: BSD-3-Clause
#include <bench/nanoflann_neighbors.h>

#include <cmath>
#include <nanoflann.hpp>

namespace equicloud::bench {
namespace {

// nanoflann's view of packed coordinates; its interface wants these names.
struct Packed {
  const std::vector<float>& xyz;

  std::size_t kdtree_get_point_count() const { return xyz.size() / 3; }
  float kdtree_get_pt(std::size_t i, std::size_t axis) const { return xyz[3 * i + axis]; }
  template <class Box>
  bool kdtree_get_bbox(Box& /*box*/) const {
    return false;
  }
};

using Tree =
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<float, Packed>, Packed, 3>;

}  // namespace

double sum_of_last_distances(const std::vector<float>& xyz, int neighbors) {
  const Packed points{xyz};
  const Tree tree(3, points, nanoflann::KDTreeSingleIndexAdaptorParams(10));
  const auto wanted = static_cast<std::size_t>(neighbors) + 1;  // the point is its own nearest
  std::vector<std::uint32_t> found(wanted);
  std::vector<float> squared(wanted);
  double sum = 0.0;
  for (std::size_t i = 0; i < points.kdtree_get_point_count(); ++i) {
    const std::size_t count = tree.knnSearch(&xyz[3 * i], wanted, found.data(), squared.data());
    sum += std::sqrt(static_cast<double>(squared[count - 1]));
  }
  return sum;
}

}  // namespace equicloud::bench
