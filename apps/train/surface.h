// SPDX-License-Identifier: BSD-3-Clause
// A clean cloud with what placing outliers beside it needs: the point spacing, globally and at a
// place, the distance of any place from the cloud, and its box.
#pragma once

#include <equicloud/base/random.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace equicloud::train {

using Point = std::array<float, 3>;

/// Packed x y z of point i.
inline Point point_of(const std::vector<float>& xyz, std::size_t i) {
  return {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
}
inline void append(std::vector<float>& xyz, const Point& p) {
  xyz.insert(xyz.end(), p.begin(), p.end());
}
/// Uniformly random on the unit sphere.
std::array<double, 3> random_direction(Random& random);
/// from + length * direction.
Point along(const Point& from, const std::array<double, 3>& direction, double length);

struct Box {
  Point low = {}, high = {};

  double diagonal() const;
  Point centre() const;
  /// Larger by `margin` on every side.
  Box enlarged(double margin) const;
  Point random_point(Random& random) const;
};

class Surface {
 public:
  /// @param xyz  at least 8 finite points, packed (checked; throws InvalidArgument)
  explicit Surface(std::vector<float> xyz);
  ~Surface();

  std::size_t size() const { return xyz_.size() / 3; }
  const std::vector<float>& xyz() const { return xyz_; }
  const Box& box() const { return box_; }
  /// Median over the points of the mean distance to their 6 nearest others; > 0 unless most points
  /// coincide, then a thousandth of the box diagonal.
  double spacing() const { return spacing_; }

  struct Nearest {
    double distance = 0.0;       ///< to the nearest point of the cloud
    double local_spacing = 0.0;  ///< mean distance from that point to its 6 nearest others
  };
  Nearest nearest(const Point& place) const;

 private:
  struct Tree;
  std::vector<float> xyz_;
  Box box_;
  std::unique_ptr<Tree> tree_;
  std::vector<float> local_;
  double spacing_ = 0.0;
};

}  // namespace equicloud::train
