// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train statistics: corrupted clouds measured once, a small network trained on what was
// measured, its intervals made as wide as shapes apart need, the model written.
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
  std::uint64_t seed = 1, clouds = 5000, calibration_clouds = 1000;
  std::size_t sampled = 1024;
  double scene_share = 0.3;
  int threads = 1;
  bool overwrite = false;
  StatisticsTraining training;
};

// Clouds for the intervals: numbers that no training cloud has.
constexpr std::uint64_t kCalibration = std::uint64_t{1} << 40;
// Every so many of the training shapes is kept for the intervals.
constexpr std::size_t kApart = 5;

struct Split {
  std::vector<CleanCloud> fit, calibration;
};

Split split_shapes(const std::string& folder) {
  Split split;
  std::vector<CleanCloud> shapes = load_shapes(folder, /*train=*/true);
  for (std::size_t i = 0; i < shapes.size(); ++i)
    (i % kApart == kApart - 1 ? split.calibration : split.fit).push_back(std::move(shapes[i]));
  return split;
}

StatisticsBatch measure(const StatisticsSource& source, std::uint64_t first, std::uint64_t count,
                        const Options& options, const Executor& executor) {
  const outlier::OutlierScorer scorer;
  std::vector<StatisticsExample> examples(count);
  executor.run(count, [&](std::size_t i) {
    examples[i] = source.example(first + i, scorer, options.sampled);
    if (i % 250 == 0)
      std::fprintf(stderr, "cloud %zu of %llu\n", i, static_cast<unsigned long long>(count));
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
         " --calibration-clouds " + std::to_string(o.calibration_clouds) + " --epochs " +
         std::to_string(o.training.epochs) + " --seed " + std::to_string(o.seed);
}

void save(const StatisticsNetwork& network,
          const std::array<double, statistics::kParameters>& interval, const Split& split,
          const Options& options) {
  nn::WeightsFile file = network->to_file(interval);
  file.metadata.insert(
      {{"kind", "cloud-statistics"},
       {"format_version", "1"},
       {"name", "statistics"},
       {"version", "1"},
       {"promises", "permutation-invariant,motion-invariant,scale-invariant"},
       {"licence", "BSD-3-Clause"},
       {"training_data",
        "generated scenes and " + std::to_string(split.fit.size()) +
            " shapes under CC BY, MIT or public domain (apps/train/shapes.txt), intervals from " +
            std::to_string(split.calibration.size()) +
            " more, corrupted with noise of 0.01 to 0.7 spacings and 0 to 45 % outliers of five "
            "kinds"},
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
  Split split = split_shapes(options.data);
  const StatisticsBatch clouds =
      measure(StatisticsSource(split.fit, options.scene_share, options.seed), 0, options.clouds,
              options, pool);
  const StatisticsBatch apart =
      measure(StatisticsSource(split.calibration, options.scene_share, options.seed), kCalibration,
              options.calibration_clouds, options, pool);
  StatisticsNetwork network(clouds);
  train(network, clouds, options.training, [&](std::int64_t epoch, double loss) {
    const torch::NoGradGuard no_gradient;
    if (epoch % 5 == 0)
      std::fprintf(stderr, "epoch %lld  loss %.4f  on shapes apart %.4f\n",
                   static_cast<long long>(epoch), loss, network->loss(apart).item<double>());
    return true;
  });
  save(network, calibrate(network, apart), split, options);
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
  verb.add_option("--calibration-clouds", o->calibration_clouds, "for the intervals")
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
