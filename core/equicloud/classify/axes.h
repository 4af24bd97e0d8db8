// SPDX-License-Identifier: BSD-3-Clause
// An axis and ten numbers for every point of a shape: the normal of the plane through its
// neighbours, outward, and what the neighbourhood looks like at two scales. The axis turns with the
// shape, the numbers do not change. Formulas: core/CONVENTIONS.md, "Shape features".
#pragma once

#include <equicloud/classify/nearest.h>
#include <equicloud/classify/shape.h>

#include <cstdint>
#include <vector>

namespace equicloud::classify {

constexpr int kAxisNeighbors = 24;  ///< list length, the wide scale; the 24th has weight 0
constexpr int kNearNeighbors = 8;   ///< the narrow scale: these and the point itself, equal weights
constexpr int kPointNumbers = 10;   ///< see PointNumber

/// |p| below which a point has no ray.
constexpr float kNoRay = 1e-6F;

/// Columns of Axes::numbers. p relative to the robust centre, n its axis, ray = p / |p| (0 where
/// |p| < kNoRay), l0 <= l1 <= l2 the eigenvalues of a scale's weighted covariance, tr their sum
/// (ratios are 0 where tr is), mean the weighted mean of q - p at the wide scale. All but kOutward
/// >= 0.
enum PointNumber {
  kRadius,     ///< |p|
  kFacing,     ///< n . ray, in [0, 1]
  kFlatNear,   ///< l0 / tr of the 8, in [0, 1/3]
  kRoundNear,  ///< l1 / tr of the 8, in [0, 1/2]
  kFlat,       ///< l0 / tr of the 24
  kRound,      ///< l1 / tr of the 24
  kSpread,     ///< sqrt(tr) of the 24
  kReach,      ///< d_24, distance of the 24th neighbour
  kOutward,    ///< (mean . n) / d_24, in (-1, 1): < 0 where the surface bends away from n
  kOffCentre,  ///< |mean| / d_24, in [0, 1): large at rims
};

struct Axes {
  std::size_t points = 0;                ///< n
  std::vector<float> axis;               ///< n x 3, unit, n . p >= 0; any where l0 = l1
  std::vector<float> numbers;            ///< n x kPointNumbers
  std::vector<std::uint32_t> neighbors;  ///< n x kAxisNeighbors, nearest first, ties by index
  std::vector<float> distances;          ///< n x kAxisNeighbors, their distances, >= 0
};

/// Measures shape after shape; memory is kept from call to call. Not for two threads at once.
class AxisFinder {
 public:
  /// @param shape  at least kMinPoints points (checked; throws InvalidArgument)
  /// @returns the axes, in the order of shape.xyz, valid until the next call
  /// Cost: O(n log n).
  const Axes& find(const Shape& shape);

 private:
  NearestSearch search_;
  Axes axes_;
};

}  // namespace equicloud::classify
