// SPDX-License-Identifier: BSD-3-Clause
// From the repetitions of Google Benchmark to one line a transform: medians, microseconds a
// function, and the ratio to the floor F of the same run.
#pragma once

#include <bench/transforms/cases.h>
#include <benchmark/benchmark.h>

#include <map>
#include <ostream>

namespace equicloud::bench {

/// Keeps the CPU and wall time of each repetition while Google Benchmark prints them.
class Collector : public benchmark::ConsoleReporter {
 public:
  using ConsoleReporter::ConsoleReporter;
  void ReportRuns(const std::vector<Run>& runs) override;
  /// Median seconds of a call; NaN where the case did not run.
  double cpu_seconds(const Case& c) const;
  double wall_seconds(const Case& c) const;

 private:
  struct Seconds {
    std::vector<double> cpu, wall;
  };
  std::map<std::string, Seconds> times_;
};

/// Microseconds a function, CPU time of one thread; NaN: not measured.
struct Figures {
  double single, batch;
  double dft, product;                  ///< floors; the smallest DFT of all ways
  double batch_wall, two_threads_wall;  ///< by the clock
  double over_floor() const { return batch / (dft + product); }
  double speed_up() const { return batch_wall / two_threads_wall; }
};
std::map<Line, Figures> figures_of(const std::vector<Case>& cases, const Collector& times);

/// A Markdown table.
void print_table(std::ostream& out, const std::map<Line, Figures>& figures);
/// Functions a second over bandwidth in double, both axes logarithmic: ours and the floors. Throws
/// IoError.
void save_plot(const std::string& path, const std::map<Line, Figures>& figures);

}  // namespace equicloud::bench
