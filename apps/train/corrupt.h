// SPDX-License-Identifier: BSD-3-Clause
// A clean cloud made dirty, with the truth: what the scorer learns from and is judged by.
#pragma once

#include <train/outliers.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace equicloud::train {

struct LabelledCloud {
  std::vector<float> xyz;  ///< N x 3
  std::vector<std::uint8_t>
      outlier;  ///< N: 1 where the point was added, 0 where it is of the clean cloud

  std::size_t size() const { return outlier.size(); }
};

/// Outliers that make up `share` (in [0, 1), checked; throws InvalidArgument) of all points,
/// rounded.
std::size_t outlier_count(std::size_t clean_points, double share);

/// The clean points, each moved by Gaussian noise, and one group of outliers a kind, in random
/// order.
/// @param jitter  standard deviation of the noise, an axis, in spacings; >= 0
struct Dirt {
  double jitter = 0.0;
  double share = 0.0;              ///< of all points
  std::vector<OutlierKind> kinds;  ///< drawn from for every group; empty: no outliers
  double local_clearance = 0.0;    ///< see make_outliers()
};
LabelledCloud corrupt(const Surface& surface, const Dirt& dirt, Random& random);

/// The trainer's recipe: jitter 0-0.35 spacings; no outliers in 8 % of the clouds, else a share of
/// 1-40 % of one kind or of several.
Dirt random_dirt(Random& random);

/// A training example from a clean cloud of at least 8 points: random density, 4,000-14,000 points
/// kept, crowns on a quarter of them, random dirt.
LabelledCloud random_example(const std::vector<float>& clean, Random& random);

}  // namespace equicloud::train
