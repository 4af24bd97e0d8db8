// SPDX-License-Identifier: BSD-3-Clause
// equicloud_validate statistics: errors and intervals of an estimator on shapes it was never
// trained on.
#include <train/statistics_report.h>
#include <train/verbs.h>

#include <iostream>

namespace equicloud::train {
namespace {

struct Options {
  std::string folder, model;
  std::size_t points = 20000;
  int threads = 0;
  bool json = false;
};

void run(const Options& options) {
  const std::vector<CleanCloud> shapes = load_validation_shapes(options.folder);
  const statistics::CloudStatistics estimator(statistics::Model::load(options.model));
  const std::vector<StatisticsAnswer> answers =
      judge(shapes, estimator, options.points, ThreadPool(options.threads),
            [](const std::string& shape) { std::cerr << shape << '\n'; });
  if (options.json) {
    print_json(answers, std::cout);
  } else {
    print_table(answers, std::cout);
  }
}

}  // namespace

void add_validate_statistics(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand(
      "statistics", "Measures an estimator of noise, spacing and outliers on held-out shapes.");
  const auto options = std::make_shared<Options>();
  verb.add_option("--data", options->folder, "folder of the packed shapes (NAME.npz)")->required();
  verb.add_option("--model", options->model, "FILE.safetensors")->required();
  verb.add_option("--points", options->points, "clean points of each cloud")
      ->check(CLI::Range(100, 10000000))
      ->capture_default_str();
  verb.add_option("--threads", options->threads, "0: all cores")->capture_default_str();
  verb.add_flag("--json", options->json, "one JSON object a cloud, then one with the figures");
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
