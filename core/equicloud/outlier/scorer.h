// SPDX-License-Identifier: BSD-3-Clause
// Which points are outliers? A Deep Sets network over each point's neighbour set, then equivariant
// layers. Laws: permuting the points permutes the scores (to the last bit); a motion of the cloud,
// and for scale-free models a scaling, leaves them unchanged up to the rounding of the moved
// coordinates; same bits for any number of threads.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <memory>
#include <string>
#include <vector>

namespace equicloud::outlier {

class Model;

/// What became of the cloud as a whole.
enum class Status {
  scored,          ///< every finite point has a probability
  empty,           ///< no points at all
  too_few_points,  ///< fewer distinct finite positions than the network needs: nothing judged, all
                   ///< kept
};

struct Scores {
  Status status = Status::empty;
  /// One an input point, in the caller's order: probability of being an outlier in [0, 1]; NaN
  /// where the point is not finite; 0 for finite points when status is too_few_points (kept, not
  /// judged).
  std::vector<float> probability;
  std::size_t finite_points = 0;
  std::size_t distinct_points =
      0;  ///< distinct finite positions: exact copies count once and share a score
};

/// Memory that a score is worked out in. Kept from cloud to cloud it spares the system handing out
/// and taking back some 500 B a point each time. Not for two threads at once.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

 private:
  friend class OutlierScorer;
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// Immutable after construction; score() may be called from many threads at once.
class OutlierScorer {
 public:
  /// The model embedded in the library.
  OutlierScorer();
  explicit OutlierScorer(std::shared_ptr<const Model> model);

  /// @param points  any order, duplicates and non-finite points allowed, at most 2^32 - 2 points
  /// Cost: O(n log n); memory about 500 B a distinct point beside the input. Throws InvalidArgument
  /// on too many points.
  Scores score(PointsView points, const Executor& executor = serial_executor()) const;
  /// The same, bit for bit, in memory that is used again: for clouds that keep coming.
  void score(PointsView points, const Executor& executor, Workspace& workspace,
             Scores& scores) const;

  const Model& model() const noexcept { return *model_; }
  std::shared_ptr<const Model> shared_model() const noexcept { return model_; }

 private:
  std::shared_ptr<const Model> model_;
};

/// The mask: true where a point is removed at this threshold, that is where probability > threshold
/// or the point is not finite. @param threshold in [0, 1] (checked; throws InvalidArgument).
std::vector<bool> removed(const Scores& scores, float threshold);

}  // namespace equicloud::outlier
