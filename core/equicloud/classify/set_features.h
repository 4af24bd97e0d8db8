// SPDX-License-Identifier: BSD-3-Clause
// What the set network reads of a shape: numbers of each point, and of each pair of a centre and
// its neighbours at three levels, each level's centres being the next one's sources. Distances,
// cosines and turning angles only: unchanged by motions and by scale. Formulas:
// core/CONVENTIONS.md, "Shape features".
#pragma once

#include <equicloud/classify/axes.h>
#include <equicloud/classify/shape.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace equicloud::classify {

constexpr std::size_t kLevels = 3;
constexpr int kPairNumbers = 12;  ///< see PairNumber

/// Columns of SetFeatures::Level::pairs, for a centre p with axis n and a neighbour q with axis m.
/// r = |q - p|, u = (q - p) / r, ray(p) = p / |p| (both 0 where the length is: r = 0, |p| <
/// kNoRay). q' is the neighbour before q when all are sorted by turning angle about n (cyclic; ties
/// nearest first), m' its axis, w = (q - q') / |q - q'| (0 where they coincide).
enum PairNumber {
  kDistance,     ///< r
  kShare,        ///< r / r_k, r_k that of the last neighbour (0 where r_k is 0)
  kHeight,       ///< u . n
  kHeightThere,  ///< u . m
  kAxisCosine,   ///< n . m
  kTwist,        ///< (n x m) . u
  kAlongRay,     ///< u . ray(p)
  kRadiusStep,   ///< (|q| - |p|) / r (0 where r is 0)
  kRayCosine,    ///< ray(p) . ray(q)
  kTurn,         ///< turning step from q' to q, in units of pi, in [0, 2)
  kTurnHeight,   ///< w . m
  kTurnCosine,   ///< m . m'
};

struct SetFeatures {
  /// M centres, the first M points of the shape, and k neighbours each.
  struct Level {
    std::size_t centres = 0, k = 0;
    std::vector<std::uint32_t> neighbors;  ///< M x k shape indices, nearest first, never the centre
    std::vector<float> pairs;              ///< M x k x kPairNumbers
  };

  std::size_t points = 0;    ///< n
  std::vector<float> point;  ///< n x kPointNumbers, see axes.h
  /// Level 1: min(512, n) centres, 16 of all n points. Level 2: min(128, n) centres, 32 of level
  /// 1's centres. Level 3: 32 centres, 32 of level 2's centres.
  std::array<Level, kLevels> level;
};

/// Everything the networks read, for shape after shape; memory is kept from call to call, so that
/// nothing is allocated once a shape of kMaxPoints has been seen. Not for two threads at once.
class FeatureExtractor {
 public:
  FeatureExtractor();
  ~FeatureExtractor();

  /// @param shape  at least kMinPoints points (checked; throws InvalidArgument)
  /// @returns features in the order of shape.xyz, valid until the next call
  /// Cost: O(n log n).
  const SetFeatures& extract(const Shape& shape);
  /// The axes of the last shape.
  const Axes& axes() const noexcept;

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace equicloud::classify
