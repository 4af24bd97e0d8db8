// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench: microseconds a point of the scorer and its stages, beside PCL's statistical
// outlier removal in the same run on the same cloud. Competitors take turns, so a disturbance of
// the machine meets all of them.
#include <bench/clouds.h>
#include <bench/pcl_filter.h>
#include <bench/program.h>
#include <bench/stopwatch.h>
#include <equicloud/base/executor.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/outlier/local_statistics.h>
#include <equicloud/outlier/model.h>
#include <equicloud/outlier/network.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/points/canonical_order.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::bench {
namespace {

constexpr int kPclNeighbors = 16;

struct Row {
  std::string name;
  int threads = 1;
  std::function<void()> work;
  std::vector<Time> times;
};

// The stages of the scorer one after another; each row keeps what the next one needs.
struct Stages {
  const std::vector<float>& xyz;
  CanonicalCloud cloud;
  std::optional<outlier::LocalStatistics> statistics;
  std::shared_ptr<const outlier::Model> model = outlier::Model::embedded();

  explicit Stages(const std::vector<float>& points) : xyz(points) {}

  void sort() {
    statistics.reset();
    cloud = canonical_order(PointsView(xyz));
  }
  void neighbors() const {
    const std::size_t entries = cloud.size() * outlier::kNeighbors;
    std::vector<std::uint32_t> rows(entries);
    std::vector<float> distances(entries);
    knn::all_nearest(PointsView(cloud.xyz), outlier::kNeighbors, rows, distances);
  }
  void features() { statistics.emplace(cloud, serial_executor()); }
  void network() const {
    const outlier::NetworkInput input{
        statistics->size(),
        statistics->point_features(),
        statistics->neighbor_sets(),
        [this](std::size_t i, float* out) { statistics->set_features(i, out); },
        nullptr,
        {},
        {}};
    (void)model->network().logits(input);
  }
};

void print(const std::vector<Row>& rows, const std::string& order, std::size_t points) {
  const auto per_point = [&](double seconds) {
    return 1e6 * seconds / static_cast<double>(points);
  };
  const double baseline = median(rows.front().times).cpu_seconds;
  for (const Row& row : rows) {
    const Time time = median(row.times);
    std::printf("| %s | %s | %d | %.2f | %.2f | %.2f |\n", order.c_str(), row.name.c_str(),
                row.threads, per_point(time.wall_seconds), per_point(time.cpu_seconds),
                time.cpu_seconds / baseline);
  }
}

void measure(std::vector<Row>& rows, int runs) {
  for (int run = 0; run < runs; ++run) {
    for (Row& row : rows) {
      pin_to_processors(row.threads);
      row.times.push_back(time_of(row.work));
    }
  }
}

void compare(const std::vector<float>& xyz, const std::string& order, int runs) {
  const outlier::OutlierScorer scorer;
  const PointsView points(xyz);
  Stages stages(xyz);
  std::vector<Row> rows;
#ifdef EQUICLOUD_BENCH_PCL
  const PclFilter filter(xyz);
  rows.push_back({"PCL " + PclFilter::version() + " SOR k=" + std::to_string(kPclNeighbors),
                  1,
                  [&] { (void)filter.keep(kPclNeighbors); },
                  {}});
#endif
  rows.push_back({"equicloud score", 1, [&] { (void)scorer.score(points); }, {}});
  rows.push_back({"of it: canonical order", 1, [&] { stages.sort(); }, {}});
  rows.push_back({"of it: 16 neighbours", 1, [&] { stages.neighbors(); }, {}});
  rows.push_back({"of it: neighbours and local statistics", 1, [&] { stages.features(); }, {}});
  rows.push_back({"of it: set features and network", 1, [&] { stages.network(); }, {}});
  if (pin_to_processors(2))
    rows.push_back({"equicloud score", 2, [&] { (void)scorer.score(points, ThreadPool(2)); }, {}});
  measure(rows, runs);
  print(rows, order, xyz.size() / 3);
}

int run(int argc, char** argv) {
  CLI::App app(
      "Microseconds a point of equicloud's scorer beside PCL's StatisticalOutlierRemoval.");
  std::size_t points = 1'000'000;
  int runs = 5;
  app.add_option("--points", points, "Points of the generated street")
      ->check(CLI::Range(1'000, 10'000'000))
      ->capture_default_str();
  app.add_option("--runs", runs, "Runs; the table holds medians")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  std::printf("%zu points of a generated street, median of %d runs, microseconds a point\n\n",
              points, runs);
  std::printf("| order | what | threads | wall | CPU | CPU against the first row |\n");
  std::printf("|---|---|---|---|---|---|\n");
  const std::vector<float> street = street_in_scan_order(points);
  compare(street, "scan", runs);
  compare(shuffled(street), "shuffled", runs);
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench", equicloud::bench::run, argc, argv);
}
