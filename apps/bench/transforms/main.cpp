// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_transforms: the transforms, one function and a batch, on one thread and two,
// beside the floors (DFTs alone, products alone) of the same run. Takes Google Benchmark's options
// (--benchmark_filter=..., --benchmark_repetitions=N) and --plot=FILE.png.
#include <bench/program.h>
#include <bench/stopwatch.h>
#include <bench/transforms/cases.h>
#include <bench/transforms/report.h>

#include <cstring>
#include <iostream>
#include <memory>

namespace equicloud::bench {
namespace {

void register_case(const Case& c) {
  const auto work = std::make_shared<std::function<void()>>();  // kept for all repetitions
  const auto body = [work, c](benchmark::State& state) {
    if (!*work) *work = c.prepare();
    pin_to_processors(c.threads);
    for (auto _ : state) (*work)();
  };
  auto* registered = benchmark::RegisterBenchmark(name_of(c).c_str(), body);
  registered->Unit(benchmark::kMicrosecond);
  if (c.threads > 1) registered->UseRealTime();
}

// Competitors take turns, so that a disturbance of the machine meets all of them. The user's
// options come last and win.
std::vector<char*> with_defaults(int argc, char** argv) {
  static char interleaving[] = "--benchmark_enable_random_interleaving=true";
  static char repetitions[] = "--benchmark_repetitions=5";
  static char time[] = "--benchmark_min_time=0.02";
  std::vector<char*> arguments{argv[0], interleaving, repetitions, time};
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  return arguments;
}

std::string take_plot_path(int& argc, std::vector<char*>& arguments) {
  const char* const option = "--plot=";
  std::string path;
  for (auto each = arguments.begin(); each != arguments.end();) {
    const bool plot = std::strncmp(*each, option, std::strlen(option)) == 0;
    if (plot) path = *each + std::strlen(option);
    each = plot ? arguments.erase(each) : each + 1;
  }
  argc = static_cast<int>(arguments.size());
  return path;
}

int run(int argc, char** argv) {
  std::vector<char*> arguments = with_defaults(argc, argv);
  const std::string plot = take_plot_path(argc, arguments);
  benchmark::Initialize(&argc, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(argc, arguments.data())) return 2;
  std::vector<Case> cases;
  add_sphere_cases(cases);
  add_rotations_cases(cases);
  for (const Case& c : cases) register_case(c);
  Collector times(Collector::OO_Tabular);
  benchmark::RunSpecifiedBenchmarks(&times);
  const auto figures = figures_of(cases, times);
  print_table(std::cout, figures);
  if (!plot.empty()) save_plot(plot, figures);
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_transforms", equicloud::bench::run, argc,
                                       argv);
}
