// SPDX-License-Identifier: BSD-3-Clause
// Where `clean` cuts: above the model's own threshold, a given one, the one of highest expected F1,
// or such that a share of the points goes.
#pragma once

#include <equicloud/outlier/model.h>
#include <equicloud/outlier/scorer.h>

#include <string>

namespace equicloud::cli {

struct Cutting {
  enum class Rule { model_default, fixed, expected_f1, fraction };
  Rule rule = Rule::model_default;
  double value = 0.0;  ///< of fixed: the threshold; of fraction: the share of the finite points
};

/// From the texts of --threshold and --fraction ("" = not given). Throws UsageError.
Cutting parse_cutting(const std::string& threshold, const std::string& fraction);

/// The threshold for one scored cloud, and a warning where it should not be trusted ("" = none).
struct ChosenThreshold {
  float threshold = 0.5F;
  std::string warning;
};
ChosenThreshold choose_threshold(const Cutting& cutting, const outlier::Scores& scores,
                                 const outlier::ModelInfo& model);

}  // namespace equicloud::cli
