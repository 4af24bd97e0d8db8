// SPDX-License-Identifier: BSD-3-Clause
// equicloud_train refusal: gives a trained classifier a network that says what it does not know.
#include <equicloud/base/error.h>
#include <train/modelnet.h>
#include <train/refusal_training.h>
#include <train/verbs.h>

#include <filesystem>
#include <iostream>

namespace equicloud::train {
namespace {

struct Options {
  std::string data, model, out, version;
  RefusalSettings settings;
  int threads = 0;
  bool leave_one_out = false, overwrite = false;
};

void run(const Options& options) {
  if (!options.overwrite && std::filesystem::exists(options.out))
    throw InvalidArgument(options.out + " exists; add --overwrite");
  torch::set_num_threads(1);
  nn::WeightsFile file = nn::load_weights(options.model);
  const ShapeSet shapes = read_shapes(options.data);
  const Split parts = split(shapes.labels);
  learn_refusal(file, {shapes, parts, options.settings, options.leave_one_out},
                ThreadPool(options.threads));
  if (!options.version.empty()) file.metadata["version"] = options.version;
  nn::save_weights(file, options.out);
  std::cout << "wrote " << options.out << '\n';
}

}  // namespace

void add_refusal_verb(CLI::App& program) {
  CLI::App& verb = *program.add_subcommand(
      "refusal", "Trains what a shape classifier refuses; its classes stay as they are.");
  const auto options = std::make_shared<Options>();
  verb.add_option("--data", options->data, "the data that the classifier was trained on")
      ->required();
  verb.add_option("--model", options->model, "the classifier, FILE.safetensors")->required();
  verb.add_option("--out", options->out, "the model with its refusal, FILE.safetensors")
      ->required();
  verb.add_option("--examples", options->settings.examples, "damaged shapes and junk, half each")
      ->check(CLI::Range(100, 10000000))
      ->capture_default_str();
  verb.add_option("--steps", options->settings.steps)
      ->check(CLI::Range(1, 100000000))
      ->capture_default_str();
  verb.add_option("--hidden", options->settings.hidden)
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  verb.add_option("--seed", options->settings.seed)->capture_default_str();
  verb.add_option("--threads", options->threads, "that make examples; 0: all")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  verb.add_option("--model-version", options->version, "of the result; default: as it was");
  verb.add_flag("--leave-one-out", options->leave_one_out,
                "print how much of each kind of junk passes when it is not learned from");
  verb.add_flag("--overwrite", options->overwrite);
  verb.callback([options] { run(*options); });
}

}  // namespace equicloud::train
