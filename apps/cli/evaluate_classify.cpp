// SPDX-License-Identifier: BSD-3-Clause
// equicloud evaluate classify: how often is the label right?
#include "cli/batch.h"
#include "cli/classifying.h"
#include "cli/cloud_file.h"
#include "cli/confusion.h"
#include "cli/console.h"
#include "cli/json.h"
#include "cli/model_file.h"
#include "cli/truth_file.h"
#include "cli/usage_error.h"
#include "cli/verbs.h"
#include "cli/wording.h"

#include <equicloud/base/error.h>
#include <figures/confusion_picture.h>

#include <algorithm>

namespace equicloud::cli {
namespace {

struct Row {
  bool done = false;
  std::size_t truth = 0;
  std::size_t label = 0;
};

TruthFile load_truth(const std::string& path, const std::vector<std::string>& classes) {
  try {
    return TruthFile(path, classes);
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
}

Confusion count_rows(const std::vector<Row>& rows, const std::vector<std::string>& classes) {
  Confusion confusion(classes);
  for (const Row& row : rows)
    if (row.done) confusion.add(row.truth, row.label);
  return confusion;
}

Json to_json(const Confusion& confusion) {
  Json per_class = Json::object();
  Json counts = Json::array();
  std::vector<std::string> names;
  for (const std::size_t truth : confusion.used()) {
    const std::string& name = confusion.classes()[truth];
    names.push_back(name);
    per_class[name] = {{"n", confusion.things(truth)}, {"accuracy", confusion.accuracy(truth)}};
    Json row = Json::array();
    for (const std::size_t label : confusion.used()) row.push_back(confusion.count(truth, label));
    counts.push_back(row);
  }
  return {{"accuracy", confusion.accuracy()},
          {"n", confusion.total()},
          {"mean_class_accuracy", confusion.mean_class_accuracy()},
          {"per_class", per_class},
          {"confusion", {{"classes", names}, {"counts", counts}}}};
}

// The wrong label that this class is given most often, "-" if none.
std::string most_often_taken_for(const Confusion& confusion, std::size_t truth) {
  std::string name = "-";
  std::size_t most = 0;
  for (const std::size_t label : confusion.used())
    if (label != truth && confusion.count(truth, label) > most) {
      most = confusion.count(truth, label);
      name = confusion.classes()[label] + " (" + std::to_string(most) + ")";
    }
  return name;
}

std::string figures_text(const Confusion& confusion) {
  std::vector<std::vector<std::string>> rows = {{"class", "things", "accuracy", "else"}};
  for (const std::size_t truth : confusion.used())
    if (confusion.things(truth) > 0)
      rows.push_back({confusion.classes()[truth], grouped(confusion.things(truth)),
                      fixed(confusion.accuracy(truth), 3), most_often_taken_for(confusion, truth)});
  return table(rows) + "\nHow often each class (row) got each label (column):\n" +
         to_text(confusion) + "\nAccuracy " + fixed(confusion.accuracy(), 4) + " of " +
         counted(confusion.total(), "thing") + ", mean of the classes " +
         fixed(confusion.mean_class_accuracy(), 4) + ".\n";
}

void save_picture(const Confusion& confusion, const std::string& path) {
  figures::ConfusionPicture picture;
  for (const std::size_t truth : confusion.used()) {
    picture.names.push_back(confusion.classes()[truth]);
    const auto things = static_cast<double>(std::max<std::size_t>(confusion.things(truth), 1));
    for (const std::size_t label : confusion.used())
      picture.shares.push_back(static_cast<double>(confusion.count(truth, label)) / things);
  }
  figures::save_png(figures::draw_confusion(picture), path);
}

}  // namespace

int run(const EvaluateClassifyOptions& options) {
  const classify::ShapeClassifier classifier(load_classifier(options.run.model),
                                             options.classifier);
  const std::vector<std::string>& classes = classifier.model().info().classes;
  const TruthFile truth = load_truth(options.truth, classes);
  const InputList inputs = find_inputs(options.inputs);
  const std::vector<Job> jobs = plan_reading(inputs);
  std::vector<Row> rows(jobs.size());
  const auto work = [&](std::size_t index, const Means& means) {
    const InputFile& file = inputs.files[index];
    const std::size_t expected = truth.label_of(file.path, file.relative);
    const std::vector<float> xyz = read_cloud(file.path);
    const Labelled labelled = label_cloud(PointsView(xyz), classifier, means.executor);
    rows[index] = {true, expected, labelled.it.label};
    FileReport report;
    report.points = labelled.points;
    report.json = to_line({{"input", file.path},
                           {"truth", classes[expected]},
                           {"label", labelled.it.name},
                           {"probability", labelled.it.probability}});
    return report;
  };
  const BatchSummary summary = run_batch(inputs, jobs, {options.run, false}, work);
  if (summary.done == 0) return summary.exit_status();
  const Confusion confusion = count_rows(rows, classes);
  print(options.run.json ? to_line(to_json(confusion)) + "\n" : figures_text(confusion));
  if (!options.picture.empty()) save_picture(confusion, options.picture);
  return summary.exit_status();
}

}  // namespace equicloud::cli
