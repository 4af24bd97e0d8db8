// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train outlier: the run around the Trainer. Examples from their threads, a validation
// subset measured now and then, model, curve and checkpoint written, all at fixed intervals.
#include <equicloud/base/error.h>
#include <equicloud/outlier/metrics.h>
#include <train/benchmark.h>
#include <train/ordered_queue.h>
#include <train/run_options.h>
#include <train/shapes.h>
#include <train/trainer.h>
#include <train/verbs.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <sstream>

namespace equicloud::train {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string data;
  RunOptions run;
  TrainerSettings trainer;
  double scene_share = 0.55;
  std::uint64_t statistics_clouds = 60;
  std::size_t validation_points = 6000;
};

// Examples that the standardisation is taken from: numbers no training step reaches.
constexpr std::uint64_t kStatistics = std::uint64_t{1} << 40;
constexpr double kReportSeconds = 10.0;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string in_words(const Options& options, const ExampleSource& source) {
  std::ostringstream text;
  if (source.shapes() == 0) {
    text << "generated scenes";
  } else {
    text << std::lround(100 * options.scene_share) << " % generated scenes, the rest from "
         << source.shapes() << " shapes under CC BY, MIT or public domain (apps/train/shapes.txt)";
  }
  text << ", corrupted with outliers of five kinds";
  return text.str();
}

/// The command that repeats the run, paths left out.
std::string command_of(const Options& o) {
  std::ostringstream text;
  text << "equicloud_train outlier --steps " << o.trainer.steps << " --seed " << o.trainer.seed
       << " --lr " << o.trainer.learning_rate << " --noise " << o.trainer.noise << " --scene-share "
       << o.scene_share << " --statistics " << o.statistics_clouds;
  return text.str();
}

Standardisation measure_inputs(const ExampleSource& source, std::uint64_t clouds) {
  std::vector<outlier::Features> features;
  for (std::uint64_t i = 0; i < clouds; ++i) {
    features.push_back(source.example(kStatistics + i).features);
  }
  return standardisation_of(features);
}

/// A few hard cells, measured once, scored now and then: a look at the course of a run, not its
/// result.
class Monitor {
 public:
  Monitor(const std::string& folder, std::size_t points) {
    std::vector<CleanCloud> shapes = load_shapes(folder, /*train=*/false);
    if (shapes.size() > kShapes) shapes.resize(kShapes);
    while (shapes.size() < kShapes) {
      const std::string name = "scene " + std::to_string(shapes.size());
      shapes.push_back({name, held_out_scene(shapes.size(), 2 * points)});
    }
    for (const CleanCloud& shape : shapes) {
      for (const std::size_t cell : {std::size_t{1}, std::size_t{6}, std::size_t{9}}) {
        const LabelledCloud cloud = validation_case(shape, {}, cell, points);
        Example example{outlier::compute_features(PointsView(cloud.xyz)), {}};
        example.labels = row_labels(example.features, cloud.outlier);
        examples_.push_back(std::move(example));
      }
    }
  }

  double mean_average_precision(Trainer& trainer) const {
    double sum = 0.0;
    for (const Example& example : examples_) {
      const std::vector<std::uint8_t> truth(example.labels.begin(), example.labels.end());
      sum += outlier::average_precision(trainer.probabilities(example.features), truth);
    }
    return sum / static_cast<double>(examples_.size());
  }

 private:
  static constexpr std::size_t kShapes = 4;
  std::vector<Example> examples_;
};

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options),
        source_(load_shapes(options.data, /*train=*/true), options.scene_share,
                options.trainer.seed),
        trainer_(options.run.resume.empty()
                     ? Trainer(options.trainer, measure_inputs(source_, options.statistics_clouds))
                     : Trainer(options.trainer, options.run.resume)),
        monitor_(options.data, options.validation_points),
        curve_(trainer_.resumed_curve()) {
    if (!curve_.empty()) seconds_before_ = curve_.back().seconds;
  }

  /// @returns false if interrupted
  bool run() {
    OrderedQueue<Example> queue([this](std::uint64_t number) { return source_.example(number); },
                                static_cast<std::uint64_t>(trainer_.steps_done()),
                                options_.run.producers);
    const std::int64_t last = options_.run.last_step(options_.trainer.steps);
    start_ = Clock::now();
    Clock::time_point reported = start_, saved = start_;
    while (trainer_.steps_done() < last && !interrupted()) {
      loss_sum_ += trainer_.step(queue.next());
      ++loss_steps_;
      const bool save_now = seconds_since(saved) > 60 * options_.run.checkpoint_minutes;
      if (save_now || seconds_since(reported) > kReportSeconds) {
        report(save_now);
        reported = Clock::now();
      }
      if (save_now) {
        save();
        saved = Clock::now();
      }
    }
    report(true);
    save();
    return !interrupted();
  }

 private:
  void report(bool with_validation) {
    CurveRow row;
    row.step = static_cast<double>(trainer_.steps_done());
    row.seconds = seconds_before_ + seconds_since(start_);
    row.loss = loss_steps_ > 0 ? loss_sum_ / loss_steps_ : std::numeric_limits<double>::quiet_NaN();
    row.learning_rate = trainer_.learning_rate(trainer_.steps_done());
    if (with_validation) row.validation = monitor_.mean_average_precision(trainer_);
    curve_.push_back(row);
    loss_sum_ = 0.0;
    loss_steps_ = 0;
    std::fprintf(stderr, "step %lld of %lld  %.0f s  loss %.4f", static_cast<long long>(row.step),
                 static_cast<long long>(options_.trainer.steps), row.seconds, row.loss);
    if (with_validation) std::fprintf(stderr, "  validation subset AP %.4f", row.validation);
    std::fputc('\n', stderr);
  }

  void save() {
    trainer_.save_checkpoint(options_.run.checkpoint, curve_);
    save_curve(curve_, options_.run.curve);
    nn::WeightsFile file = trainer_.averaged()->to_file();
    file.metadata.insert({{"kind", "outlier-scorer"},
                          {"format_version", "1"},
                          {"name", options_.run.name},
                          {"version", options_.run.version},
                          {"promises", "permutation-equivariant,motion-invariant,scale-invariant"},
                          {"default_threshold", "0.5"},
                          {"licence", options_.run.licence},
                          {"training_data", in_words(options_, source_)},
                          {"seed", std::to_string(options_.trainer.seed)},
                          {"steps_done", std::to_string(trainer_.steps_done())},
                          {"command", options_.run.command}});
    nn::save_weights(file, options_.run.out);
  }

  const Options& options_;
  ExampleSource source_;
  Trainer trainer_;
  Monitor monitor_;
  std::vector<CurveRow> curve_;
  double seconds_before_ = 0.0, loss_sum_ = 0.0;
  int loss_steps_ = 0;
  Clock::time_point start_;
};

void run(Options& options) {
  options.trainer.device = options.run.prepare();
  options.trainer.seed = options.run.seed;
  options.run.command = command_of(options);
  options.run.finish(Run(options).run());
}

void add_options(CLI::App& verb, Options& o) {
  verb.add_option("--data", o.data,
                  "folder of clean shapes (NAME.npz, .ply, .pcd); none: scenes only");
  verb.add_option("--steps", o.trainer.steps, "length of the run, one cloud a step")
      ->check(CLI::Range(1, 100000000))
      ->required();
  verb.add_option("--lr", o.trainer.learning_rate, "peak learning rate")->capture_default_str();
  verb.add_option("--noise", o.trainer.noise, "on the standardised inputs")->capture_default_str();
  verb.add_option("--scene-share", o.scene_share, "part of the clouds that are generated scenes")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  verb.add_option("--statistics", o.statistics_clouds, "clouds for the standardisation")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb.add_option("--validation-points", o.validation_points,
                  "clean points of a cloud of the subset")
      ->check(CLI::Range(100, 1000000))
      ->capture_default_str();
  o.run.add_to(verb, "outlier-general");
}

}  // namespace

void add_outlier(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand("outlier", "Trains an outlier scorer.");
  const auto options = std::make_shared<Options>();
  add_options(verb, *options);
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
