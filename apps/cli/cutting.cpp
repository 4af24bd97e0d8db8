// SPDX-License-Identifier: BSD-3-Clause
#include "cli/cutting.h"

#include "cli/numbers.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/outlier/metrics.h>

namespace equicloud::cli {
namespace {

// Below this expected F1 the scores do not tell outliers from the rest, as in a cloud without any.
constexpr double kDoubtfulF1 = 0.5;

ChosenThreshold by_expected_f1(const outlier::Scores& scores) {
  const outlier::Cut cut = outlier::auto_threshold(scores.probability);
  if (scores.status != outlier::Status::scored || cut.f1 >= kDoubtfulF1) return {cut.threshold, {}};
  return {cut.threshold, "--threshold auto expects an F1 of only " + fixed(cut.f1, 2) +
                             ", few points or none stand out; look at the result with --label, or "
                             "give a --threshold"};
}

}  // namespace

Cutting parse_cutting(const std::string& threshold, const std::string& fraction) {
  if (!threshold.empty() && !fraction.empty())
    throw UsageError("--threshold and --fraction both say where to cut; give one of them");
  if (threshold == "auto") return {Cutting::Rule::expected_f1, 0.0};
  if (!threshold.empty()) {
    const auto value = parse_number(threshold);
    if (!value || !(*value >= 0.0 && *value <= 1.0))
      throw UsageError("--threshold is '" + threshold +
                       "'; expected a probability from 0 to 1, or auto");
    return {Cutting::Rule::fixed, *value};
  }
  if (!fraction.empty()) {
    const auto value = parse_number(fraction);
    if (!value || !(*value >= 0.0 && *value < 1.0))
      throw UsageError("--fraction is '" + fraction +
                       "'; expected a share from 0 to below 1, such as 0.05");
    return {Cutting::Rule::fraction, *value};
  }
  return {};
}

ChosenThreshold choose_threshold(const Cutting& cutting, const outlier::Scores& scores,
                                 const outlier::ModelInfo& model) {
  switch (cutting.rule) {
    case Cutting::Rule::fixed:
      return {static_cast<float>(cutting.value), {}};
    case Cutting::Rule::expected_f1:
      return by_expected_f1(scores);
    case Cutting::Rule::fraction:
      return {outlier::fraction_threshold(scores.probability, cutting.value), {}};
    case Cutting::Rule::model_default:
      break;
  }
  return {model.default_threshold, {}};
}

}  // namespace equicloud::cli
