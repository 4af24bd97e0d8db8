// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train mnist: digits on the sphere. The next epoch's digits are warped, turned and
// transformed on the CPU while this one's train.
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <train/sphere_torch.h>
#include <train/verbs.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <future>
#include <iostream>
#include <limits>
#include <sstream>

namespace equicloud::train {
namespace {

using torch::Tensor;

struct Options {
  std::string data, out, curve, device = "cpu";
  std::string licence = "BSD-3-Clause", architecture;
  bool train_rotated = false, colour = false, overwrite = false;
  int epochs = 14, batch = 128, threads = 0;
  std::uint64_t seed = 1;
  double within = 0.0, learning_rate = 5e-3, decay = 0.02, smoothing = 0.05;
  std::size_t digits = 0, held_out = 6000;
};

// Seeds of held-out digits' rotations and colours: no training epoch uses them.
constexpr std::uint64_t kHeldOutSeed = std::uint64_t{1} << 50;
constexpr double kWarmUp = 0.08;           // of the run, linear; then a cosine to 0
constexpr std::int64_t kEvaluation = 500;  // digits at once
constexpr std::size_t kWatched = 1000;     // held-out digits looked at after each epoch
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Digits {
  Tensor coefficients, labels;
};

struct CurveOfMnist {
  int epoch;
  double seconds, loss, learning_rate, turned;
};

class MnistRun {
 public:
  explicit MnistRun(const Options& options)
      : options_(options),
        device_(options.device),
        pool_(options.threads),
        pictures_(load_idx(options.data)),
        digits_(pictures_),
        paint_(options.colour ? Paint::colours : Paint::grey) {
    if (options.held_out >= pictures_.count)
      throw InvalidArgument("--held-out " + std::to_string(options.held_out) + " of " +
                            std::to_string(pictures_.count) + " digits leaves none to train on");
    const std::size_t left = pictures_.count - options.held_out;
    train_ = options.digits == 0 ? left : std::min(options.digits, left);
    if (train_ < static_cast<std::size_t>(options.batch))
      throw InvalidArgument("--batch " + std::to_string(options.batch) + " of " +
                            std::to_string(train_) + " digits; expected at most that many");
    if (!options.architecture.empty())
      architecture_ = SphereArchitecture::parse(options.architecture);
    architecture_.inputs = digits_.channels(paint_);
    architecture_.classes = digits_.classes(paint_);
    torch::manual_seed(options.seed);
    net_ = SphereTorchNet(architecture_);
    net_->to(device_);
    set_epochs(options.epochs);
  }

  void train() {
    torch::optim::AdamW optimizer(
        net_->parameters(),
        torch::optim::AdamWOptions(options_.learning_rate).weight_decay(options_.decay));
    const Digits watched = held_out(Pose::turned, std::min(kWatched, options_.held_out));
    std::printf("%lld parameters, %zu digits, %lld steps\n",
                static_cast<long long>(net_->parameter_count()), train_,
                static_cast<long long>(steps_));
    start_ = std::chrono::steady_clock::now();
    auto next = prepared(0);
    for (int epoch = 0; epoch < epochs_; ++epoch) {
      const Digits digits = on_device(next.get());
      if (epoch + 1 < epochs_) next = prepared(epoch + 1);
      const double loss = one_epoch(digits, optimizer);
      const double turned = 100 * accuracy(watched);
      curve_.push_back({epoch + 1, seconds(), loss, rate(), turned});
      if (epoch == 0 && options_.within > 0)
        set_epochs(std::clamp(static_cast<int>(options_.within / seconds()), 1, options_.epochs));
      std::printf("epoch %d of %d  %.1f s  loss %.4f  turned, first %lld held out: %.1f %%\n",
                  epoch + 1, epochs_, seconds(), loss,
                  static_cast<long long>(watched.labels.size(0)), turned);
      std::fflush(stdout);
    }
  }

  void report_and_save() {
    const double drawn = 100 * accuracy(held_out(Pose::as_drawn, options_.held_out));
    const double turned = 100 * accuracy(held_out(Pose::turned, options_.held_out));
    std::printf("held out, %zu digits: as drawn (NR) %.2f %%, turned (R) %.2f %%\n",
                options_.held_out, drawn, turned);
    nn::WeightsFile file = net_->to_file();
    file.metadata.insert({{"kind", "mnist-sphere"},
                          {"format_version", "1"},
                          {"promises", "rotation-invariant"},
                          {"paint", options_.colour ? "colours" : "grey"},
                          {"trained", options_.train_rotated ? "turned" : "as drawn"},
                          {"licence", options_.licence},
                          {"training_data", "MNIST training digits but the last " +
                                                std::to_string(options_.held_out)},
                          {"seed", std::to_string(options_.seed)},
                          {"command", command()},
                          {"held_out_accuracy", in_words(drawn, turned)}});
    nn::save_weights(file, options_.out);
    save_curve();
  }

 private:
  void set_epochs(int epochs) {
    epochs_ = epochs;
    steps_ = epochs * static_cast<std::int64_t>(train_ / batch_size());
  }

  std::size_t batch_size() const { return static_cast<std::size_t>(options_.batch); }

  Showing showing(Pose pose, bool warped, std::uint64_t seed) const {
    return {pose, paint_, warped, seed};
  }

  std::future<SphereBatch> prepared(int epoch) const {
    const Showing how = showing(options_.train_rotated ? Pose::turned : Pose::as_drawn, true,
                                options_.seed * 1000003 + static_cast<std::uint64_t>(epoch));
    return std::async(std::launch::async, [this, how] {
      return digits_.show(0, train_, architecture_.bandwidth[0], how, pool_);
    });
  }

  Digits held_out(Pose pose, std::size_t count) const {
    return on_device(digits_.show(pictures_.count - options_.held_out, count,
                                  architecture_.bandwidth[0], showing(pose, false, kHeldOutSeed),
                                  pool_));
  }

  Digits on_device(const SphereBatch& batch) const {
    const Tensor labels =
        torch::from_blob(const_cast<std::int64_t*>(batch.labels.data()),
                         {static_cast<std::int64_t>(batch.digits)}, torch::kInt64);
    return {coefficient_tensor(batch).to(device_), labels.clone().to(device_)};
  }

  double rate() const {
    const double done = static_cast<double>(step_) / static_cast<double>(steps_);
    if (done < kWarmUp) return options_.learning_rate * (done + 1e-3) / kWarmUp;
    return options_.learning_rate * 0.5 *
           (1 + std::cos(std::acos(-1.0) * (done - kWarmUp) / (1 - kWarmUp)));
  }

  /// Mean loss of the epoch.
  double one_epoch(const Digits& digits, torch::optim::AdamW& optimizer) {
    net_->train();
    const std::int64_t size = options_.batch;
    const std::int64_t steps = digits.labels.size(0) / size;
    const Tensor order = torch::randperm(digits.labels.size(0), torch::kInt64).to(device_);
    Tensor sum = torch::zeros({}, torch::TensorOptions().device(device_));
    for (std::int64_t i = 0; i < steps; ++i, ++step_) {
      for (torch::optim::OptimizerParamGroup& group : optimizer.param_groups())
        static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate());
      const Tensor chosen = order.narrow(0, i * size, size);
      optimizer.zero_grad();
      const Tensor loss = torch::nn::functional::cross_entropy(
          net_->forward(digits.coefficients.index_select(0, chosen)),
          digits.labels.index_select(0, chosen),
          torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(options_.smoothing));
      loss.backward();
      optimizer.step();
      sum += loss.detach();
    }
    return sum.item<double>() / static_cast<double>(steps);
  }

  double accuracy(const Digits& digits) {
    const torch::NoGradGuard no_gradient;
    net_->eval();
    const std::int64_t count = digits.labels.size(0);
    std::int64_t right = 0;
    for (std::int64_t i = 0; i < count; i += kEvaluation) {
      const std::int64_t size = std::min(kEvaluation, count - i);
      const Tensor answer = net_->forward(digits.coefficients.narrow(0, i, size)).argmax(1);
      right += answer.eq(digits.labels.narrow(0, i, size)).sum().item<std::int64_t>();
    }
    return static_cast<double>(right) / static_cast<double>(count);
  }

  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

  /// The command that repeats the run, paths left out.
  std::string command() const {
    std::ostringstream text;
    text << "equicloud_train mnist --epochs " << epochs_ << " --batch " << options_.batch
         << " --lr " << options_.learning_rate << " --decay " << options_.decay << " --smoothing "
         << options_.smoothing << " --seed " << options_.seed << " --device " << options_.device
         << (options_.architecture.empty() ? "" : " --architecture '" + architecture_.text() + "'")
         << (options_.train_rotated ? " --train-rotated" : "")
         << (options_.colour ? " --colour" : "");
    return text.str();
  }

  static std::string in_words(double drawn, double turned) {
    char text[64];
    std::snprintf(text, sizeof text, "as drawn %.2f, turned %.2f", drawn, turned);
    return text;
  }

  void save_curve() const {
    std::ostringstream text;
    text << "epoch,seconds,loss,learning_rate,turned_accuracy_watched\n";
    for (const CurveOfMnist& row : curve_)
      text << row.epoch << ',' << row.seconds << ',' << row.loss << ',' << row.learning_rate << ','
           << row.turned << '\n';
    const std::string bytes = text.str();
    AtomicFile file(options_.curve);
    file.write(bytes.data(), bytes.size());
    file.commit();
  }

  const Options& options_;
  torch::Device device_;
  ThreadPool pool_;
  LabelledPictures pictures_;
  SphereDigits digits_;
  Paint paint_;
  SphereArchitecture architecture_;
  SphereTorchNet net_{nullptr};
  std::size_t train_ = 0;
  int epochs_ = 0;
  std::int64_t step_ = 0, steps_ = 0;
  std::chrono::steady_clock::time_point start_;
  std::vector<CurveOfMnist> curve_;
};

void run(Options& options) {
  if (!options.overwrite && std::filesystem::exists(options.out))
    throw InvalidArgument(options.out + " exists; add --overwrite");
  if (options.device == "cuda" && !torch::cuda::is_available())
    throw InvalidArgument("--device cuda: this libtorch sees no CUDA device; use --device cpu");
  if (options.curve.empty())
    options.curve = std::filesystem::path(options.out).replace_extension(".csv").string();
  if (options.device == "cpu" && options.threads > 0) torch::set_num_threads(options.threads);
  MnistRun task(options);
  task.train();
  task.report_and_save();
  std::cout << "wrote " << options.out << ", " << options.curve << '\n';
}

void add_options(CLI::App& verb, Options& o) {
  verb.add_option("--data", o.data, "folder of MNIST's training files (IDX, .gz or not)")
      ->required();
  verb.add_option("--out", o.out, "the model, FILE.safetensors")->required();
  verb.add_flag("--train-rotated", o.train_rotated, "train on turned digits too (R), not as drawn");
  verb.add_flag("--colour", o.colour, "digits in three channels; class = digit and colour");
  verb.add_option("--device", o.device)
      ->check(CLI::IsMember({"cpu", "cuda"}))
      ->capture_default_str();
  verb.add_option("--epochs", o.epochs)->check(CLI::Range(1, 1000))->capture_default_str();
  verb.add_option("--within", o.within,
                  "seconds: after the first epoch, as many as fit; 0: all of --epochs")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  verb.add_option("--batch", o.batch)->check(CLI::Range(2, 4096))->capture_default_str();
  verb.add_option("--lr", o.learning_rate, "peak learning rate")->capture_default_str();
  verb.add_option("--decay", o.decay, "of the weights")->capture_default_str();
  verb.add_option("--smoothing", o.smoothing, "of the labels")
      ->check(CLI::Range(0.0, 0.9))
      ->capture_default_str();
  verb.add_option("--seed", o.seed)->capture_default_str();
  verb.add_option("--digits", o.digits, "train on the first ones alone; 0: all")
      ->capture_default_str();
  verb.add_option("--held-out", o.held_out, "the last ones, never trained on")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  verb.add_option("--threads", o.threads, "that make digits (and of libtorch on a CPU); 0: all")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  verb.add_option("--curve", o.curve, "CSV; default: beside --out, .csv");
  verb.add_option(
      "--architecture", o.architecture,
      "13 numbers: inputs, classes, bandwidths, grids, channels (3 each), rank, hidden");
  verb.add_option("--licence", o.licence, "of the weights")->capture_default_str();
  verb.add_flag("--overwrite", o.overwrite);
}

}  // namespace

void add_mnist(CLI::App& program) {
  CLI::App& verb =
      *program.add_subcommand("mnist", "Trains a spherical network on digits on the sphere.");
  const auto options = std::make_shared<Options>();
  add_options(verb, *options);
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
