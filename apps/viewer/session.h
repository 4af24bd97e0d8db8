// SPDX-License-Identifier: BSD-3-Clause
// What the viewer knows: the open scan, its scores, where they are cut, the things in it and what
// they are, and how all of it is to be shown. Nothing here draws, waits or starts a thread.
#pragma once

#include "cli/classifying.h"
#include "viewer/scan.h"

#include <equicloud/clusters/scene.h>
#include <equicloud/outlier/scorer.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::viewer {

enum class ColourBy { height, original, score, thing, field };
enum class OutlierDisplay { shown, marked, dimmed, hidden };

/// Something that was labelled: the whole cloud, or a cluster of it.
struct Thing {
  Box box;
  std::vector<std::uint32_t> points;  ///< their numbers, ascending
  cli::Labelled label;

  bool known() const noexcept { return label.it.verdict == classify::Verdict::known; }
  /// "chair 0.98"; "unknown" alone, for its number would say how sure it is not to know.
  std::string caption() const;
};

/// The things of a scene, ground taken away, each labelled. @param whole  the cloud is one thing
struct FindThings {
  bool whole = false;
  clusters::SceneOptions scene;
};
std::vector<Thing> find_things(PointsView points, const FindThings& how,
                               const classify::ShapeClassifier& classifier,
                               const Executor& executor);

/// What turning the data changed.
struct TurnReport {
  float largest_score_change = 0.0F;
  std::size_t points = 0;             ///< scored before and after
  std::size_t crossed = 0;            ///< on the other side of the threshold now
  std::size_t things = 0;             ///< labelled before and after
  std::size_t renamed = 0;            ///< with another label now
  float largest_label_change = 0.0F;  ///< of the probability of a thing's label

  /// Two lines for a person.
  std::string text() const;
};
/// Holds scores and labels of the turned points against those before.
TurnReport compare(const outlier::Scores* before, const outlier::Scores* after, float threshold,
                   const std::vector<Thing>& things_before, const std::vector<Thing>& things_after);

/// The counts that a person watches while moving the threshold.
struct Counts {
  std::size_t kept = 0;
  std::size_t removed = 0;     ///< outliers and points that are not finite
  std::size_t not_finite = 0;  ///< of the removed

  std::size_t outliers() const noexcept { return removed - not_finite; }
};

class Session {
 public:
  /// Forgets everything about the scan before.
  void open(std::shared_ptr<const Scan> scan);
  bool has_scan() const noexcept { return scan_ != nullptr; }
  const Scan& scan() const noexcept { return *scan_; }
  std::shared_ptr<const Scan> shared_scan() const noexcept { return scan_; }
  /// As shown: the file's, or turned.
  PointsView points() const noexcept;
  bool turned() const noexcept { return !turned_.empty(); }
  void turn(std::vector<float> xyz) { turned_ = std::move(xyz); }

  void set_scores(outlier::Scores scores, float threshold);
  /// Null before scoring.
  const outlier::Scores* scores() const noexcept { return scores_ ? &*scores_ : nullptr; }
  float threshold() const noexcept { return threshold_; }
  /// Clamped to [0, 1].
  void set_threshold(float threshold) noexcept;
  /// One a point, as outlier::removed() says; all false before scoring.
  const std::vector<bool>& removed() const noexcept { return removed_; }
  Counts counts() const;
  /// Scores in 50 equal bins from 0 to 1; empty before scoring.
  std::vector<std::size_t> histogram() const;

  void set_things(std::vector<Thing> things);
  const std::vector<Thing>& things() const noexcept { return things_; }
  /// Number of the selected thing.
  std::optional<std::size_t> selected() const noexcept { return selected_; }
  /// Out of range: none.
  void select(std::optional<std::size_t> thing) noexcept;
  /// The smallest thing that holds the point.
  std::optional<std::size_t> thing_of(std::uint32_t point) const;

  ColourBy colour_by = ColourBy::height;
  OutlierDisplay outliers = OutlierDisplay::shown;
  std::string field;                ///< of ColourBy::field
  std::vector<float> field_values;  ///< its values

 private:
  std::shared_ptr<const Scan> scan_;
  std::vector<float> turned_;
  std::optional<outlier::Scores> scores_;
  float threshold_ = 0.5F;
  std::vector<bool> removed_;
  std::vector<Thing> things_;
  std::optional<std::size_t> selected_;
};

}  // namespace equicloud::viewer
