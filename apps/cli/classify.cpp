// SPDX-License-Identifier: BSD-3-Clause
// equicloud classify: what is it, whichever way up?
#include "cli/batch.h"
#include "cli/classifying.h"
#include "cli/cloud_file.h"
#include "cli/console.h"
#include "cli/json.h"
#include "cli/model_file.h"
#include "cli/verbs.h"
#include "cli/wording.h"

namespace equicloud::cli {
namespace {

using classify::Classification;
using classify::Verdict;

constexpr std::size_t kTop = 5;  // of the JSON, and of one cloud alone

std::string probability_of(float probability) { return fixed(static_cast<double>(probability), 3); }

Json to_json(const std::string& input, const Labelled& labelled, const classify::ModelInfo& model,
             std::size_t top) {
  Json guesses = Json::array();
  for (const classify::Guess& guess : labelled.it.top(top))
    guesses.push_back({{"label", model.classes[guess.label]}, {"probability", guess.probability}});
  Json json = {{"input", input},
               {"cluster", nullptr},
               {"label", labelled.it.name},
               {"probability", labelled.it.probability},
               {"top", guesses},
               {"model", model.name},
               {"seconds", labelled.seconds}};
  if (labelled.cluster) json["cluster"] = *labelled.cluster;
  if (labelled.it.verdict != Verdict::known) json["reason"] = labelled.it.reason;
  return json;
}

// "chair.ply: chair, probability 0.973", and the classes behind it.
std::string to_text(const std::string& input, const Labelled& labelled,
                    const classify::ModelInfo& model, std::size_t top) {
  const Classification& it = labelled.it;
  const std::string thing =
      input + (labelled.cluster ? " cluster " + std::to_string(*labelled.cluster) + " (" +
                                      counted(labelled.points, "point") + ")"
                                : "");
  std::string text =
      thing + ": " + it.name +
      (it.verdict == Verdict::known ? ", probability " + probability_of(it.probability)
                                    : ": " + it.reason) +
      "\n";
  std::vector<std::vector<std::string>> rows;
  if (top > 1)
    for (const classify::Guess& guess : it.top(top))
      rows.push_back({"  " + model.classes[guess.label], probability_of(guess.probability)});
  return text + table(rows);
}

class Teller {
 public:
  Teller(const ClassifyOptions& options, std::size_t files)
      : options_(options),
        classifier_(load_classifier(options.run.model), options.classifier),
        text_top_(options.top.value_or(files == 1 && !options.clusters ? kTop : 1)) {}

  FileReport tell(const Job& job, const Executor& executor) const {
    const std::vector<float> xyz = read_cloud(job.input);
    const PointsView points{Span<const float>(xyz)};
    const std::vector<Labelled> things =
        options_.clusters ? label_clusters(points, classifier_, options_.scene, executor)
                          : std::vector<Labelled>{label_cloud(points, classifier_, executor)};
    FileReport report;
    report.points = points.size;
    for (const Labelled& thing : things) add(job.input, thing, report);
    if (things.empty()) report.warnings.push_back(job.input + ": no cluster to classify");
    return report;
  }

 private:
  void add(const std::string& input, const Labelled& thing, FileReport& report) const {
    const classify::ModelInfo& model = classifier_.model().info();
    report.text += to_text(input, thing, model, text_top_);
    report.json += (report.json.empty() ? "" : "\n") +
                   to_line(to_json(input, thing, model, options_.top.value_or(kTop)));
  }

  const ClassifyOptions& options_;
  classify::ShapeClassifier classifier_;
  std::size_t text_top_;
};

}  // namespace

int run(const ClassifyOptions& options) {
  const InputList inputs = find_inputs(options.inputs);
  const std::vector<Job> jobs = plan_reading(inputs);
  const Teller teller(options, jobs.size());
  const auto work = [&](std::size_t index, const Means& means) {
    return teller.tell(jobs[index], means.executor);
  };
  return run_batch(inputs, jobs, {options.run, false}, work).exit_status();
}

}  // namespace equicloud::cli
