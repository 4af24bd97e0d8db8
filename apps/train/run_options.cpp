// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <torch/torch.h>
#include <train/run_options.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#ifdef __GLIBC__
#include <malloc.h>
#endif

// Debian's libtorch multiplies matrices through the system's BLAS, whose threads torch does not
// set. Resolved at start where that is OpenBLAS, null elsewhere.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace equicloud::train {
namespace {

std::atomic<bool> signalled{false};
void on_signal(int) { signalled = true; }

/// More threads than asked for would spin beside those that make examples (a third of the time).
void use_threads(int threads) {
  torch::set_num_threads(threads);
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(threads);
}

/// Each step frees and takes the same large blocks. By default glibc hands them back to the system
/// every time; the page faults then cost as much as the arithmetic (measured: 61 against 35 ms).
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_ARENA_MAX, 1);
#endif
}

c10::Device device_named(const std::string& name) {
  if (name == "cuda" && !torch::cuda::is_available()) {
    throw InvalidArgument("--device cuda: this libtorch sees no CUDA device; use --device cpu");
  }
  return c10::Device(name);
}

}  // namespace

bool interrupted() noexcept { return signalled; }

void RunOptions::add_to(CLI::App& verb, const std::string& model) {
  name = model;
  verb.add_option("--out", out, "the model, FILE.safetensors")->required();
  verb.add_option("--stop-after", stop_after,
                  "stop at this step; the schedule stays that of --steps");
  verb.add_option("--resume", resume, "checkpoint to go on from");
  verb.add_option("--seed", seed)->capture_default_str();
  verb.add_option("--device", device)->check(CLI::IsMember({"cpu", "cuda"}))->capture_default_str();
  verb.add_option("--threads", threads, "of libtorch")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  verb.add_option("--producers", producers, "threads that make examples")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  verb.add_option("--checkpoint", checkpoint, "default: beside --out, .checkpoint");
  verb.add_option("--checkpoint-minutes", checkpoint_minutes, "between checkpoints and reports")
      ->capture_default_str();
  verb.add_option("--curve", curve, "CSV (and picture); default: beside --out, .csv");
  verb.add_option("--name", name)->capture_default_str();
  verb.add_option("--model-version", version)->capture_default_str();
  verb.add_option("--licence", licence, "of the weights")->capture_default_str();
  verb.add_flag("--overwrite", overwrite);
}

c10::Device RunOptions::prepare() {
  const std::filesystem::path path(out);
  if (resume.empty() && !overwrite && std::filesystem::exists(path)) {
    throw InvalidArgument(out + " exists; add --overwrite, or --resume CHECKPOINT");
  }
  if (curve.empty()) curve = std::filesystem::path(path).replace_extension(".csv").string();
  if (checkpoint.empty()) {
    checkpoint = std::filesystem::path(path).replace_extension(".checkpoint").string();
  }
  const c10::Device where = device_named(device);
  use_threads(threads);
  keep_freed_memory();
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  return where;
}

std::int64_t RunOptions::last_step(std::int64_t steps) const {
  return stop_after > 0 ? std::min(stop_after, steps) : steps;
}

void RunOptions::finish(bool completed) const {
  if (!completed) {
    std::fprintf(stderr, "interrupted; go on with --resume %s\n", checkpoint.c_str());
    throw CLI::RuntimeError(130);
  }
  std::cout << "wrote " << out << ", " << curve << ", " << checkpoint << '\n';
}

}  // namespace equicloud::train
