// SPDX-License-Identifier: BSD-3-Clause
// equicloud evaluate score: how well do scores agree with a truth field of the files?
#include "cli/console.h"
#include "cli/json.h"
#include "cli/scoring.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/io/positions.h>
#include <equicloud/outlier/metrics.h>

#include <cmath>
#include <limits>

namespace equicloud::cli {
namespace {

using outlier::Evaluation;

// Points that count: finite, not ignored, with a truth that is a number.
struct Judged {
  std::vector<float> scores;
  std::vector<std::uint8_t> truth;
};

// The figures of a row.
struct Figures {
  std::size_t points = 0;
  std::size_t outliers = 0;
  double average_precision = 0.0, auroc = 0.0, best_f1 = 0.0, best_threshold = 0.0, f1 = 0.0,
         precision = 0.0, recall = 0.0, ece = 0.0;
};

// The members of Figures that a mean is taken of.
constexpr double Figures::*kMeasures[] = {&Figures::average_precision,
                                          &Figures::auroc,
                                          &Figures::best_f1,
                                          &Figures::best_threshold,
                                          &Figures::f1,
                                          &Figures::precision,
                                          &Figures::recall,
                                          &Figures::ece};

Figures figures_of(const Judged& judged, float threshold) {
  const Evaluation e = outlier::evaluate(judged.scores, judged.truth, threshold);
  const outlier::Confusion& at = e.at_threshold;
  return {judged.scores.size(),
          at.true_positives + at.false_negatives,
          e.average_precision,
          e.auroc,
          e.best.f1,
          static_cast<double>(e.best.threshold),
          at.f1(),
          at.precision(),
          at.recall(),
          e.calibration_error};
}

// Over the files where a figure exists.
Figures mean_of(const std::vector<Figures>& rows) {
  Figures mean;
  for (double Figures::*measure : kMeasures) {
    double sum = 0.0;
    double count = 0.0;
    for (const Figures& row : rows)
      if (!std::isnan(row.*measure)) {
        sum += row.*measure;
        count += 1.0;
      }
    mean.*measure = count > 0.0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
  }
  for (const Figures& row : rows) {
    mean.points += row.points;
    mean.outliers += row.outliers;
  }
  return mean;
}

Judged judge(const Job& job, const EvaluateScoreOptions& options,
             const outlier::OutlierScorer& scorer, const Executor& executor,
             std::vector<std::string>& warnings) {
  std::vector<double> truth;
  std::vector<double> ignored;
  const ScoredCloud cloud = score_file(
      job.input, scorer, executor, [&](const io::Header& header, const io::Chunk& chunk) {
        io::append_values(chunk, field_of(options.truth, header, "--truth"), truth);
        if (options.ignore)
          io::append_values(chunk, field_of(*options.ignore, header, "--ignore"), ignored);
      });
  warnings = cloud.warnings;
  Judged judged;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const float score = cloud.scores.probability[i];
    if (std::isnan(score) || std::isnan(truth[i])) continue;
    if (options.ignore && options.ignore->holds(ignored[i])) continue;
    judged.scores.push_back(score);
    judged.truth.push_back(options.truth.holds(truth[i]) ? 1 : 0);
  }
  return judged;
}

Json to_json(const Figures& row) {
  return {{"points", row.points},
          {"outliers", row.outliers},
          {"average_precision", row.average_precision},
          {"f1", row.f1},
          {"best_f1", row.best_f1},
          {"best_threshold", row.best_threshold},
          {"auroc", row.auroc},
          {"ece", row.ece},
          {"precision", row.precision},
          {"recall", row.recall}};
}

std::vector<std::string> to_cells(const std::string& name, const Figures& row) {
  return {name,
          grouped(row.points),
          grouped(row.outliers),
          fixed(row.average_precision, 4),
          fixed(row.auroc, 4),
          fixed(row.precision, 3),
          fixed(row.recall, 3),
          fixed(row.f1, 3),
          fixed(row.best_f1, 3),
          fixed(row.best_threshold, 3),
          fixed(row.ece, 4)};
}

struct Row {
  std::string name;
  bool done = false;
  Figures figures;
  Judged judged;
};

struct Totals {
  Figures pooled;
  Figures mean;
};

Totals totals_of(std::vector<Row>& rows, float threshold) {
  Judged all;
  std::vector<Figures> figures;
  for (Row& row : rows) {
    if (row.done) figures.push_back(row.figures);
    all.scores.insert(all.scores.end(), row.judged.scores.begin(), row.judged.scores.end());
    all.truth.insert(all.truth.end(), row.judged.truth.begin(), row.judged.truth.end());
  }
  return {figures_of(all, threshold), mean_of(figures)};
}

std::string explained_table(const std::vector<Row>& rows, const Totals* totals, float threshold) {
  std::vector<std::vector<std::string>> cells = {{"cloud", "points", "outliers", "avg prec",
                                                  "AUROC", "precision", "recall", "F1", "best F1",
                                                  "at", "ECE"}};
  for (const Row& row : rows)
    if (row.done) cells.push_back(to_cells(row.name, row.figures));
  if (totals != nullptr) {
    cells.push_back(to_cells("all points pooled", totals->pooled));
    cells.push_back(to_cells("mean of clouds", totals->mean));
  }
  return table(cells) + "Precision, recall and F1 are at the model's threshold, " +
         fixed(static_cast<double>(threshold), 3) +
         "; `at` is the threshold of the best F1; ECE is the calibration error (0 is best).\n";
}

std::string summary_line(const std::string& name, std::size_t inputs, const Figures& figures) {
  Json json = {{"summary", name}, {"inputs", inputs}};
  json.update(to_json(figures));
  return to_line(json) + "\n";
}

void print_rows(std::vector<Row>& rows, std::size_t done, float threshold, bool json) {
  const bool several = done > 1;
  const Totals totals = several ? totals_of(rows, threshold) : Totals{};
  if (!json) print(explained_table(rows, several ? &totals : nullptr, threshold));
  if (!json || !several) return;
  print(summary_line("pooled", done, totals.pooled));
  print(summary_line("mean", done, totals.mean));
}

}  // namespace

int run(const EvaluateScoreOptions& options) {
  const outlier::OutlierScorer scorer(load_model(options.run.model));
  const float threshold = scorer.model().info().default_threshold;
  const InputList inputs = find_inputs(options.inputs);
  const std::vector<Job> jobs = plan_reading(inputs);
  std::vector<Row> rows(jobs.size());
  const auto work = [&](std::size_t index, const Means& means) {
    Row& row = rows[index];
    FileReport report;
    Judged judged = judge(jobs[index], options, scorer, means.executor, report.warnings);
    row = {jobs[index].input, true, figures_of(judged, threshold), std::move(judged)};
    if (row.figures.outliers == 0)
      report.warnings.push_back(row.name + ": no point is an outlier by --truth " +
                                options.truth.field + "; precision-recall figures do not exist");
    Json json = {{"input", row.name}};
    json.update(to_json(row.figures));
    report.json = to_line(json);
    report.points = row.figures.points;
    return report;
  };
  const BatchSummary summary = run_batch(inputs, jobs, {options.run, false}, work);
  if (summary.done > 0) print_rows(rows, summary.done, threshold, options.run.json);
  return summary.exit_status();
}

}  // namespace equicloud::cli
