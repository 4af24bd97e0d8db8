// SPDX-License-Identifier: BSD-3-Clause
// What a classifier answered beside what was true, and the figures made of it. Every function
// depends on the set of answers alone; an undefined figure (of no answer) is NaN.
#pragma once

#include <equicloud/base/span.h>

#include <cstddef>
#include <limits>
#include <vector>

namespace equicloud::train {

/// The label of a shape that the networks were not asked about: too few points, a line.
constexpr std::size_t kNoLabel = std::numeric_limits<std::size_t>::max();

/// One shape of a known class. "Unknown" is no label here: it is told by `refused`.
struct Answer {
  std::size_t truth = 0;
  std::size_t label = kNoLabel;  ///< the most probable of the known classes
  float probability = 0.0F;      ///< of the label, in [0, 1]; what "unknown" has is left to it
  float known_score = 0.0F;      ///< in [0, 1], low for what is none of the classes
  bool refused = true;           ///< called "unknown"

  bool right() const noexcept { return label == truth; }
};

/// Share of answers whose label is right, refused or not: as accuracies without a class "unknown"
/// are given.
double accuracy(Span<const Answer> answers);
/// Share that is right and not refused: what a user gets.
double delivered_accuracy(Span<const Answer> answers);
double refused_share(Span<const Answer> answers);
/// Mean over the classes that occur of the accuracy in the class.
double mean_class_accuracy(Span<const Answer> answers);
/// Expected calibration error of `probability` for right(), 15 bins of equal width (Guo et al.
/// 2017).
double calibration_error(Span<const Answer> answers);

struct ClassFigures {
  std::size_t label = 0;
  std::size_t shapes = 0;            ///< answers whose truth this is
  double accuracy = 0.0;             ///< of them
  std::size_t taken_for = kNoLabel;  ///< the most frequent wrong label (ties: the lower); none
  std::size_t times = 0;             ///< how often
};
/// Of each class that occurs as a truth, by label.
std::vector<ClassFigures> class_figures(Span<const Answer> answers);

/// Two classes taken for each other.
struct MixUp {
  std::size_t a = 0, b = 0;              ///< a < b
  std::size_t a_for_b = 0, b_for_a = 0;  ///< an a called b, a b called a

  std::size_t times() const noexcept { return a_for_b + b_for_a; }
};
/// Most frequent first (ties: lower labels first), at most `most` of them.
std::vector<MixUp> costliest_mix_ups(Span<const Answer> answers, std::size_t most);

/// The largest threshold that at least the share `kept` of the scores reach (score >= threshold):
/// the score of rank floor((1 - kept) n), ascending. NaN of none. @param kept  in (0, 1]
float threshold_keeping(std::vector<float> scores, double kept);
/// Share of scores >= threshold.
double share_reaching(Span<const float> scores, float threshold);
/// Probability that a known shape scores above an unknown one, ties counted half.
double auroc(Span<const float> known, Span<const float> unknown);

}  // namespace equicloud::train
