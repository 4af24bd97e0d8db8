// SPDX-License-Identifier: BSD-3-Clause
// equicloud estimate: noise, spacing and share of outliers of clouds, each with its interval.
#include "cli/batch.h"
#include "cli/cloud_file.h"
#include "cli/json.h"
#include "cli/model_file.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/statistics/cloud_statistics.h>

#include <array>

namespace equicloud::cli {
namespace {

using statistics::Estimates;
using statistics::Interval;
using statistics::Status;

Json to_json(const Interval& interval) {
  return {{"value", interval.value}, {"low", interval.low}, {"high", interval.high}};
}

Json to_json(const std::string& input, const Estimates& estimates, const std::string& model,
             double seconds) {
  Json json = {{"input", input},
               {"noise_sigma", to_json(estimates.noise_sigma)},
               {"spacing", to_json(estimates.spacing)},
               {"outlier_fraction", to_json(estimates.outlier_fraction)},
               {"unlike_training", estimates.unlike_training},
               {"finite_points", estimates.finite_points},
               {"model", model},
               {"seconds", seconds}};
  if (estimates.status != Status::estimated) json["reason"] = estimates.reason;
  return json;
}

std::string length(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

std::string share(double value) { return fixed(100.0 * value, 1) + " %"; }

template <typename Text>
std::vector<std::string> row(const char* name, const Interval& interval, const Text& text,
                             const std::string& remark) {
  return {name, text(interval.value), text(interval.low) + " to " + text(interval.high), remark};
}

std::string to_text(const std::string& input, const Estimates& estimates) {
  if (estimates.status != Status::estimated)
    return input + ": no estimate: " + estimates.reason + "\n";
  const auto& [status, reason, finite, distinct, noise, spacing, fraction, unlike] = estimates;
  return input + ": " + counted(finite, "finite point") + "\n" +
         table({{"", "estimate", "90 % interval", ""},
                row("  noise sigma", noise, length,
                    fixed(noise.value / spacing.value, 2) + " spacings"),
                row("  spacing", spacing, length, ""),
                row("  outliers", fraction, share, "")});
}

}  // namespace

int run(const EstimateOptions& options) {
  const InputList inputs = find_inputs(options.inputs);
  const std::vector<Job> jobs = plan_reading(inputs);
  const statistics::CloudStatistics estimator(load_estimator(options.run.model));
  const auto work = [&](std::size_t index, const Means& means) {
    const std::string& path = jobs[index].input;
    const std::vector<float> xyz = read_cloud(path);
    const Stopwatch stopwatch;
    const Estimates estimates =
        estimator.estimate(PointsView(Span<const float>(xyz)), means.executor);
    const Json json = to_json(path, estimates, estimator.model().info().name, stopwatch.seconds());
    FileReport report;
    report.text = to_text(path, estimates);
    report.json = to_line(json);
    report.points = xyz.size() / 3;
    if (estimates.unlike_training)
      report.warnings.push_back(
          path +
          ": unlike the clouds that the model learnt from (a lattice, or density that "
          "varies strongly?); the estimates may be far off");
    return report;
  };
  return run_batch(inputs, jobs, {options.run, false}, work).exit_status();
}

}  // namespace equicloud::cli
