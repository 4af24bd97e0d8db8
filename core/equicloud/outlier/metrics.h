// SPDX-License-Identifier: BSD-3-Clause
// How good are scores, and where to cut them? Every function depends on the set of (score, truth)
// pairs alone: equal scores are one group, so the order of the points cannot matter. Entries whose
// score is NaN are left out. An undefined figure (no outlier in the truth, ...) is NaN, never a
// quiet 0.
#pragma once

#include <equicloud/base/span.h>

#include <cstddef>
#include <cstdint>

namespace equicloud::outlier {

/// Counts at one threshold; "flagged" means score > threshold.
struct Confusion {
  std::size_t true_positives = 0;   ///< outliers flagged
  std::size_t false_positives = 0;  ///< inliers flagged
  std::size_t false_negatives = 0;  ///< outliers not flagged
  std::size_t true_negatives = 0;   ///< inliers not flagged

  double precision() const noexcept;  ///< TP / (TP + FP)
  double recall() const noexcept;     ///< TP / (TP + FN)
  double f1() const noexcept;         ///< 2 TP / (2 TP + FP + FN)
};

/// A threshold and the F1 that it reaches (or is expected to reach), both in [0, 1].
struct Cut {
  float threshold = 1.0F;  ///< flag what scores above
  double f1 = 0.0;
};

/// Everything at once; one sort. Fields as the functions below define them.
struct Evaluation {
  double average_precision = 0.0;
  double auroc = 0.0;
  double calibration_error = 0.0;
  Cut best;
  Confusion at_threshold;
};

/// Bins of the calibration error, of equal width.
constexpr int kCalibrationBins = 15;

// In all of these: @param scores  in [0, 1] or NaN; @param truth  one a score, non-zero = outlier.
// Throw InvalidArgument if the lengths differ. Cost: O(n log n).

/// Sum over the distinct scores, from high to low, of (recall gained) x (precision there): the area
/// under the precision-recall steps without interpolation, as scikit-learn's
/// average_precision_score defines it.
double average_precision(Span<const float> scores, Span<const std::uint8_t> truth);
/// Probability that an outlier scores above an inlier, ties counted half.
double auroc(Span<const float> scores, Span<const std::uint8_t> truth);
/// The threshold with the highest F1 (of equals the highest threshold).
Cut best_f1(Span<const float> scores, Span<const std::uint8_t> truth);
/// Mean over the points of |mean score - share of outliers| of the score's bin (Guo et al. 2017,
/// ECE).
double calibration_error(Span<const float> scores, Span<const std::uint8_t> truth,
                         int bins = kCalibrationBins);
Confusion confusion(Span<const float> scores, Span<const std::uint8_t> truth, float threshold);
Evaluation evaluate(Span<const float> scores, Span<const std::uint8_t> truth, float threshold);

/// The threshold that maximises the expected F1 of calibrated probabilities p, taken as
/// 2 sum_{i <= m} p_i / (m + sum p) for the m highest; for m = 0 it is the probability that there
/// is no outlier at all, prod (1 - p_i). The threshold depends on the cloud: where the expected F1
/// is low it is low too (half of it), so look at Cut::f1 before trusting it.
Cut auto_threshold(Span<const float> probabilities);

/// The lowest threshold that flags at most this share of the scores (equal scores go together).
/// @param fraction  0 <= fraction < 1 (checked; throws InvalidArgument)
float fraction_threshold(Span<const float> scores, double fraction);

}  // namespace equicloud::outlier
