// SPDX-License-Identifier: BSD-3-Clause
// equicloud clean: the cloud without its outliers, or with a mark on them.
#include "cli/cleaning.h"
#include "cli/cloud_file.h"
#include "cli/json.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/writing.h"

#include <algorithm>

namespace equicloud::cli {
namespace {

// All points, with the field `outlier`.
PendingFile label(const Job& job, const std::vector<bool>& removed, Rewrite rewrite) {
  const std::vector<double> values(removed.begin(), removed.end());
  rewrite.options.added = {{"outlier", io::Scalar::u8}};
  rewrite.added = values;
  return rewrite_beside(job.input, job.output, rewrite);
}

// All points, outliers with another class or flag.
PendingFile mark(const Job& job, const std::vector<bool>& removed, const Marks& marks,
                 Rewrite rewrite) {
  const std::vector<double> values = marks.values(removed);
  rewrite.options.added = marks.fields();
  rewrite.added = values;
  return rewrite_beside(job.input, job.output, rewrite);
}

std::string dropped(const Job& job, const ScoredCloud& cloud, const io::WriterOptions& options,
                    bool fewer_points) {
  if (options.format && *options.format != io::Format::ply)
    return dropped_elements(cloud.header, job.output, "which only PLY can hold");
  if (!fewer_points) return {};
  return dropped_elements(cloud.header, job.output,
                          "which name points by numbers that removing points changes");
}

FileReport clean_one(const Job& job, const CleanOptions& options,
                     const outlier::OutlierScorer& scorer, Shared& shared, const Means& means) {
  const Stopwatch watch;
  Marks marks(options.marking);
  ScoredCloud cloud = score_job(
      job, options.output, scorer, means,
      [&](const io::Header& header, const io::Chunk& chunk) {
        if (options.label) check_field_can_be_added(header, job);
        marks.take(header, chunk);
      },
      shared);
  gather_scores(job, options.output, cloud);
  const outlier::ModelInfo& model = scorer.model().info();
  const ChosenThreshold chosen = choose_threshold(options.cutting, cloud.scores, model);
  if (!chosen.warning.empty()) cloud.warnings.push_back(job.input + ": " + chosen.warning);
  std::vector<bool> removed = outlier::removed(cloud.scores, chosen.threshold);
  marks.spare(removed);
  Rewrite rewrite;
  if (const auto& format = job.format) {
    rewrite.options.format = format->format;
    rewrite.options.encoding = format->encoding;
  }
  std::optional<std::size_t> kept;
  PendingFile output;
  if (options.label) {
    output = label(job, removed, rewrite);
  } else if (options.marking.marks()) {
    output = mark(job, removed, marks, rewrite);
  } else {
    const std::vector<unsigned char> keep = keep_mask(removed, options.negative);
    kept = leave_out(keep, options.keep_organized, rewrite);
    output = rewrite_beside(job.input, job.output, rewrite);
  }
  const bool fewer_points = kept && !options.keep_organized && *kept < removed.size();
  const std::string warning = dropped(job, cloud, rewrite.options, fewer_points);
  for (const std::string& said : {warning, wide_coordinates(cloud.header, job)})
    if (!said.empty()) cloud.warnings.push_back(said);
  Finding finding{chosen.threshold, model.name, watch.seconds(), kept, {}};
  if (options.marking.chooses())
    finding.outliers = static_cast<std::size_t>(std::count(removed.begin(), removed.end(), true));
  FileReport said = report(job, cloud, finding);
  said.output = std::move(output);
  return said;
}

std::string next_step(const CleanOptions& options) {
  if (options.label) return " The field outlier is 1 where a point would be removed.\n";
  if (options.marking.marks()) return " All points are there; outliers are marked.\n";
  if (options.negative) return " The output holds what cleaning would remove.\n";
  const std::string input = options.inputs.empty() ? "IN" : options.inputs.front();
  return " To look at what was removed, type: equicloud clean " + input +
         " -o removed/ --negative\n";
}

// Everything that changes an output beside model and format.
std::string settings(const CleanOptions& options) {
  return std::string("clean") + (options.label ? " --label" : "") +
         (options.negative ? " --negative" : "") +
         (options.keep_organized ? " --keep-organized" : "") + "; " + description(options.marking) +
         "; cut " + std::to_string(static_cast<int>(options.cutting.rule)) + " " +
         Json(options.cutting.value).dump() + "; " + settings_of(options.run, options.output);
}

}  // namespace

int run(const CleanOptions& options) {
  const outlier::OutlierScorer scorer(load_model(options.run.model));
  Shared shared;
  shared.samples = !options.output.report.empty();
  WritingVerb verb = {options.label             ? "Labelled"
                      : options.marking.marks() ? "Marked"
                                                : "Cleaned",
                      settings(options),
                      next_step(options),
                      Target::file_or_folder,
                      options.label ? Adds::field : Adds::nothing,
                      {}};
  verb.check = [&](const std::vector<Job>& jobs) { check_las_inputs(options.marking, jobs); };
  return write_outputs(verb, options.inputs, options.output, options.run,
                       [&](const Job& job, const Means& means) {
                         return clean_one(job, options, scorer, shared, means);
                       });
}

}  // namespace equicloud::cli
