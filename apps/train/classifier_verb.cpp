// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train classifier: the run around the ShapeTrainer, from clouds to calibrated weights.
#include <equicloud/base/error.h>
#include <train/modelnet.h>
#include <train/ordered_queue.h>
#include <train/refusal_training.h>
#include <train/run_options.h>
#include <train/shape_calibration.h>
#include <train/shape_trainer.h>
#include <train/verbs.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <limits>

namespace equicloud::train {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMonitorBlock = 148;  // shapes of a part of the validation
constexpr std::size_t kMeanBlocks = 4;      // of training examples, for the class means
constexpr std::uint64_t kRotations = 1;     // seed of the monitor's rotations
constexpr std::uint64_t kMeanSeed = 2;

struct Options {
  std::string data;
  RunOptions run;
  ShapeTrainerSettings trainer;
  ShapeSource::Options source;
  double validation_share = kValidationShare;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Parts of a list of shapes, damaged in one way and turned, made by all producers.
std::vector<ShapeArrays> parts_of(const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                                  std::uint64_t seed, int threads) {
  const std::size_t parts = (rows.size() + kMonitorBlock - 1) / kMonitorBlock;
  const auto make = [&](std::uint64_t i) {
    const std::size_t begin = std::min<std::size_t>(i, parts - 1) * kMonitorBlock;
    return damaged_arrays(shapes, rows, begin, std::min(rows.size(), begin + kMonitorBlock),
                          Damage::clean, seed);
  };
  OrderedQueue<ShapeArrays> queue(make, 0, threads);
  std::vector<ShapeArrays> made;
  for (std::size_t i = 0; i < parts; ++i) made.push_back(queue.next());
  return made;
}

struct Judged {
  ShapeOutputs outputs;
  torch::Tensor label;
};

Judged judged(ShapeTrainer& trainer, const std::vector<ShapeArrays>& parts) {
  std::vector<torch::Tensor> set, spherical, embedding, label;
  for (const ShapeArrays& part : parts) {
    const ShapeOutputs o = trainer.outputs(part);
    set.push_back(o.set);
    spherical.push_back(o.spherical);
    embedding.push_back(o.embedding);
    label.push_back(torch::tensor(at::ArrayRef<std::int64_t>(part.label)));
  }
  return {{torch::cat(set), torch::cat(spherical), torch::cat(embedding)}, torch::cat(label)};
}

class Run {
 public:
  explicit Run(const Options& options)
      : options_(options),
        shapes_(read_shapes(options.data)),
        split_(split(shapes_.labels, options.validation_share)),
        source_(shapes_, split_.train, options.source),
        trainer_(make_trainer()),
        validation_(parts_of(shapes_, split_.validation, kRotations, options.run.producers)),
        curve_(trainer_->resumed_curve()) {
    if (!curve_.empty()) seconds_before_ = curve_.back().seconds;
    std::fprintf(stderr, "%zu shapes of %zu classes to learn from, %zu to judge by\n",
                 split_.train.size(), shapes_.classes.size(), split_.validation.size());
  }

  /// @returns false if interrupted
  bool run() {
    OrderedQueue<ShapeArrays> queue([this](std::uint64_t number) { return source_.block(number); },
                                    static_cast<std::uint64_t>(trainer_->first_block()),
                                    options_.run.producers);
    const std::int64_t last = options_.run.last_step(options_.trainer.steps);
    start_ = Clock::now();
    Clock::time_point saved = start_;
    torch::Tensor loss = torch::zeros({1}, options_.trainer.device);
    std::int64_t summed = 0;
    while (trainer_->steps_done() < last && !interrupted()) {
      loss += trainer_->step([&queue] { return queue.next(); });
      ++summed;
      if (seconds_since(saved) > 60 * options_.run.checkpoint_minutes) {
        report(loss.item<double>() / static_cast<double>(summed));
        save(false);
        loss.zero_();
        summed = 0;
        saved = Clock::now();
      }
    }
    report(summed > 0 ? loss.item<double>() / static_cast<double>(summed)
                      : std::numeric_limits<double>::quiet_NaN());
    save(trainer_->steps_done() == options_.trainer.steps);
    return !interrupted();
  }

 private:
  std::unique_ptr<ShapeTrainer> make_trainer() {
    ShapeTrainerSettings settings = options_.trainer;
    settings.classes = static_cast<std::int64_t>(shapes_.classes.size()) + 1;
    settings.block = static_cast<std::int64_t>(options_.source.block);
    if (!options_.run.resume.empty()) {
      return std::make_unique<ShapeTrainer>(settings, options_.run.resume);
    }
    return std::make_unique<ShapeTrainer>(settings, source_.block(0));
  }

  void report(double loss) {
    const Judged v = judged(*trainer_, validation_);
    const torch::Tensor fused = v.outputs.set + v.outputs.spherical;
    CurveRow row;
    row.step = static_cast<double>(trainer_->steps_done());
    row.seconds = seconds_before_ + seconds_since(start_);
    row.loss = loss;
    row.learning_rate = trainer_->learning_rate(trainer_->steps_done());
    row.validation = accuracy(fused, v.label);
    curve_.push_back(row);
    std::fprintf(stderr,
                 "step %lld of %lld  %.0f s  loss %.4f  validation, rotated: %.4f (class mean "
                 "%.4f), set alone %.4f, spherical alone %.4f\n",
                 static_cast<long long>(row.step), static_cast<long long>(options_.trainer.steps),
                 row.seconds, row.loss, row.validation, mean_class_accuracy(fused, v.label),
                 accuracy(v.outputs.set, v.label), accuracy(v.outputs.spherical, v.label));
  }

  /// @param finished  the refusal is learned, too: it asks for the final embeddings
  void save(bool finished) {
    trainer_->save_checkpoint(options_.run.checkpoint, curve_);
    save_curve(curve_, options_.run.curve, "validation_accuracy");
    nn::WeightsFile file = trainer_->to_file();
    const Judged v = judged(*trainer_, validation_);
    const Judged t = judged(*trainer_, training_shapes());
    calibrate(file, v.outputs, v.label, t.outputs, t.label);
    describe(file);
    if (finished) {
      RefusalSettings settings;
      settings.seed = options_.run.seed;
      learn_refusal(file, {shapes_, split_, settings}, ThreadPool(options_.run.producers));
    }
    nn::save_weights(file, options_.run.out);
  }

  /// Undamaged training shapes, some thousand, for the class means.
  const std::vector<ShapeArrays>& training_shapes() {
    if (for_means_.empty()) {
      std::vector<std::size_t> rows;
      const std::size_t step = std::max<std::size_t>(1, split_.train.size() / (kMeanBlocks * 512));
      for (std::size_t i = 0; i < split_.train.size(); i += step) rows.push_back(split_.train[i]);
      for_means_ = parts_of(shapes_, rows, kMeanSeed, options_.run.producers);
    }
    return for_means_;
  }

  void describe(nn::WeightsFile& file) const {
    std::string classes;
    for (const std::string& name : shapes_.classes) classes += name + ",";
    classes += "unknown";
    file.metadata.insert({{"kind", "shape-classifier"},
                          {"format_version", "1"},
                          {"name", options_.run.name},
                          {"version", options_.run.version},
                          {"classes", classes},
                          {"promises", "permutation-invariant,motion-invariant,scale-invariant"},
                          {"licence", options_.run.licence},
                          {"training_data", std::to_string(split_.train.size()) +
                                                " shapes, damaged at random, and generated junk"},
                          {"seed", std::to_string(options_.trainer.seed)},
                          {"steps_done", std::to_string(trainer_->steps_done())},
                          {"command", options_.run.command}});
  }

  const Options& options_;
  ShapeSet shapes_;
  Split split_;
  ShapeSource source_;
  std::unique_ptr<ShapeTrainer> trainer_;
  std::vector<ShapeArrays> validation_, for_means_;
  std::vector<CurveRow> curve_;
  double seconds_before_ = 0.0;
  Clock::time_point start_;
};

void run(Options& options) {
  options.trainer.device = options.run.prepare();
  options.trainer.seed = options.source.seed = options.run.seed;
  options.run.command =
      "equicloud_train classifier --steps " + std::to_string(options.trainer.steps) + " --batch " +
      std::to_string(options.trainer.batch) + " --seed " + std::to_string(options.run.seed);
  options.run.finish(Run(options).run());
}

void add_options(CLI::App& verb, Options& o) {
  verb.add_option("--data", o.data,
                  "folder of packed ModelNet shards (labels.csv), or a folder of clouds a class")
      ->required();
  verb.add_option("--steps", o.trainer.steps, "length of the run, batches")
      ->check(CLI::Range(1, 100000000))
      ->required();
  verb.add_option("--batch", o.trainer.batch, "shapes a step")
      ->check(CLI::Range(2, 4096))
      ->capture_default_str();
  verb.add_option("--lr", o.trainer.learning_rate, "peak learning rate")->capture_default_str();
  verb.add_option("--decay", o.trainer.decay, "of the weights")->capture_default_str();
  verb.add_option("--smoothing", o.trainer.smoothing, "of the labels")->capture_default_str();
  verb.add_option("--ema", o.trainer.ema, "decay of the averaged weights, a step")
      ->capture_default_str();
  verb.add_option("--reuse", o.trainer.reuse, "times that a damaged shape is drawn, on average")
      ->capture_default_str();
  verb.add_option("--pool", o.trainer.pool_blocks, "blocks of 256 examples to draw from")
      ->check(CLI::Range(4, 4096))
      ->capture_default_str();
  verb.add_option("--junk", o.source.junk_share, "part of the examples that are no object")
      ->check(CLI::Range(0.0, 0.9))
      ->capture_default_str();
  verb.add_option("--balance", o.source.class_balance,
                  "0: classes as often as they come, 1: all equally often")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  o.run.add_to(verb, "classifier");
}

}  // namespace

void add_classifier(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand("classifier", "Trains a shape classifier.");
  const auto options = std::make_shared<Options>();
  add_options(verb, *options);
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
