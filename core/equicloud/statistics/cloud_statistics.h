// SPDX-License-Identifier: BSD-3-Clause
// The statistics of a cloud, without tuning: how noisy is the surface, how far apart are its
// points, how many points are outliers, each with a 90 % interval. Draw X_i ~ P_theta, learn {X_i}
// -> theta (Zaheer et al. 2017, "Deep Sets", section 4.1.1). Laws: permuting the points or copying
// some changes no bit, nor does the number of threads; a motion changes the estimates by rounding,
// a scaling multiplies the lengths.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/points/points_view.h>
#include <equicloud/statistics/model.h>

#include <memory>
#include <string>

namespace equicloud::statistics {

/// low <= value <= high; a 90 % interval.
struct Interval {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// Noise of less than this share of the spacing is taken for none: its variance is taken off that
/// of the interval's lower end.
constexpr double kLeastNoise = 0.01;

/// See Estimates::unlike_training.
constexpr double kUsualDistance = 4.5;

struct Estimates {
  Status status = Status::no_finite_point;
  std::string reason;  ///< why there are no estimates, a sentence; empty where there are
  std::size_t finite_points = 0;
  std::size_t distinct_points = 0;
  /// NaN unless the status is estimated.
  Interval noise_sigma;       ///< standard deviation along the surface's normal, the cloud's unit
  Interval spacing;           ///< of the surface without noise and outliers: median over its points
                              ///< of the mean distance to the 6 nearest; the cloud's unit
  Interval outlier_fraction;  ///< of the distinct finite positions, in [0, 1]
  /// The cloud is unlike those that the model learnt from (Outputs::distance above kUsualDistance),
  /// a lattice, or a spinning sensor's cloud, whose density varies a hundredfold: neither estimates
  /// nor intervals can be relied on.
  bool unlike_training = false;
};

/// Immutable after construction; estimate() may be called from many threads at once.
class CloudStatistics {
 public:
  /// Throws InvalidArgument if there is no model.
  explicit CloudStatistics(std::shared_ptr<const Model> model, outlier::OutlierScorer scorer = {});

  /// @param points  any order, duplicates and non-finite points allowed, at most 2^32 - 2 points
  /// Cost: that of scoring the cloud, and about 15 us for each of at most kSampleLimit points.
  Estimates estimate(PointsView points, const Executor& executor = serial_executor()) const;

  const Model& model() const noexcept { return *model_; }

 private:
  std::shared_ptr<const Model> model_;
  outlier::OutlierScorer scorer_;
};

}  // namespace equicloud::statistics
