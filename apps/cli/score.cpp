// SPDX-License-Identifier: BSD-3-Clause
// equicloud score: every cloud again, with the field `outlier_score`.
#include "cli/cloud_file.h"
#include "cli/console.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/wording.h"

namespace equicloud::cli {
namespace {

FileReport score_one(const Job& job, const outlier::OutlierScorer& scorer,
                     const Executor& executor) {
  const Stopwatch watch;
  ScoredCloud cloud = score_file(
      job.input, scorer, executor,
      [&](const io::Header& header, const io::Chunk&) { check_field_can_be_added(header, job); });
  const std::vector<double> values(cloud.scores.probability.begin(),
                                   cloud.scores.probability.end());
  Rewrite rewrite;
  rewrite.options.added = {{"outlier_score", io::Scalar::f32}};
  rewrite.added = values;
  if (const auto& format = job.format) {
    rewrite.options.format = format->format;
    rewrite.options.encoding = format->encoding;
  }
  rewrite_file(job.input, job.output, rewrite);
  if (rewrite.options.format && *rewrite.options.format != io::Format::ply) {
    const std::string warning =
        dropped_elements(cloud.header, job.output, "which only PLY can hold");
    if (!warning.empty()) cloud.warnings.push_back(warning);
  }
  const std::string wide = wide_coordinates(cloud.header, job);
  if (!wide.empty()) cloud.warnings.push_back(wide);
  const outlier::ModelInfo& model = scorer.model().info();
  return report(job, cloud, {model.default_threshold, model.name, watch.seconds(), {}, {}});
}

std::string next_step(const std::string& input) {
  return " The field outlier_score holds each point's probability of being an outlier. To remove "
         "the outliers, type: equicloud clean " +
         input + " -o cleaned/\n";
}

}  // namespace

int run(const ScoreOptions& options) {
  const outlier::OutlierScorer scorer(load_model(options.run.model));
  const InputList inputs = find_inputs(options.inputs, options.output.path);
  const std::vector<Job> jobs = plan_writing(inputs, options.output, Target::folder, Adds::field);
  const BatchSummary summary =
      run_batch(inputs, jobs, {options.run}, [&](std::size_t index, const Executor& executor) {
        return score_one(jobs[index], scorer, executor);
      });
  if (!options.run.json && !options.run.quiet && summary.done > 0)
    print(closing("Scored", summary, options.output.path) + next_step(options.inputs.front()));
  return summary.exit_status();
}

}  // namespace equicloud::cli
