// SPDX-License-Identifier: BSD-3-Clause
// The figures of a classifier, gathered and written: Markdown for people, CSV for one's own sums.
#pragma once

#include <train/classifier_measure.h>
#include <train/classifier_times.h>

#include <functional>
#include <iosfwd>

namespace equicloud::train {

struct ReportSettings {
  std::size_t seeds = 3;        ///< of rotations and damages: 1, 2, .., seeds; >= 1
  std::vector<Damage> damages;  ///< to measure
  std::size_t turned_clouds = 200;
  std::size_t rotations = 10;  ///< of each of these
  std::size_t junk = 200;      ///< clouds a kind
  std::size_t timed_clouds = 200;
};

/// The answers of one voice on the same shapes in one condition, by seed.
struct Trial {
  Voice voice = Voice::fused;
  std::string condition;                     ///< "aligned" or a damage
  std::vector<std::vector<Answer>> answers;  ///< [seed][shape]

  std::vector<Answer> pooled() const;
};

struct ClassifierReport {
  classify::ModelInfo model;
  std::size_t classes_in_data = 0, shapes = 0;
  ReportSettings settings;
  std::vector<Trial> aligned;  ///< by voice
  std::vector<Trial> rotated;  ///< by voice: undamaged
  std::vector<Trial> damaged;  ///< fused, in the order asked for
  Stability stability;
  std::vector<JunkScores> junk;
  std::vector<StageTime> times;
  double model_mib = 0.0;  ///< resident memory that model and one classification took
  double peak_mib = 0.0;   ///< of the process, the data set included
};

/// Measures everything. `say` (may be empty) is told what is done. Throws as classify::Model::load
/// and judged_shapes() do.
ClassifierReport measure_classifier(const ShapeSet& shapes, const std::string& model_file,
                                    const ReportSettings& settings, const Executor& executor,
                                    const std::function<void(const std::string&)>& say = {});

/// @param command  what made it, for the reader to repeat
void print_markdown(const ClassifierReport& report, const std::string& command, std::ostream& out);
/// One line an answer: voice,condition,seed,shape,truth,label,probability,known_score,refused.
void print_answers(const ClassifierReport& report, std::ostream& out);

}  // namespace equicloud::train
