// SPDX-License-Identifier: BSD-3-Clause
// equicloud_validate classifier: the figures of a classifier's model file.
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <train/classifier_report.h>
#include <train/modelnet.h>
#include <train/verbs.h>

#include <filesystem>
#include <iostream>
#include <sstream>

namespace equicloud::train {
namespace {

struct Options {
  std::string data, model, out, csv;
  std::vector<std::string> damages;  // all by default
  ReportSettings settings;
  int threads = 0;
};

std::vector<std::string> damage_names() {
  std::vector<std::string> names;
  for (std::size_t d = 0; d < kDamages; ++d) names.emplace_back(name_of(static_cast<Damage>(d)));
  return names;
}

std::vector<Damage> damages_named(const std::vector<std::string>& chosen) {
  const std::vector<std::string> names = damage_names();
  std::vector<Damage> damages;
  for (const std::string& name : chosen) {
    const auto place = std::find(names.begin(), names.end(), name);
    damages.push_back(static_cast<Damage>(place - names.begin()));
  }
  return damages;
}

void write_file(const std::string& path, const std::string& text) {
  AtomicFile file(path);
  file.write(text.data(), text.size());
  file.commit();
}

/// As it can be repeated by others: without folders of this machine.
std::string command_of(const Options& options) {
  std::string command = "equicloud_validate classifier --data DIR --model " +
                        std::filesystem::path(options.model).filename().string() + " --seeds " +
                        std::to_string(options.settings.seeds) + " --junk " +
                        std::to_string(options.settings.junk);
  if (options.damages.size() < kDamages) {
    command += " --damages ";
    for (const std::string& name : options.damages) {
      command += (&name == options.damages.data() ? "" : ",") + name;
    }
  }
  return command;
}

void run(const Options& options) {
  const ThreadPool pool(options.threads);
  const ShapeSet shapes = read_shapes(options.data);
  ReportSettings settings = options.settings;
  settings.damages = damages_named(options.damages);
  const ClassifierReport report =
      measure_classifier(shapes, options.model, settings, pool,
                         [](const std::string& what) { std::cerr << what << '\n'; });
  std::ostringstream text, answers;
  print_markdown(report, command_of(options), text);
  std::cout << text.str();
  if (!options.out.empty()) write_file(options.out, text.str());
  if (options.csv.empty()) return;
  print_answers(report, answers);
  write_file(options.csv, answers.str());
}

}  // namespace

void add_validate_classifier(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand(
      "classifier", "Measures a shape classifier on the validation part of a data set.");
  const auto options = std::make_shared<Options>();
  options->damages = damage_names();
  verb.add_option("--data", options->data,
                  "folder of packed ModelNet shards (labels.csv), or a folder of clouds a class")
      ->required();
  verb.add_option("--model", options->model, "FILE.safetensors")->required();
  verb.add_option("--seeds", options->settings.seeds, "rotations and damages of each shape")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--damages", options->damages, "some of all, between commas")
      ->delimiter(',')
      ->check(CLI::IsMember(damage_names()))
      ->capture_default_str();
  verb.add_option("--junk", options->settings.junk, "clouds of each kind that is no object")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  verb.add_option("--threads", options->threads, "0: all cores")->capture_default_str();
  verb.add_option("--out", options->out, "the report as a file, too (Markdown)");
  verb.add_option("--csv", options->csv, "every answer as a line of this file");
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
