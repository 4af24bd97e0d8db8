// SPDX-License-Identifier: BSD-3-Clause
// equicloud_mnist: accuracy of spherical networks on held-out digits, by core's layers alone.
#include <equicloud/base/error.h>
#include <train/sphere_network.h>
#include <train/verbs.h>

#include <chrono>
#include <cstdio>

namespace equicloud::train {
namespace {

struct Options {
  std::string data;
  std::vector<std::string> models;
  std::size_t held_out = 6000;
  std::uint64_t seed = 7;
  int threads = 0;
};

std::size_t parameters(const nn::WeightsFile& file) {
  std::size_t count = 0;
  for (const auto& [name, tensor] : file.tensors) count += tensor.values.size();
  return count;
}

void evaluate(const Options& options, const std::string& path, const SphereDigits& digits,
              std::size_t first, const ThreadPool& pool) {
  const nn::WeightsFile file = nn::load_weights(path);
  const SphereNetwork network(file);
  double share[2] = {};
  const auto start = std::chrono::steady_clock::now();
  for (const Pose pose : {Pose::as_drawn, Pose::turned}) {
    Showing how;
    how.pose = pose;
    how.paint = file.meta("paint") == "colours" ? Paint::colours : Paint::grey;
    how.seed = options.seed;
    const SphereBatch batch =
        digits.show(first, options.held_out, network.architecture().bandwidth[0], how, pool);
    share[pose == Pose::turned] = 100 * accuracy(network.logits(batch, pool), batch);
  }
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  std::printf("| %s | %s | %d | %zu | %.2f | %.2f | %.1f |\n", path.c_str(),
              file.meta("trained").c_str(), network.architecture().classes, parameters(file),
              share[0], share[1],
              time.count() * pool.threads() / (2.0 * static_cast<double>(options.held_out)));
  std::fflush(stdout);
}

void run(const Options& options) {
  const LabelledPictures pictures = load_idx(options.data);
  if (options.held_out > pictures.count)
    throw InvalidArgument("--held-out " + std::to_string(options.held_out) + " of " +
                          std::to_string(pictures.count) + " digits");
  const SphereDigits digits(pictures);
  const ThreadPool pool(options.threads);
  std::printf("The last %zu of %zu digits, accuracy in %%; turned: each by its own rotation.\n\n",
              options.held_out, pictures.count);
  std::printf(
      "| model | trained on digits | classes | numbers | as drawn | turned | ms a digit |\n");
  std::printf("|---|---|---|---|---|---|---|\n");
  for (const std::string& path : options.models)
    evaluate(options, path, digits, pictures.count - options.held_out, pool);
}

}  // namespace
}  // namespace equicloud::train

int main(int argc, char** argv) {
  using namespace equicloud::train;
  CLI::App program("Accuracy of spherical networks on held-out digits.", "equicloud_mnist");
  Options options;
  program.add_option("models", options.models, "FILE.safetensors ...")->required();
  program.add_option("--data", options.data, "folder of MNIST's training files (IDX, .gz or not)")
      ->required();
  program.add_option("--held-out", options.held_out, "the last ones")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  program.add_option("--seed", options.seed, "of rotations and colours")->capture_default_str();
  program.add_option("--threads", options.threads, "0: all cores")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  program.callback([&] { run(options); });
  return run_program(program, argc, argv);
}
