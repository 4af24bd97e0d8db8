// SPDX-License-Identifier: BSD-3-Clause
// Damages put together: the trainer's mixture, and those of fixed strength that a classifier is
// measured by.
#pragma once

#include <equicloud/outlier/scorer.h>
#include <train/shape_damage.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace equicloud::train {

/// The project's own outlier filter with its embedded model. A copy shares the model, not the
/// memory: one a thread.
class StrayFilter {
 public:
  static constexpr float kThreshold = 0.5F;

  StrayFilter() : scorer_(std::make_shared<outlier::OutlierScorer>()) {}
  StrayFilter(const StrayFilter& other) : scorer_(other.scorer_) {}
  StrayFilter& operator=(const StrayFilter&) = delete;

  /// The points whose probability is at most kThreshold, in their order.
  Cloud operator()(const Cloud& cloud);

 private:
  std::shared_ptr<const outlier::OutlierScorer> scorer_;
  outlier::Workspace workspace_;
  outlier::Scores scores_;
};

/// What is done to a cloud, in the order of the fields; the default is a rotation alone.
struct Recipe {
  double stretch = 0.0;      ///< range of stretched(), in the object's own axes
  double warp = 0.0;         ///< amplitude of warped(), in robust radii; wavelength 2 of them
  double view = 0.0;         ///< factor of one_view(); 0: seen from all sides
  double cut = 1.0;          ///< share that halved() keeps
  std::size_t holes = 0;     ///< of with_holes()
  double hole_share = 0.0;   ///< points of a hole, of those there are
  std::size_t points = 0;    ///< a random subset of at most this many; 0: all
  double point_share = 1.0;  ///< a random subset of this share, in (0, 1]
  double jitter = 0.0;       ///< standard deviation, in robust radii of the undamaged cloud
  double stray = 0.0;        ///< share of with_stray_points()
  bool filter = false;       ///< the outlier filter at the end
};

/// The cloud turned at random and damaged as the recipe says. Where a view, a cut or the filter
/// would leave fewer than kFewestShapePoints, that step is left out. Cost for 1024 points: below
/// 1 ms, and the filter's time.
Cloud damaged(const Cloud& cloud, const Recipe& recipe, Random& random, StrayFilter& filter);

/// The trainer's mixture: 45 % nearly clean (half of them with all points, a third filtered), 10 %
/// few points (150-700), 12 % cut (keeping 45-95 %), 12 % seen from one side, 12 % with 0.3-12 %
/// stray points and filtered, 9 % several at once.
Recipe random_recipe(Random& random);

/// The damages of fixed strength that figures are given for.
enum class Damage {
  clean,      ///< turned, nothing else
  points512,  ///< 512 points
  points256,  ///< 256 points
  stray1,     ///< 1 % stray points, then the filter
  stray10,    ///< 10 % stray points, then the filter
  half,       ///< half of the points, beyond a random plane
  view,       ///< seen from one side
  jitter1,    ///< noise of 0.01 of the farthest point's distance from the mean
  jitter2,    ///< noise of 0.02 of it
};
constexpr std::size_t kDamages = 9;
/// "clean", "points512", .., "jitter0.01", "jitter0.02".
const char* name_of(Damage damage) noexcept;

/// The damage with everything random, the rotation included, from `seed`. @param filter  used by
/// the stray ones.
Cloud damaged(const Cloud& cloud, Damage damage, std::uint64_t seed, StrayFilter& filter);

}  // namespace equicloud::train
