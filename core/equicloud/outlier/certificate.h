// SPDX-License-Identifier: BSD-3-Clause
// A certificate: the laws that a model's answers keep, scores of the points or probabilities of the
// whole cloud, tried on a cloud and held against what the model promises. It sees answers only, so
// it finds out whatever breaks a law: a feature that leaks a
// coordinate, a sum that depends on the order, weights so large that rounding shows.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/points/points_view.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace equicloud::outlier {

/// One law and what was found of it.
struct LawFinding {
  std::string law;        ///< "permutations", "motions", ...
  bool promised = false;  ///< by the model, or by every model
  int trials = 0;
  double largest_change = 0.0;  ///< of a score, over all trials; infinite if NaN came or went
  double mean_change = 0.0;     ///< over all finite points and trials
  double largest_allowed = 0.0;
  double mean_allowed = 0.0;

  bool holds() const noexcept {
    return largest_change <= largest_allowed && mean_change <= mean_allowed;
  }
  bool broken() const noexcept { return promised && !holds(); }
};

/// Scores of a cloud, one a point; or numbers about the cloud as a whole, see answers.
using Scoring = std::function<std::vector<float>(PointsView points, const Executor& executor)>;

enum class Answers {
  of_points,  ///< one a point, which follow their points: promise "permutation-equivariant"
  of_cloud    ///< which stay: promise "permutation-invariant"
};

struct CertificateOptions {
  std::uint64_t seed = 1;
  int motions = 20;      ///< >= 1
  int permutations = 5;  ///< >= 1
  Answers answers = Answers::of_points;
};

/// The laws, in this order: repeated runs, threads (2 and 3 beside the given executor),
/// permutations and exact copies (every point twice), each to the last bit; motions and scalings
/// (by powers of two and others) within 1e-3 for any score and 1e-5 on average: the rounding of
/// coordinates.
/// @param promises  of ModelInfo::promises; runs, threads and copies are promised by every model
/// Throws InvalidArgument on options below 1. Cost: about 40 scorings.
std::vector<LawFinding> certify(const Scoring& scoring, PointsView points,
                                const std::vector<std::string>& promises, const Executor& executor,
                                const CertificateOptions& options = {});

}  // namespace equicloud::outlier
