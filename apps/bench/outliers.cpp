// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_outliers: what the outlier filters that people use cost a point, in one table:
// ours, PCL's statistical and radius filters, Open3D's statistical one, and nanoflann's neighbours
// alone; clouds of several sizes, in the order of measurement and shuffled, of a LiDAR and of a
// surface. Each in a process of its own; competitors take turns.
#include <bench/apart.h>
#include <bench/clouds.h>
#include <bench/nanoflann_neighbors.h>
#include <bench/open3d_filter.h>
#include <bench/pcl_filter.h>
#include <bench/program.h>
#include <equicloud/base/executor.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/outlier/scorer.h>
#include <equicloud/points/canonical_order.h>
#include <figures/image.h>
#include <figures/plot.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace equicloud::bench {
namespace {

constexpr int kNeighbors = 16;
constexpr int kManyNeighbors = 50;
constexpr int kLeastWithin = 4;  // for the radius filter

struct Options {
  std::vector<std::size_t> sizes = {100'000, 1'000'000, 5'000'000};
  int runs = 3;
  std::string plots = ".";
};

struct Competitor {
  std::string name;
  int threads = 1;
  std::function<void()> work;
  std::vector<Time> times;
  double peak_bytes = 0.0;
};

/// Half of the points have 16 others within it.
double usual_radius(const std::vector<float>& xyz) {
  const CanonicalCloud cloud = canonical_order(PointsView(xyz));
  std::vector<std::uint32_t> neighbors(cloud.size() * kNeighbors);
  std::vector<float> distances(neighbors.size());
  knn::all_nearest(PointsView(cloud.xyz), kNeighbors, neighbors, distances);
  std::vector<float> last;
  for (std::size_t i = kNeighbors - 1; i < distances.size(); i += kNeighbors)
    last.push_back(distances[i]);
  const auto middle = last.begin() + static_cast<std::ptrdiff_t>(last.size() / 2);
  std::nth_element(last.begin(), middle, last.end());
  return static_cast<double>(*middle) / cloud.scale;
}

void measure(std::vector<Competitor>& competitors, int runs) {
  for (int run = 0; run < runs; ++run)
    for (Competitor& competitor : competitors) {
      pin_to_processors(competitor.threads);
      const Cost cost = cost_of(competitor.work);
      competitor.times.push_back(cost.time);
      competitor.peak_bytes = std::max(competitor.peak_bytes, cost.peak_bytes);
    }
}

/// CPU microseconds a point on one thread, by competitor, a point of the curve each size.
using Curves = std::map<std::string, figures::Curve>;

void report(const std::string& cloud, std::size_t points,
            const std::vector<Competitor>& competitors, Curves& curves) {
  const auto per_point = [points](double seconds) {
    return 1e6 * seconds / static_cast<double>(points);
  };
  const double ours = median(competitors.front().times).cpu_seconds;
  for (const Competitor& competitor : competitors) {
    const Time time = median(competitor.times);
    std::printf("| %s | %zu | %s | %d | %.2f | %.2f | %.2f | %.0f |\n", cloud.c_str(), points,
                competitor.name.c_str(), competitor.threads, per_point(time.wall_seconds),
                per_point(time.cpu_seconds), ours / time.cpu_seconds,
                competitor.peak_bytes / static_cast<double>(points));
    if (competitor.threads > 1) continue;
    figures::Curve& curve = curves[competitor.name];
    curve.name = competitor.name;
    curve.x.push_back(static_cast<double>(points));
    curve.y.push_back(per_point(time.cpu_seconds));
  }
  std::fflush(stdout);
}

void compare(const std::string& cloud, const std::vector<float>& xyz, int runs, Curves& curves) {
  const outlier::OutlierScorer scorer;
  const PclFilter pcl(xyz);
  const Open3dFilter open3d(xyz);
  const double radius = usual_radius(xyz);
  const std::string k = " k=" + std::to_string(kNeighbors);
  const std::string pcl_name = "PCL " + PclFilter::version();
  const std::string open3d_name = "Open3D " + Open3dFilter::version() + " SOR" + k;
  std::vector<Competitor> all;
  const auto add = [&all](const std::string& name, int threads, std::function<void()> work) {
    all.push_back({name, threads, std::move(work), {}, 0.0});
  };
  add("equicloud", 1, [&] { (void)scorer.score(PointsView(xyz)); });
  add("equicloud", 2, [&] { (void)scorer.score(PointsView(xyz), ThreadPool(2)); });
  add(pcl_name + " SOR" + k, 1, [&] { (void)pcl.keep(kNeighbors); });
  add(pcl_name + " SOR k=" + std::to_string(kManyNeighbors), 1,
      [&] { (void)pcl.keep(kManyNeighbors); });
  add(pcl_name + " ROR", 1, [&] { (void)pcl.keep_within(radius, kLeastWithin); });
  for (const int threads : {1, 2})
    add(open3d_name, threads, [&, threads] { (void)open3d.keep(kNeighbors, threads); });
  add("nanoflann" + k + ", neighbours alone", 1,
      [&] { (void)sum_of_last_distances(xyz, kNeighbors); });
  measure(all, runs);
  report(cloud, xyz.size() / 3, all, curves);
}

void draw(const std::string& cloud, const Curves& curves, const std::string& folder) {
  std::vector<figures::Curve> all;
  for (const auto& [name, curve] : curves) all.push_back(curve);
  figures::PlotStyle style;
  style.title = cloud;
  style.x = {"points", figures::Scale::logarithmic};
  style.y = {"microseconds a point, one thread", figures::Scale::logarithmic};
  style.width = 960;
  style.key_beside = true;
  std::string name = cloud;
  std::replace(name.begin(), name.end(), ' ', '-');
  name.erase(std::remove(name.begin(), name.end(), ','), name.end());
  figures::save_png(figures::draw_plot(all, style), folder + "/outliers-" + name + ".png");
}

int run(int argc, char** argv) {
  CLI::App app("What outlier filters cost a point: equicloud, PCL, Open3D, nanoflann.");
  Options options;
  app.add_option("--sizes", options.sizes, "points of the clouds")
      ->check(CLI::Range(1'000, 10'000'000))
      ->capture_default_str();
  app.add_option("--runs", options.runs, "Runs; the table holds medians")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--plots", options.plots, "folder for outliers-*.png")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  std::printf(
      "microseconds a point, median of %d runs; memory: bytes a point at the peak, over "
      "the cloud\n\n| cloud | points | what | threads | wall | CPU | CPU of ours over it | "
      "memory |\n|---|---|---|---|---|---|---|---|\n",
      options.runs);
  const std::vector<std::pair<std::string, std::vector<float> (*)(std::size_t)>> clouds = {
      {"LiDAR", street_in_scan_order}, {"surface", surface_in_rows}};
  for (const auto& [name, make] : clouds)
    for (const bool mixed : {false, true}) {
      const std::string cloud = name + (mixed ? ", shuffled" : ", in order");
      Curves curves;
      for (const std::size_t points : options.sizes) {
        const std::vector<float> xyz = make(points);
        compare(cloud, mixed ? shuffled(xyz) : xyz, options.runs, curves);
      }
      if (options.sizes.size() > 1) draw(cloud, curves, options.plots);
    }
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_outliers", equicloud::bench::run, argc,
                                       argv);
}
