// SPDX-License-Identifier: BSD-3-Clause
#include "cli/dry_run.h"

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/memory.h"
#include "cli/scoring.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>
#include <equicloud/io/reader.h>
#include <equicloud/outlier/scorer.h>

#include <algorithm>
#include <thread>

namespace equicloud::cli {
namespace {

constexpr int kSampleSide = 64;

struct Totals {
  std::size_t clouds = 0, before = 0, failed = 0;
  std::uint64_t points = 0;
  std::uintmax_t bytes = 0;
};

// What one thread of this machine does in a second, from one small cloud.
double points_a_second() {
  std::vector<float> xyz;
  for (int y = 0; y < kSampleSide; ++y)
    for (int x = 0; x < kSampleSide; ++x)
      for (const int coordinate : {x, y, (x + kSampleSide * y) * 7 % 11})
        xyz.push_back(static_cast<float>(coordinate));
  const PointsView points{Span<const float>(xyz)};
  const Stopwatch watch;
  outlier::OutlierScorer().score(points);
  return static_cast<double>(points.size) / std::max(watch.seconds(), 1e-6);
}

// Points and the reason why the job would fail, "" if none is seen.
std::pair<std::uint64_t, std::string> look_at(const Job& job) {
  try {
    return {io::open(job.input)->header().points, ""};
  } catch (const Error& error) {
    return {0, error.what()};
  }
}

void show(const Job& job, std::uint64_t points, const RunOptions& run) {
  if (run.json)
    print(to_line({{"input", job.input},
                   {"output", job.output},
                   {"points", points},
                   {"bytes", job.bytes},
                   {"dry_run", true}}) +
          "\n");
  else if (!run.quiet)
    print(job.input + " -> " + job.output + ": " + counted(points, "point") + ", " +
          memory_text(job.bytes) + "\n");
}

std::string sum_of(const Totals& totals, int threads) {
  const double seconds = static_cast<double>(totals.points) / (points_a_second() * threads);
  return "Would write " + counted(totals.clouds, "cloud") + " (" + counted(totals.points, "point") +
         ", " + memory_text(totals.bytes) + "), about " + duration(seconds) + " with " +
         counted(static_cast<std::uint64_t>(threads), "thread") + "." +
         (totals.before > 0 ? " " + counted(totals.before, "cloud") + " done before." : "") +
         (totals.failed > 0 ? " " + counted(totals.failed, "input") + " would fail." : "") +
         " Nothing was written.\n";
}

}  // namespace

int dry_run(const InputList& inputs, const std::vector<Job>& jobs, const BatchOptions& options,
            bool resumes) {
  Totals totals;
  for (const std::string& note : inputs.notes) warn(note);
  for (const std::string& problem : inputs.problems) complain(problem);
  totals.failed = inputs.problems.size();
  for (const Job& job : jobs) {
    stop_if_interrupted();
    if (resumes && options.journal.manifest->is_done(record_of(job, options.journal))) {
      ++totals.before;
      continue;
    }
    const auto [points, problem] = look_at(job);
    if (!problem.empty()) {
      complain(problem);
      ++totals.failed;
      continue;
    }
    show(job, points, options.run);
    ++totals.clouds;
    totals.points += points;
    totals.bytes += job.bytes;
  }
  const int threads = options.run.threads > 0
                          ? options.run.threads
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (!options.run.json && !options.run.quiet) print(sum_of(totals, threads));
  return totals.failed > 0 ? 1 : 0;
}

}  // namespace equicloud::cli
