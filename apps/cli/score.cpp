// SPDX-License-Identifier: BSD-3-Clause
// equicloud score: every cloud again, with the field `outlier_score`.
#include "cli/cloud_file.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/writing.h"

namespace equicloud::cli {
namespace {

FileReport score_one(const Job& job, const OutputOptions& options,
                     const outlier::OutlierScorer& scorer, Shared& shared, const Means& means) {
  const Stopwatch watch;
  ScoredCloud cloud = score_job(
      job, options, scorer, means,
      [&](const io::Header& header, const io::Chunk&) { check_field_can_be_added(header, job); },
      shared);
  const outlier::ModelInfo& model = scorer.model().info();
  ChunkScores scores(cloud);
  std::size_t outliers = 0;
  Rewrite rewrite;
  rewrite.options.added = {{"outlier_score", io::Scalar::f32}};
  rewrite.values = [&](const io::Chunk& chunk, std::vector<double>& values) {
    const Span<const float> next = scores.next(chunk);
    values.assign(next.begin(), next.end());
    outliers += count_above(next, model.default_threshold);
  };
  if (const auto& format = job.format) {
    rewrite.options.format = format->format;
    rewrite.options.encoding = format->encoding;
  }
  PendingFile output = rewrite_beside(job.input, job.output, rewrite);
  if (rewrite.options.format && *rewrite.options.format != io::Format::ply) {
    const std::string warning =
        dropped_elements(cloud.header, job.output, "which only PLY can hold");
    if (!warning.empty()) cloud.warnings.push_back(warning);
  }
  const std::string wide = wide_coordinates(cloud.header, job);
  if (!wide.empty()) cloud.warnings.push_back(wide);
  FileReport said =
      report(job, cloud, {model.default_threshold, model.name, watch.seconds(), {}, outliers});
  said.output = std::move(output);
  return said;
}

std::string next_step(const ScoreOptions& options) {
  const std::string input = options.inputs.empty() ? "IN" : options.inputs.front();
  return " The field outlier_score holds each point's probability of being an outlier. To remove "
         "the outliers, type: equicloud clean " +
         input + " -o cleaned/\n";
}

}  // namespace

int run(const ScoreOptions& options) {
  const outlier::OutlierScorer scorer(load_model(options.run.model));
  Shared shared;
  shared.samples = !options.output.report.empty();
  const WritingVerb verb = {
      "Scored",           "score; " + settings_of(options.run, options.output),
      next_step(options), Target::folder,
      Adds::field,        {}};
  return write_outputs(verb, options.inputs, options.output, options.run,
                       [&](const Job& job, const Means& means) {
                         return score_one(job, options.output, scorer, shared, means);
                       });
}

}  // namespace equicloud::cli
