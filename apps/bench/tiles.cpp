// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_tiles: one file far larger than the memory that `equicloud score` may use, beside
// a smaller one of the same kind scored both in memory and in tiles. Time and peak memory of each,
// and whether every field of every point is what it was and every score what it is in memory.
#include <bench/child.h>
#include <bench/program.h>
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/writer.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace equicloud::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::uint64_t points = 200'000'000;
  std::string memory = "2G";
  std::uint64_t reference_points = 5'000'000;
  std::string reference_memory = "512M";
  int threads = 2;
  std::string folder = "tiles-bench";
};

// A survey as an aircraft makes it: strips 200 m wide over a wavy ground, 50 points a metre of
// flight, two in a hundred of them strays above or below it.
constexpr std::uint64_t kStripPoints = 100'000;
constexpr double kStripWidth = 200.0, kPointsAMetre = 50.0, kStrays = 0.02;

struct Record {
  float x, y, z, intensity;
  std::uint32_t number;
};
static_assert(sizeof(Record) == 20);

Record surveyed(std::uint64_t i, Random& random) {
  const std::uint64_t strip = i / kStripPoints;
  const double along = static_cast<double>(i % kStripPoints) / kPointsAMetre;
  const double x = strip % 2 == 0 ? along : kStripPoints / kPointsAMetre - along;
  const double y = kStripWidth * (static_cast<double>(strip) + random.uniform());
  double z = 8.0 * std::sin(x / 90.0) * std::cos(y / 70.0) + 0.02 * random.normal();
  if (random.uniform() < kStrays) z += random.uniform(-30.0, 60.0);
  return {static_cast<float>(x), static_cast<float>(y), static_cast<float>(z),
          static_cast<float>(random.below(256)), static_cast<std::uint32_t>(i)};
}

void survey(const fs::path& path, std::uint64_t points) {
  const io::Header header = io::make_header(io::Format::pcd, io::Encoding::binary,
                                            {{"x", io::Scalar::f32},
                                             {"y", io::Scalar::f32},
                                             {"z", io::Scalar::f32},
                                             {"intensity", io::Scalar::f32},
                                             {"number", io::Scalar::u32}},
                                            points);
  io::Writer writer(path.string(), header);
  Random random(1);
  io::Chunk chunk;
  chunk.record_bytes = sizeof(Record);
  for (std::uint64_t begin = 0; begin < points; begin += io::kChunkPoints) {
    chunk.points =
        static_cast<std::size_t>(std::min<std::uint64_t>(io::kChunkPoints, points - begin));
    chunk.records.resize(chunk.points * sizeof(Record));
    for (std::size_t i = 0; i < chunk.points; ++i) {
      const Record record = surveyed(begin + i, random);
      std::memcpy(chunk.records.data() + i * sizeof(Record), &record, sizeof(Record));
    }
    writer.write(chunk);
  }
  writer.finish();
}

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

Child score(const Options& options, const fs::path& in, const fs::path& out,
            const std::string& memory) {
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "equicloud";
  const Child child = run_child("exec " + quoted(program) + " score " + quoted(in) + " -o " +
                                quoted(out) + " --overwrite --quiet --threads " +
                                std::to_string(options.threads) + " --memory " + memory);
  if (child.status != 0)
    throw IoError("equicloud score ended with " + std::to_string(child.status));
  return child;
}

/// How two files of the same points differ.
struct Difference {
  std::uint64_t changed = 0;  // points with other bytes in a field of the survey, or missing
  std::uint64_t without = 0;  // points of the second without a score
  double largest = 0.0;       // between the scores of both, where both have some
};

Difference compare(const fs::path& one, const fs::path& other) {
  const auto a = io::open(one.string()), b = io::open(other.string());
  const bool both = a->header().find("outlier_score") != nullptr;
  const std::size_t score_at = b->header().find("outlier_score")->offset;
  const auto score_of = [score_at](const unsigned char* record) {
    float score = 0.0F;
    std::memcpy(&score, record + score_at, sizeof(score));
    return static_cast<double>(score);
  };
  Difference difference;
  io::Chunk left, right;
  while (a->read(left, io::kChunkPoints)) {
    b->read(right, io::kChunkPoints);
    const std::size_t points = std::min(left.points, right.points);
    difference.changed += left.points - points;
    for (std::size_t i = 0; i < points; ++i) {
      if (std::memcmp(left.record(i), right.record(i), sizeof(Record)) != 0) ++difference.changed;
      const double score = score_of(right.record(i));
      if (!(score >= 0.0 && score <= 1.0)) ++difference.without;
      if (both)
        difference.largest =
            std::max(difference.largest, std::abs(score - score_of(left.record(i))));
    }
  }
  return difference;
}

void print_row(const std::string& what, std::uint64_t points, const Child& child) {
  std::printf("| %s | %llu | %.1f | %.0f | %.0f |\n", what.c_str(),
              static_cast<unsigned long long>(points), child.time.wall_seconds,
              static_cast<double>(points) / child.time.wall_seconds, child.peak_mb);
  std::fflush(stdout);
}

void print_difference(const std::string& what, const Difference& d) {
  std::printf("%s: %llu points changed, %llu without a score\n", what.c_str(),
              static_cast<unsigned long long>(d.changed),
              static_cast<unsigned long long>(d.without));
}

void measure(const Options& options) {
  const fs::path folder(options.folder);
  const fs::path small = folder / "reference.pcd", large = folder / "large.pcd";
  fs::create_directories(folder);
  survey(small, options.reference_points);
  survey(large, options.points);
  std::printf("| how | points | wall s | points/s | peak MB |\n|---|---|---|---|---|\n");
  const Child memory = score(options, small, folder / "memory", "64G");
  print_row("in memory", options.reference_points, memory);
  const Child few = score(options, small, folder / "tiles", options.reference_memory);
  print_row("--memory " + options.reference_memory, options.reference_points, few);
  const Child many = score(options, large, folder / "large", options.memory);
  print_row("--memory " + options.memory, options.points, many);
  std::printf("\nspeed of the large file over that in memory: %.2f\n",
              static_cast<double>(options.points) / many.time.wall_seconds *
                  memory.time.wall_seconds / static_cast<double>(options.reference_points));
  const Difference tiled =
      compare(folder / "memory" / "reference.pcd", folder / "tiles" / "reference.pcd");
  print_difference("tiles against memory", tiled);
  std::printf("largest difference of a score: %.3g\n", tiled.largest);
  print_difference("large file against its input", compare(large, folder / "large" / "large.pcd"));
}

int run(int argc, char** argv) {
  CLI::App app("A file larger than the memory it may take, through `equicloud score`.");
  Options options;
  app.add_option("--points", options.points, "of the large file, 20 bytes each")
      ->check(CLI::Range(1, 2'000'000'000))
      ->capture_default_str();
  app.add_option("--memory", options.memory, "bound for it")->capture_default_str();
  app.add_option("--reference-points", options.reference_points,
                 "of the file that is also scored in memory, about 500 bytes each")
      ->check(CLI::Range(1, 2'000'000'000))
      ->capture_default_str();
  app.add_option("--reference-memory", options.reference_memory, "bound that puts it in tiles")
      ->capture_default_str();
  app.add_option("--threads", options.threads)->check(CLI::Range(1, 1024))->capture_default_str();
  app.add_option("--folder", options.folder,
                 "to work in; kept: 44 bytes a point, while scoring 156")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  measure(options);
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_tiles", equicloud::bench::run, argc, argv);
}
