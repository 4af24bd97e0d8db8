// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_batch: a folder of many small and some large clouds through `equicloud score`,
// held against the same clouds scored in memory by one thread, and beside what others have for the
// job where it is installed: PCL's program under GNU parallel, a loop over Open3D in Python.
// Competitors take turns.
#include <bench/child.h>
#include <bench/clouds.h>
#include <bench/program.h>
#include <bench/stopwatch.h>
#include <equicloud/base/error.h>
#include <equicloud/base/span.h>
#include <equicloud/io/header.h>
#include <equicloud/io/writer.h>
#include <equicloud/outlier/scorer.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace equicloud::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSmallPoints = 1024;
constexpr std::size_t kLargePoints = 100'000;
constexpr std::size_t kFilesAFolder = 1000;

// The interpreter that Debian's python3-open3d is for.
const std::string kPython = "/usr/bin/python3";

struct Options {
  std::size_t small = 20'000;
  std::size_t large = 200;
  std::size_t peer_clouds = 500;  // small ones that PCL's program gets: it needs a process each
  int threads = 2;
  int runs = 3;
  std::string folder = "batch-bench";
  std::string memory = "2G";
  std::string open3d_loop;  // open3d_loop.py; empty: that peer does not take part
};

// All clouds are pieces of one drive through a street, taken round and round.
class Pieces {
 public:
  explicit Pieces(const Options& options)
      : small_(options.small),
        clouds_(options.small + options.large),
        street_(street_in_scan_order(2'000'000)) {}

  std::size_t size() const { return clouds_; }
  bool is_small(std::size_t i) const { return i < small_; }
  Span<const float> xyz(std::size_t i) const {
    const std::size_t points = is_small(i) ? kSmallPoints : kLargePoints;
    const std::size_t places = street_.size() / 3 - points;
    return {street_.data() + 3 * (i * kSmallPoints % places), 3 * points};
  }

 private:
  std::size_t small_;
  std::size_t clouds_;
  std::vector<float> street_;
};

fs::path place_of(const Pieces& pieces, std::size_t i) {
  const std::string kind = pieces.is_small(i) ? "small" : "large";
  return fs::path(kind) / std::to_string(i / kFilesAFolder) / (std::to_string(i) + ".pcd");
}

void save(const Pieces& pieces, const fs::path& folder) {
  const std::vector<io::Field> fields = {
      {"x", io::Scalar::f32}, {"y", io::Scalar::f32}, {"z", io::Scalar::f32}};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const fs::path path = folder / place_of(pieces, i);
    if (fs::exists(path)) continue;
    fs::create_directories(path.parent_path());
    const Span<const float> xyz = pieces.xyz(i);
    io::write_cloud(
        path.string(),
        io::make_header(io::Format::pcd, io::Encoding::binary, fields, xyz.size() / 3),
        {reinterpret_cast<const unsigned char*>(xyz.data()), xyz.size() * sizeof(float)});
  }
}

Time score_in_memory(const Pieces& pieces) {
  const outlier::OutlierScorer scorer;
  outlier::Workspace workspace;
  outlier::Scores scores;
  return time_of([&] {
    for (std::size_t i = 0; i < pieces.size(); ++i)
      scorer.score({pieces.xyz(i).data(), pieces.xyz(i).size() / 3}, serial_executor(), workspace,
                   scores);
  });
}

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

Child score_folder(const Options& options, const fs::path& in, const fs::path& out) {
  return run_child(quoted(fs::read_symlink("/proc/self/exe").parent_path() / "equicloud") +
                   " score " + quoted(in) + " -o " + quoted(out) + " --quiet --threads " +
                   std::to_string(options.threads) + " --memory " + options.memory);
}

// The program that PCL's users loop over files, on the first small clouds.
Child pcl_over_small_ones(const Options& options, const fs::path& in, const fs::path& out) {
  fs::create_directories(out);
  return run_child("find " + quoted(in / "small") + " -name '*.pcd' | sort | head -n " +
                   std::to_string(options.peer_clouds) + " | parallel -j " +
                   std::to_string(options.threads) + " pcl_outlier_removal {} " + quoted(out) +
                   "/{/} -method statistical -mean_k 16 -std_dev_mul 2.0" + " >/dev/null 2>&1");
}

// All clouds, in as many processes; a thread each, for more would share the same cores.
Child open3d_over_all(const Options& options, const fs::path& in, const fs::path& out) {
  return run_child("OMP_NUM_THREADS=1 " + kPython + " " + quoted(fs::path(options.open3d_loop)) +
                   " " + quoted(in) + " " + quoted(out) + " " + std::to_string(options.threads));
}

bool there_is(const std::string& command) {
  return run_child("{ " + command + "; } >/dev/null 2>&1").status == 0;
}

void print_row(const std::string& what, const Time& time, double clouds, double points,
               double peak_mb) {
  std::printf("| %s | %.1f | %.1f | %.0f | %.0f | %s |\n", what.c_str(), time.wall_seconds,
              time.cpu_seconds, clouds / time.wall_seconds, points / time.wall_seconds,
              peak_mb > 0 ? std::to_string(static_cast<long>(peak_mb)).c_str() : "");
}

struct Measured {
  std::vector<Time> memory, folder, pcl, open3d;
  double peak_mb = 0.0;
  double open3d_peak_mb = 0.0;
};

Measured measure(const Options& options, const Pieces& pieces) {
  const fs::path in = fs::path(options.folder) / "in";
  // Folders of their own: ext4 looks long for places that were not freed in the last minutes.
  const fs::path out = fs::path(options.folder) / ("out-" + std::to_string(::getpid()));
  save(pieces, in);
  const bool has_pcl = there_is("command -v parallel && command -v pcl_outlier_removal");
  const bool has_open3d = !options.open3d_loop.empty() && there_is(kPython + " -c 'import open3d'");
  Measured measured;
  for (int run = 0; run < options.runs; ++run) {
    measured.memory.push_back(score_in_memory(pieces));
    const Child child = score_folder(options, in, out / std::to_string(run));
    if (child.status != 0)
      throw IoError("equicloud score ended with " + std::to_string(child.status));
    measured.folder.push_back(child.time);
    measured.peak_mb = std::max(measured.peak_mb, child.peak_mb);
    if (has_pcl)
      measured.pcl.push_back(
          pcl_over_small_ones(options, in, out / ("pcl-" + std::to_string(run))).time);
    if (has_open3d) {
      const Child loop = open3d_over_all(options, in, out / ("open3d-" + std::to_string(run)));
      if (loop.status != 0)
        throw IoError("the loop over Open3D ended with " + std::to_string(loop.status));
      measured.open3d.push_back(loop.time);
      measured.open3d_peak_mb = std::max(measured.open3d_peak_mb, loop.peak_mb);
    }
  }
  fs::remove_all(out);
  return measured;
}

void print(const Options& options, const Measured& measured) {
  const auto clouds = static_cast<double>(options.small + options.large);
  const auto points =
      static_cast<double>(options.small * kSmallPoints + options.large * kLargePoints);
  const Time memory = median(measured.memory);
  const Time folder = median(measured.folder);
  std::printf("%zu clouds of %zu points and %zu of %zu, median of %d runs\n\n", options.small,
              kSmallPoints, options.large, kLargePoints, options.runs);
  std::printf(
      "| what | wall s | CPU s | clouds/s | points/s | peak MB |\n|---|---|---|---|---|---|\n");
  print_row("in memory, 1 thread", memory, clouds, points, 0);
  print_row("equicloud score, " + std::to_string(options.threads) + " threads", folder, clouds,
            points, measured.peak_mb);
  if (!measured.open3d.empty())
    print_row("Open3D in Python, " + std::to_string(options.threads) + " processes",
              median(measured.open3d), clouds, points, measured.open3d_peak_mb);
  const auto few = static_cast<double>(options.peer_clouds);
  if (!measured.pcl.empty())
    print_row("PCL under GNU parallel, small clouds alone", median(measured.pcl), few,
              few * kSmallPoints, 0);
  std::printf("\nthroughput against %d x one thread in memory: %.3f by wall, %.3f by CPU time\n",
              options.threads, memory.wall_seconds / (options.threads * folder.wall_seconds),
              memory.cpu_seconds / folder.cpu_seconds);
  if (!measured.open3d.empty())
    std::printf("clouds/s against Open3D: %.2f x\n",
                median(measured.open3d).wall_seconds / folder.wall_seconds);
  if (!measured.pcl.empty())
    std::printf("clouds/s against PCL under GNU parallel: %.1f x\n",
                clouds / folder.wall_seconds * median(measured.pcl).wall_seconds / few);
}

int run(int argc, char** argv) {
  CLI::App app("A folder of clouds through `equicloud score`, beside one thread in memory.");
  Options options;
  app.add_option("--small", options.small, "Clouds of 1,024 points")->capture_default_str();
  app.add_option("--large", options.large, "Clouds of 100,000 points")->capture_default_str();
  app.add_option("--peer-clouds", options.peer_clouds, "Small clouds that PCL's program gets")
      ->capture_default_str();
  app.add_option("--threads", options.threads)->check(CLI::Range(1, 1024))->capture_default_str();
  app.add_option("--runs", options.runs, "Runs; the table holds medians")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--folder", options.folder, "To work in; kept")->capture_default_str();
  app.add_option("--memory", options.memory, "Bound for `equicloud score`")->capture_default_str();
  app.add_option("--open3d-loop", options.open3d_loop,
                 "apps/bench/open3d_loop.py, to have Open3D take part")
      ->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);
  print(options, measure(options, Pieces(options)));
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_batch", equicloud::bench::run, argc, argv);
}
