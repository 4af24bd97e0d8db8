// SPDX-License-Identifier: BSD-3-Clause
#include <bench/transforms/report.h>
#include <figures/plot.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>

namespace equicloud::bench {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double median(std::vector<double> values) {
  if (values.empty()) return kNone;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void take_smaller(double& kept, double value) {
  if (std::isnan(kept) || value < kept) kept = value;
}

}  // namespace

void Collector::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
    const auto iterations = static_cast<double>(run.iterations);
    Seconds& seconds = times_[run.run_name.function_name];
    seconds.cpu.push_back(run.cpu_accumulated_time / iterations);
    seconds.wall.push_back(run.real_accumulated_time / iterations);
  }
  ConsoleReporter::ReportRuns(runs);
}

double Collector::cpu_seconds(const Case& c) const {
  const auto found = times_.find(name_of(c));
  return found == times_.end() ? kNone : median(found->second.cpu);
}

double Collector::wall_seconds(const Case& c) const {
  const auto found = times_.find(name_of(c));
  return found == times_.end() ? kNone : median(found->second.wall);
}

std::map<Line, Figures> figures_of(const std::vector<Case>& cases, const Collector& times) {
  std::map<Line, Figures> all;
  for (const Case& c : cases) {
    const Figures none{kNone, kNone, kNone, kNone, kNone, kNone};
    Figures& figures = all.try_emplace(c.line, none).first->second;
    const double cpu = 1e6 * times.cpu_seconds(c) / c.batch;
    const double wall = 1e6 * times.wall_seconds(c) / c.batch;
    if (c.role == Role::dft_floor) take_smaller(figures.dft, cpu);
    if (c.role == Role::product_floor) figures.product = cpu;
    if (c.role != Role::ours) continue;
    if (c.threads == 2) figures.two_threads_wall = wall;
    if (c.threads == 1) (c.batch == 1 ? figures.single : figures.batch) = cpu;
    if (c.threads == 1 && c.batch > 1) figures.batch_wall = wall;
  }
  return all;
}

void print_table(std::ostream& out, const std::map<Line, Figures>& figures) {
  out << "| transform | type | b | map | single us | batch us | DFT us | product us | batch / F "
         "| 2 threads |\n|---|---|---|---|---|---|---|---|---|---|\n"
      << std::fixed;
  for (const auto& [line, f] : figures) {
    if (std::isnan(f.single) && std::isnan(f.batch)) continue;  // filtered out
    out << "| " << line.transform << " | " << line.type << " | " << line.bandwidth << " | "
        << line.map << std::setprecision(line.bandwidth < 64 ? 3 : 1) << " | " << f.single << " | "
        << f.batch << " | " << f.dft << " | " << f.product << std::setprecision(2) << " | "
        << f.over_floor() << " | " << f.speed_up() << " |\n";
  }
}

void save_plot(const std::string& path, const std::map<Line, Figures>& figures) {
  std::map<std::string, figures::Curve> curves;
  const auto add = [&](const std::string& name, int bandwidth, double microseconds) {
    figures::Curve& curve = curves[name];
    curve.name = name;
    curve.x.push_back(bandwidth);
    curve.y.push_back(1e6 / microseconds);
  };
  for (const auto& [line, f] : figures) {
    if (line.type != "double" || line.map != "synthesis") continue;
    add(line.transform + ", batch", line.bandwidth, f.batch);
    add(line.transform + ", floor", line.bandwidth, f.dft + f.product);
  }
  std::vector<figures::Curve> all;
  for (const auto& [name, curve] : curves) all.push_back(curve);
  figures::PlotStyle style;
  style.title = "Synthesis in double, batches, one thread";
  style.width = 1200;  // the legend leaves the lines free
  style.height = 800;
  style.x = {"bandwidth", figures::Scale::logarithmic};
  style.y = {"functions a second", figures::Scale::logarithmic};
  figures::save_png(figures::draw_plot(all, style), path);
}

}  // namespace equicloud::bench
