// SPDX-License-Identifier: BSD-3-Clause
#include "cli/writing.h"

#include "cli/console.h"
#include "cli/dry_run.h"
#include "cli/hash.h"
#include "cli/html_report.h"
#include "cli/manifest.h"
#include "cli/shards.h"
#include "cli/usage_error.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/outlier/embedded_model.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace equicloud::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.jsonl";

// The inputs, from the arguments or from a shard list.
struct Task {
  InputList inputs;
  std::optional<Shard> shard;
};

Task task_of(const std::vector<std::string>& arguments, const OutputOptions& output) {
  Task task;
  if (output.shard.empty()) {
    task.inputs = find_inputs(arguments, output.path);
    return task;
  }
  try {
    task.shard = read_shard(output.shard);
  } catch (const Error& what) {
    throw UsageError(what.what());
  }
  task.inputs.files = task.shard->files;
  return task;
}

// A manifest is kept where many files go, and where it is asked for.
bool keeps_manifest(const Task& task, const OutputOptions& output, Target target) {
  const bool asked = output.resume || task.shard || !output.report.empty();
  const bool folder = writes_into_folder(task.inputs, output, target);
  if (asked && !folder)
    throw UsageError("--resume and --report need an output folder; type -o " + output.path + "/");
  return folder && (asked || !task.inputs.one_named_file);
}

std::set<std::string> folders_of(const std::vector<Job>& jobs) {
  std::set<std::string> folders;
  for (const Job& job : jobs) folders.insert(fs::path(job.output).parent_path().string());
  return folders;
}

// Leaves out what is done and takes away what killed runs left. @returns how many were left out.
std::size_t resume(std::vector<Job>& jobs, const Journal& journal) {
  for (const std::string& folder : folders_of(jobs)) remove_abandoned_files(folder);
  const std::size_t all = jobs.size();
  const auto is_done = [&](const Job& job) {
    return journal.manifest->is_done(record_of(job, journal));
  };
  jobs.erase(std::remove_if(jobs.begin(), jobs.end(), is_done), jobs.end());
  return all - jobs.size();
}

void keep_list(const std::string& output_folder, const Shard& shard) {
  fs::create_directories(manifest_folder(output_folder));
  write_shard(kept_list(output_folder, shard), shard);
}

// Before hours of work, not after them.
void check_report(const OutputOptions& output) {
  if (output.report.empty()) return;
  std::error_code error;
  const fs::path folder = fs::path(output.report).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    throw UsageError(output.report + ": there is no folder " + folder.string() + " to write into");
  if (fs::is_directory(output.report, error))
    throw UsageError(output.report + ": is a folder, --report takes the name of a file");
  if (fs::exists(output.report, error) && !output.overwrite && !output.resume)
    throw UsageError(output.report + ": exists already; give another --report, or add --overwrite");
}

std::string closing(const WritingVerb& verb, const BatchSummary& summary, std::size_t before,
                    const std::string& output) {
  std::string text;
  if (summary.done == 0 && before > 0)
    text = "Nothing was left to do in " + output + ".";
  else
    text = verb.did + " " + counted(summary.done, "cloud") + " (" +
           counted(summary.points, "point") + ") into " + output + " in " +
           duration(summary.seconds) + ".";
  if (before > 0)
    text += " " + counted(before, "cloud") + (before == 1 ? " was" : " were") + " done before.";
  if (summary.failed > 0)
    text += " " + counted(summary.failed, "input") + " failed, named on standard error.";
  return text;
}

// 0 where no time was measured.
std::uint64_t rate(std::uint64_t number, double seconds) {
  return seconds > 0.0 ? static_cast<std::uint64_t>(static_cast<double>(number) / seconds) : 0;
}

std::string summary_table(const BatchSummary& summary, std::size_t before) {
  const std::vector<std::vector<std::string>> rows = {
      {"", "clouds", "points", "outliers", "clouds/s", "points/s"},
      {"done", grouped(summary.done), grouped(summary.points), grouped(summary.outliers),
       grouped(rate(summary.done, summary.seconds)),
       grouped(rate(summary.points, summary.seconds))},
      {"done before", grouped(before), "", "", "", ""},
      {"failed", grouped(summary.failed), "", "", "", ""}};
  return table(rows);
}

}  // namespace

std::string settings_of(const RunOptions& run, const OutputOptions& output) {
  const std::uint64_t model =
      run.model == "general"
          ? hash_of({reinterpret_cast<const char*>(outlier::embedded_outlier_general),
                     outlier::embedded_outlier_general_size})
          : hash_of_file(run.model);
  return "equicloud " EQUICLOUD_VERSION "; model " + hexadecimal(model) + "; format " +
         (output.format ? output.format->name : "as the input");
}

int write_outputs(const WritingVerb& verb, const std::vector<std::string>& inputs,
                  const OutputOptions& output, const RunOptions& run, const JobWork& work) {
  const Task task = task_of(inputs, output);
  const bool keeps = keeps_manifest(task, output, verb.target);
  std::optional<Manifest> manifest;
  if (keeps) manifest.emplace(output.path, task.shard ? shard_manifest(*task.shard) : kManifest);
  const bool resumes = (output.resume || task.shard) && manifest->was_there();
  OutputOptions planned = output;
  planned.overwrite = output.overwrite || resumes;
  std::vector<Job> jobs = plan_writing(task.inputs, planned, verb.target, verb.adds);
  if (verb.check) verb.check(jobs);
  BatchOptions options{run};
  options.memory = output.memory;
  options.journal = {manifest ? &*manifest : nullptr, output.path,
                     hexadecimal(hash_of(verb.settings))};
  check_report(output);
  if (output.dry_run) return dry_run(task.inputs, jobs, options, resumes);
  std::optional<HtmlReport> report;
  if (!output.report.empty()) report.emplace(jobs, options.journal);
  const std::size_t before = resumes ? resume(jobs, options.journal) : 0;
  if (keeps && !(task.inputs.files.empty() && !task.shard)) manifest->append({});
  if (task.shard) keep_list(output.path, *task.shard);
  if (report)
    options.observer = [&](std::size_t index, const Outcome& outcome) {
      report->see(jobs[index], outcome);
    };
  const BatchSummary summary =
      run_batch(task.inputs, jobs, options,
                [&](std::size_t index, const Means& means) { return work(jobs[index], means); });
  if (report) report->write(output.report, task.inputs.problems, summary);
  if (!run.json && !run.quiet && summary.done + before > 0)
    print((keeps ? summary_table(summary, before) : "") +
          closing(verb, summary, before, output.path) + verb.next_step);
  return summary.exit_status();
}

}  // namespace equicloud::cli
