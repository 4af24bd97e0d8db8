// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/outlier/model.h>
#include <train/validate.h>
#include <train/verbs.h>

#include <iostream>

namespace equicloud::train {
namespace {

struct Options {
  std::string folder;
  std::string model = "embedded";
  std::size_t points = 20000;
  int threads = 0;
  bool structured = false;
  bool json = false;
};

void run(const Options& options) {
  const std::vector<CleanCloud> shapes = load_validation_shapes(options.folder);
  const outlier::OutlierScorer scorer(options.model == "embedded"
                                          ? outlier::Model::embedded()
                                          : outlier::Model::load(options.model));
  const ThreadPool pool(options.threads);
  const Validation validation = validate(
      shapes, options.structured ? Benchmark::structured() : Benchmark(), scorer, options.points,
      pool, [](const ShapeResult& s) {
        std::cerr << s.shape << ": mean average precision " << s.mean_average_precision() << '\n';
      });
  if (options.json) {
    print_json(validation, std::cout);
  } else {
    print_table(validation, std::cout);
  }
}

}  // namespace

void add_validate(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("--data", options->folder, "folder of the packed shapes (NAME.npz), required");
  app.add_option("--model", options->model, "FILE.safetensors, or embedded")->capture_default_str();
  app.add_option("--points", options->points, "clean points of each cloud")
      ->check(CLI::Range(100, 10000000))
      ->capture_default_str();
  app.add_option("--threads", options->threads, "0: all cores")->capture_default_str();
  app.add_flag(
      "--structured", options->structured,
      "outliers in groups (blobs, ghosts of surfaces, mixed pixels, lines, floating discs) "
      "instead of the four usual kinds");
  app.add_flag("--json", options->json, "one JSON object a cell, then one with the means");
  add_validate_classifier(app);
  add_validate_statistics(app);
  app.callback([options, &app] {
    if (!app.get_subcommands().empty()) return;  // one of them was asked for
    if (options->folder.empty()) throw CLI::RequiredError("--data");
    run(*options);
  });
}

}  // namespace equicloud::train
