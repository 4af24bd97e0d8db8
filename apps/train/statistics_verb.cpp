// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train statistics: corrupted clouds measured once, a small network trained on what was
// measured, its intervals made as wide as surfaces it has not seen need, the model written.
#include <equicloud/base/error.h>
#include <equicloud/base/executor.h>
#include <train/statistics_network.h>
#include <train/verbs.h>

#include <cstdio>
#include <filesystem>
#include <iostream>

namespace equicloud::train {
namespace {

struct Options {
  std::string data, out;
  std::uint64_t seed = 1, clouds = 6000;
  std::size_t sampled = 1024;
  double scene_share = 0.5;
  int threads = 1;
  bool overwrite = false;
  StatisticsTraining training;
};

// Each fifth of the families is judged by a network that learned from the rest.
constexpr std::int64_t kFolds = 5;

StatisticsBatch measure(const StatisticsSource& source, const Options& options,
                        const Executor& executor) {
  const outlier::OutlierScorer scorer;
  std::vector<StatisticsExample> examples(options.clouds);
  executor.run(examples.size(), [&](std::size_t i) {
    examples[i] = source.example(i, scorer, options.sampled);
    if (i % 250 == 0) std::fprintf(stderr, "cloud %zu of %zu\n", i, examples.size());
  });
  const auto useless = [](const StatisticsExample& example) {
    return example.features.status != statistics::Status::estimated;
  };
  examples.erase(std::remove_if(examples.begin(), examples.end(), useless), examples.end());
  if (examples.empty()) throw InvalidArgument("no cloud with a surface to train on");
  return make_batch(examples, options.sampled);
}

std::string command_of(const Options& o) {
  return "equicloud_train statistics --data DIR --clouds " + std::to_string(o.clouds) +
         " --epochs " + std::to_string(o.training.epochs) + " --seed " + std::to_string(o.seed);
}

void save(const StatisticsNetwork& network,
          const std::array<double, statistics::kParameters>& interval, std::size_t shapes,
          const Options& options) {
  nn::WeightsFile file = network->to_file(interval);
  file.metadata.insert(
      {{"kind", "cloud-statistics"},
       {"format_version", "1"},
       {"name", "statistics"},
       {"version", "3"},
       {"promises", "permutation-invariant,motion-invariant,scale-invariant"},
       {"licence", "BSD-3-Clause"},
       {"training_data",
        "generated scenes and " + std::to_string(shapes) +
            " shapes under CC BY, MIT or public domain (apps/train/shapes.txt), corrupted with "
            "noise of 0.01 to 0.7 spacings and 0 to 45 % outliers of five kinds; intervals from "
            "families left out in turn"},
       {"seed", std::to_string(options.seed)},
       {"command", command_of(options)}});
  nn::save_weights(file, options.out);
}

void run(const Options& options) {
  if (!options.overwrite && std::filesystem::exists(options.out))
    throw InvalidArgument(options.out + " exists; add --overwrite");
  torch::set_num_threads(1);
  torch::manual_seed(options.seed);
  const ThreadPool pool(options.threads);
  const StatisticsSource source(load_shapes(options.data, /*train=*/true), options.scene_share,
                                options.seed);
  const StatisticsBatch clouds = measure(source, options, pool);
  const Deviations apart =
      deviations_apart(clouds, kFolds, options.training, [](std::int64_t fold, double loss) {
        std::fprintf(stderr, "families apart, fold %lld: loss %.4f\n", static_cast<long long>(fold),
                     loss);
      });
  StatisticsNetwork network(clouds);
  train(network, clouds, options.training, [](std::int64_t epoch, double loss) {
    if (epoch % 5 == 0)
      std::fprintf(stderr, "epoch %lld  loss %.4f\n", static_cast<long long>(epoch), loss);
    return true;
  });
  save(network, calibrate(apart), source.shapes(), options);
  std::cout << "wrote " << options.out << '\n';
}

}  // namespace

void add_statistics(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand(
      "statistics", "Trains the estimator of a cloud's noise, spacing and share of outliers.");
  const auto o = std::make_shared<Options>();
  verb.add_option("--data", o->data, "folder of clean shapes (NAME.npz, .ply, .pcd)")->required();
  verb.add_option("--out", o->out, "the model, FILE.safetensors")->required();
  verb.add_option("--clouds", o->clouds, "to learn from")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  verb.add_option("--epochs", o->training.epochs)
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  verb.add_option("--seed", o->seed)->capture_default_str();
  verb.add_option("--threads", o->threads, "that make clouds; 0: all cores")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  verb.add_flag("--overwrite", o->overwrite);
  verb.callback([o] { run(*o); });
}

}  // namespace equicloud::train
