// SPDX-License-Identifier: BSD-3-Clause
#include "cli/batch.h"

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>

#include <chrono>
#include <exception>
#include <new>

namespace equicloud::cli {
namespace {

// Files are worked on side by side while together they stay below this: memory in use is about ten
// times as much.
constexpr std::uintmax_t kGroupBytes = 32U << 20U;

struct Outcome {
  enum class Kind { done, failed, interrupted };
  Kind kind = Kind::done;
  FileReport report;
  std::string reason;
};

// The library's sentences begin with the file where they know it.
std::string sentence(const Job& job, const std::string& what) {
  const bool named = what.rfind(job.input, 0) == 0 ||
                     (!job.output.empty() && what.find(job.output) != std::string::npos);
  return named ? what : job.input + ": " + what;
}

Outcome attempt(const Job& job, std::size_t index, const FileWork& work, const Executor& executor) {
  try {
    stop_if_interrupted();
    return {Outcome::Kind::done, work(index, executor), {}};
  } catch (const Interrupted&) {
    return {Outcome::Kind::interrupted, {}, {}};
  } catch (const std::bad_alloc&) {
    return {Outcome::Kind::failed, {}, job.input + ": there is not enough memory for this cloud"};
  } catch (const std::exception& error) {
    return {Outcome::Kind::failed, {}, sentence(job, error.what())};
  }
}

std::size_t end_of_group(const std::vector<Job>& jobs, std::size_t begin, int threads) {
  const std::size_t most = 4 * static_cast<std::size_t>(threads);
  std::uintmax_t bytes = jobs[begin].bytes;
  std::size_t end = begin + 1;
  while (end < jobs.size() && end - begin < most && bytes + jobs[end].bytes <= kGroupBytes)
    bytes += jobs[end++].bytes;
  return end;
}

void show_failure(const std::string& input, const std::string& reason, const RunOptions& run) {
  complain(reason);
  if (run.json) print(to_line({{"input", input}, {"error", reason}}) + "\n");
}

void show(const Job& job, const Outcome& outcome, const BatchOptions& options) {
  if (outcome.kind == Outcome::Kind::failed) show_failure(job.input, outcome.reason, options.run);
  if (outcome.kind != Outcome::Kind::done) return;
  for (const std::string& warning : outcome.report.warnings) warn(warning);
  if (options.run.json) {
    if (!outcome.report.json.empty()) print(outcome.report.json + "\n");
  } else if (!options.run.quiet || !options.results_are_files) {
    print(outcome.report.text);
  }
}

void count(const Outcome& outcome, BatchSummary& summary) {
  summary.done += outcome.kind == Outcome::Kind::done ? 1 : 0;
  summary.failed += outcome.kind == Outcome::Kind::failed ? 1 : 0;
  summary.interrupted |= outcome.kind == Outcome::Kind::interrupted;
  summary.points += outcome.report.points;
}

}  // namespace

int BatchSummary::exit_status() const noexcept {
  constexpr int kInterrupted = 130;
  return interrupted ? kInterrupted : failed > 0 ? 1 : 0;
}

BatchSummary run_batch(const InputList& inputs, const std::vector<Job>& jobs,
                       const BatchOptions& options, const FileWork& work) {
  const auto start = std::chrono::steady_clock::now();
  const ThreadPool pool(options.run.threads);
  const InterruptibleExecutor executor(pool);
  std::uintmax_t bytes = 0;
  for (const Job& job : jobs) bytes += job.bytes;
  BatchSummary summary;
  for (const std::string& note : inputs.notes) warn(note);
  for (const std::string& problem : inputs.problems) complain(problem);
  summary.failed = inputs.problems.size();
  {
    Progress progress(jobs.size(), bytes, !options.run.quiet);
    for (std::size_t begin = 0; begin < jobs.size() && !summary.interrupted;) {
      const std::size_t end = end_of_group(jobs, begin, pool.threads());
      std::vector<Outcome> outcomes(end - begin);
      pool.run(outcomes.size(), [&](std::size_t i) {
        const Job& job = jobs[begin + i];
        outcomes[i] = attempt(job, begin + i, work, executor);
        progress.file_done(job.bytes, outcomes[i].report.points,
                           outcomes[i].kind == Outcome::Kind::failed);
      });
      progress.clear();
      for (std::size_t i = 0; i < outcomes.size(); ++i) {
        show(jobs[begin + i], outcomes[i], options);
        count(outcomes[i], summary);
      }
      begin = end;
    }
  }
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (summary.interrupted)
    complain("interrupted; " + grouped(summary.done) + " of " + counted(jobs.size(), "cloud") +
             " finished, nothing is half-written");
  return summary;
}

}  // namespace equicloud::cli
