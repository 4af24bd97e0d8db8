// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_frames: how long a frame of a LiDAR waits in the PCL filter, from setInputCloud
// to the cleaned cloud: median and 99th percentile over many calls of one filter object, on one and
// two threads, beside PCL's statistical filter in the same run. The frame's copy after each change
// makes every call see new memory, as a driver's messages are.
#include <bench/clouds.h>
#include <bench/program.h>
#include <bench/stopwatch.h>
#include <equicloud/io/positions.h>
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/filters/statistical_outlier_removal.h>
#include <pcl/point_types.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace equicloud::bench {
namespace {

using Cloud = pcl::PointCloud<pcl::PointXYZ>;

constexpr std::size_t kGeneratedPoints = 120'000;
constexpr int kPclNeighbors = 16;

std::vector<float> frame_of(const std::string& path) {
  if (path.empty()) return street_in_scan_order(kGeneratedPoints);
  return io::read_positions(*io::open(path)).xyz;
}

Cloud cloud_of(const std::vector<float>& xyz) {
  Cloud cloud;
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
    cloud.push_back(pcl::PointXYZ(xyz[i], xyz[i + 1], xyz[i + 2]));
  return cloud;
}

// The value that this share of the times does not exceed (nearest rank), in milliseconds.
double percentile_ms(std::vector<double> seconds, double share) {
  std::sort(seconds.begin(), seconds.end());
  const auto rank =
      static_cast<std::size_t>(std::ceil(share * static_cast<double>(seconds.size())));
  return 1e3 * seconds[std::max<std::size_t>(rank, 1) - 1];
}

template <typename Filter>
void measure(Filter& filter, const Cloud& frame, int runs, const char* name, int threads) {
  pin_to_processors(threads);
  std::vector<double> seconds;
  Cloud output;
  for (int run = 0; run < runs + 1; ++run) {  // the first call fills the filter's memory
    const Cloud::Ptr message(new Cloud(frame));
    const Time time = time_of([&] {
      filter.setInputCloud(message);
      filter.filter(output);
    });
    if (run > 0) seconds.push_back(time.wall_seconds);
  }
  std::printf("| %s | %d | %zu | %.1f | %.1f |\n", name, threads, output.size(),
              percentile_ms(seconds, 0.5), percentile_ms(seconds, 0.99));
  std::fflush(stdout);
}

int run(int argc, char** argv) {
  CLI::App app(
      "Latency of a frame in the PCL filter: median and 99th percentile, in milliseconds.");
  std::string path;
  int runs = 100;
  app.add_option("--frame", path,
                 "A scan (.pcd .ply .xyz .txt .pts .csv, KITTI .bin); default: a generated street");
  app.add_option("--runs", runs, "Calls a row")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const Cloud frame = cloud_of(frame_of(path));
  std::printf("%zu points, %d calls a row, wall milliseconds\n\n", frame.size(), runs);
  std::printf("| filter | threads | points kept | median | 99th percentile |\n");
  std::printf("|---|---|---|---|---|\n");
  pcl::StatisticalOutlierRemoval<pcl::PointXYZ> statistical;
  statistical.setMeanK(kPclNeighbors);
  measure(statistical, frame, runs, "pcl::StatisticalOutlierRemoval, k = 16", 1);
  for (const int threads : {1, 2}) {
    EquivariantOutlierRemoval<pcl::PointXYZ> filter;
    filter.setNumberOfThreads(static_cast<unsigned int>(threads));
    measure(filter, frame, runs, "EquivariantOutlierRemoval", threads);
  }
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_frames", equicloud::bench::run, argc, argv);
}
