// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train population and equicloud_train universality: two statements about functions of
// sets, measured.
#include <equicloud/base/error.h>
#include <train/error_curves.h>
#include <train/population.h>
#include <train/universality.h>
#include <train/verbs.h>

#include <cmath>
#include <cstdio>
#include <iostream>

namespace equicloud::train {
namespace {

struct PopulationOptions {
  std::string out;
  std::uint64_t seed = 1;
  std::int64_t test_sets = 48;
  PopulationTraining training;
};

struct UniversalityOptions {
  std::string out;
  std::uint64_t seed = 1;
  UniversalitySettings settings;
};

double root_mean_square(const torch::Tensor& estimate, const torch::Tensor& truth) {
  return (estimate.to(torch::kFloat64) - truth.to(torch::kFloat64))
      .square()
      .mean()
      .sqrt()
      .item<double>();
}

ErrorPanel measure(Population population, const std::vector<double>& sizes,
                   const PopulationOptions& options) {
  const PopulationTask task(population);
  PopulationNetwork network(task);
  train(network, task, options.training);
  const torch::NoGradGuard no_gradient;
  ErrorPanel panel{name_of(population), {{"network", {}}, {"plug-in", {}}, {"k-NN", {}}}};
  for (const double size : sizes) {
    const auto [points, truth] = task.draw(options.test_sets, std::lround(size));
    const bool entropy = task.is_entropy();
    const torch::Tensor estimates[] = {network->forward(points), plug_in_estimate(points, entropy),
                                       nearest_neighbor_estimate(points, entropy)};
    for (std::size_t i = 0; i < panel.curves.size(); ++i)
      panel.curves[i].errors.push_back(root_mean_square(estimates[i], truth));
  }
  return panel;
}

void prepare(std::uint64_t seed) {
  torch::set_num_threads(1);
  torch::manual_seed(seed);
}

void show(const ErrorCurves& curves, const std::string& path) {
  print_table(curves, std::cout);
  save(curves, path);
  std::cout << "wrote " << path << '\n';
}

void run(const PopulationOptions& options) {
  prepare(options.seed);
  ErrorCurves curves{"N", "root mean square error, nats", {64, 128, 256, 512, 1024, 2048}, {}};
  for (int p = 0; p < kPopulations; ++p) {
    curves.panels.push_back(measure(static_cast<Population>(p), curves.sizes, options));
    std::fprintf(stderr, "%s done\n", curves.panels.back().title.c_str());
  }
  show(curves, options.out);
}

void run(const UniversalityOptions& options) {
  prepare(options.seed);
  ErrorCurves curves{"width", "root mean square error, deviations", {1, 2, 4, 8, 16, 32}, {}};
  ErrorPanel panel{"rho(sum phi), sets of " + std::to_string(options.settings.members), {}};
  for (int f = 0; f < kSetFunctions; ++f) {
    const auto function = static_cast<SetFunction>(f);
    panel.curves.push_back({name_of(function), {}});
    for (const double width : curves.sizes)
      panel.curves.back().errors.push_back(
          fit_error(function, std::lround(width), options.settings));
    std::fprintf(stderr, "%s done\n", name_of(function));
  }
  curves.panels = {panel};
  show(curves, options.out);
}

}  // namespace

void add_population(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand(
      "population", "Entropy and mutual information from sets: network, plug-in, k-NN.");
  const auto o = std::make_shared<PopulationOptions>();
  verb.add_option("--out", o->out, "FILE.csv (and picture)")->required();
  verb.add_option("--steps", o->training.steps, "of training, a task")
      ->check(CLI::Range(1, 10000000))
      ->capture_default_str();
  verb.add_option("--test-sets", o->test_sets, "for each size")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  verb.add_option("--seed", o->seed)->capture_default_str();
  verb.callback([o] { run(*o); });
}

void add_universality(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand(
      "universality", "rho(sum phi) fitted to functions of sets: error against width.");
  const auto o = std::make_shared<UniversalityOptions>();
  verb.add_option("--out", o->out, "FILE.csv (and picture)")->required();
  verb.add_option("--steps", o->settings.steps, "of training, a fit")
      ->check(CLI::Range(1, 10000000))
      ->capture_default_str();
  verb.add_option("--members", o->settings.members, "of a set")
      ->check(CLI::Range(2, 10000))
      ->capture_default_str();
  verb.add_option("--seed", o->seed)->capture_default_str();
  verb.callback([o] { run(*o); });
}

}  // namespace equicloud::train
