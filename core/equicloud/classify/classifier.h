// SPDX-License-Identifier: BSD-3-Clause
// What is it, whichever way up? One cloud, one thing: a name of the model's classes, or "unknown"
// with a reason. Laws: permuting the points, copying some of them or adding non-finite ones leaves
// every bit of the answer as it is; a motion or a change of scale changes probabilities by rounding
// only (a rare shape whose points tie in a distance may be thinned or ordered otherwise); same bits
// for any number of threads.
//
//   const ShapeClassifier classifier("classifier-modelnet40.safetensors");
//   const Classification it = classifier.classify(PointsView(xyz));
//   use(it.name, it.probability);
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/base/span.h>
#include <equicloud/classify/model.h>
#include <equicloud/classify/shape.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/points/points_view.h>

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::classify {

struct ClassifierOptions {
  Branch branch = Branch::fused;
  /// Outliers, as the embedded scorer sees them (probability above 0.5), are left out first. For
  /// scans; a clean cloud loses next to nothing by it. The larger part of the time of a large
  /// cloud: the scorer looks at every point, the networks at 1024.
  bool filter = true;
  /// In [0, 1]: a class less probable than this is no answer, but "unknown".
  float min_probability = 0.0F;
};

/// How a cloud came to its label.
enum class Verdict {
  known,           ///< one of the model's classes
  empty,           ///< no finite point
  too_few_points,  ///< fewer than kMinPoints distinct ones (outliers left out)
  line,            ///< all on one line
  flat,            ///< all in one plane: what it is most like is said, but not called known
  junk,            ///< known score below the threshold: like none of the classes
  unsure           ///< the best class is less probable than min_probability
};

/// "known", "empty", "too_few_points", ...
const char* name_of(Verdict verdict) noexcept;

struct Guess {
  std::size_t label = 0;  ///< into ModelInfo::classes
  float probability = 0.0F;
};

struct Classification {
  Verdict verdict = Verdict::empty;
  std::size_t label = 0;  ///< into ModelInfo::classes; the last one, "unknown", unless known
  std::string name;       ///< of the label
  /// That the label is right: of a known class its own; of `junk` 1 - known_score; of `unsure` and
  /// `flat` that of the best class. NaN where the networks were not asked (the verdicts before
  /// flat).
  float probability = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> probabilities;  ///< of all classes, sum 1; empty where not asked
  /// Of length 1, [set ; spherical]: near for things alike. 0 in the half of a branch that was not
  /// asked; empty where neither was.
  std::vector<float> embedding;
  /// In [0, 1], low for what is none of the classes; see UnknownRule. Held against
  /// ModelInfo::threshold_of(branch). NaN where not asked.
  float known_score = std::numeric_limits<float>::quiet_NaN();
  std::string reason;               ///< why unknown, one clause with the numbers; "" if known
  std::size_t distinct_points = 0;  ///< finite ones that were looked at
  std::size_t removed_points = 0;   ///< outliers left out, non-finite points included

  /// The k most probable classes, "unknown" among them, best first (ties: the lower label); fewer
  /// if there are no more.
  std::vector<Guess> top(std::size_t k) const;
};

/// Memory that a classification is worked out in, kept from cloud to cloud. Not for two threads at
/// once.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

 private:
  friend class ShapeClassifier;
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

/// Immutable after construction; classify() may be called from many threads at once.
class ShapeClassifier {
 public:
  /// Throws InvalidArgument for a min_probability outside [0, 1] or without a model.
  explicit ShapeClassifier(std::shared_ptr<const Model> model,
                           const ClassifierOptions& options = {});
  /// Of a model file. Throws as Model::load does, too.
  explicit ShapeClassifier(const std::string& path, const ClassifierOptions& options = {});

  /// @param points    any unit, order and pose, duplicates and non-finite points allowed, at most
  /// 2^32 - 2 points
  /// @param executor  for the filter and the order of large clouds; the networks run on one thread
  /// Cost: O(n log n) to bring the cloud to 1024 points, some 8 ms for both networks and what they
  /// read, whatever the cloud; the filter takes 4 us and 500 B a point beside. Throws
  /// InvalidArgument on too many points.
  Classification classify(PointsView points, const Executor& executor = serial_executor()) const;
  /// The same, bit for bit, in memory that is used again.
  Classification classify(PointsView points, const Executor& executor, Workspace& workspace) const;
  /// Many clouds, side by side on the executor's threads: one answer each, in their order.
  std::vector<Classification> classify(Span<const PointsView> clouds,
                                       const Executor& executor = serial_executor()) const;

  const Model& model() const noexcept { return *model_; }
  const ClassifierOptions& options() const noexcept { return options_; }

 private:
  struct Voices;
  Voices listen(const Shape& shape, Workspace& workspace) const;
  void judge(const Voices& voices, Classification& result) const;
  void settle(Classification& result) const;

  std::shared_ptr<const Model> model_;
  outlier::OutlierScorer scorer_;  // the embedded model
  ClassifierOptions options_;
};

}  // namespace equicloud::classify
