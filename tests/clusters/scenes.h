// SPDX-License-Identifier: BSD-3-Clause
// Scenes with known truth: ground with things on it, sampled evenly at random.
#pragma once

#include <cstdint>
#include <vector>

#include "laws/clouds.h"

namespace equicloud::clusters {

struct TrueScene {
  static constexpr int kGround = -1;

  laws::Cloud cloud;
  std::vector<int> thing;      ///< one a point: number of the thing, or kGround
  std::vector<double> height;  ///< one a point: above the true ground
  int things = 0;
};

/// Ground z = f(x, y) with roughness 0.01; walls and flat roofs of boxes, spheres and poles stand
/// on it. All surfaces carry the same density.
class SceneBuilder {
 public:
  using Surface = double (*)(double x, double y);

  SceneBuilder(Surface ground, double points_per_area, std::uint64_t seed)
      : ground_(ground), density_(points_per_area), random_(seed) {}

  /// The rectangle |x| <= half_x, |y| <= half_y of ground, but for the boxes' floors.
  void add_ground(double half_x, double half_y);
  /// A box with its middle at (x, y), its top at the ground's height there plus `tall`.
  void add_box(double x, double y, double wide_x, double wide_y, double tall);
  void add_sphere(double x, double y, double radius);
  void add_pole(double x, double y, double tall);
  TrueScene take() { return std::move(scene_); }

 private:
  struct Footprint {
    double x, y, half_x, half_y;
  };
  bool built_over(double x, double y) const;
  int count(double area) const { return static_cast<int>(density_ * area); }
  void add(double x, double y, double z, int thing);

  Surface ground_;
  double density_;
  Random random_;
  std::vector<Footprint> boxes_;
  TrueScene scene_;
};

/// 50 x 30: slopes of 12 % and 5 %, kerbs of 0.12 along the road; 10 things: cars, posts, balls and
/// a house 8 x 6.
TrueScene street(std::uint64_t seed);
/// 80 x 80: hills 2 high and 63 apart (slopes up to 20 %) on a hillside of 15 degrees; 6 things:
/// houses of up to 14 x 12, a wide hall among them, and balls.
TrueScene hillside(std::uint64_t seed);
/// 1.2 x 0.8, level: 4 things, a box, two balls, a pole.
TrueScene table(std::uint64_t seed);

}  // namespace equicloud::clusters
