// SPDX-License-Identifier: BSD-3-Clause
// equicloud_bench_descriptors: what PCL offers for "what is it" without training: VFH and ESF of
// the stored clouds and the nearest one's label, on the split that the shape classifier is judged
// by, as the shapes stand and turned at random.
#include <bench/nearest_descriptor.h>
#include <bench/pcl_descriptors.h>
#include <bench/program.h>
#include <bench/stopwatch.h>
#include <train/classifier_measure.h>
#include <train/modelnet.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace equicloud::bench {
namespace {

using train::Answer;
using train::Cloud;
using Rows = std::vector<std::size_t>;

constexpr std::uint64_t kStoredSeed = 11;  // rotations of the stored shapes
constexpr std::uint64_t kAskedSeed = 1;    // those of equicloud_validate's first seed

struct Kind {
  const char* name;
  std::vector<float> (*describe)(const std::vector<float>&);
};
struct Comparison {
  const char* name;
  std::size_t kind;  // into kKinds
  std::size_t bins;
  Distance distance;
};
constexpr Kind kKinds[] = {{"VFH", vfh}, {"ESF", esf}};
constexpr Comparison kComparisons[] = {
    {"VFH", 0, kVfhBins, Distance::chi_square},
    {"VFH", 0, kVfhBins, Distance::euclidean},
    {"VFH without its viewpoint", 0, kVfhShapeBins, Distance::chi_square},
    {"ESF", 1, kEsfBins, Distance::chi_square},
    {"ESF", 1, kEsfBins, Distance::euclidean},
};

/// The rows' descriptors of both kinds, with their labels.
struct Described {
  Labelled kinds[2];
};

Rows some(const Rows& rows, double share) {
  Rows chosen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto before = std::floor(share * static_cast<double>(i));
    if (std::floor(share * static_cast<double>(i + 1)) > before) chosen.push_back(rows[i]);
  }
  return chosen;
}

class Comparer {
 public:
  Comparer(const train::ShapeSet& shapes, const Executor& executor)
      : shapes_(shapes), executor_(executor) {}

  Described standing(const Rows& rows) const {
    std::vector<Cloud> clouds;
    for (const std::size_t row : rows) clouds.push_back(shapes_.clouds[row]);
    return described(clouds, rows);
  }
  Described turned(const Rows& rows, std::uint64_t seed) const {
    return described(train::damaged_clouds(shapes_, rows, train::Damage::clean, seed, executor_),
                     rows);
  }
  /// A row of the table for each comparison.
  void compare(const char* poses, const Described& stored, const Described& asked) const {
    for (const Comparison& c : kComparisons) {
      const Labelled& questions = asked.kinds[c.kind];
      const std::vector<std::uint32_t> labels = nearest_labels(
          questions.descriptors, stored.kinds[c.kind], c.distance, c.bins, executor_);
      std::vector<Answer> answers;
      for (std::size_t i = 0; i < labels.size(); ++i) {
        answers.push_back({questions.labels[i], labels[i], 0.0F, 0.0F, false});
      }
      std::printf("| %s | %s | %s | %.2f | %.2f |\n", c.name, name_of(c.distance), poses,
                  100.0 * train::accuracy(answers), 100.0 * train::mean_class_accuracy(answers));
    }
    std::fflush(stdout);
  }

 private:
  Described described(const std::vector<Cloud>& clouds, const Rows& rows) const {
    Described result;
    for (std::size_t k = 0; k < std::size(kKinds); ++k) {
      Labelled& all = result.kinds[k];
      all.descriptors.resize(clouds.size());
      const Time time = time_of([&] {
        executor_.run(clouds.size(),
                      [&](std::size_t i) { all.descriptors[i] = kKinds[k].describe(clouds[i]); });
      });
      for (const std::size_t row : rows) all.labels.push_back(shapes_.labels[row]);
      std::fprintf(stderr, "%s of %zu clouds: %.2f ms of processor time each\n", kKinds[k].name,
                   clouds.size(), 1e3 * time.cpu_seconds / static_cast<double>(clouds.size()));
    }
    return result;
  }

  const train::ShapeSet& shapes_;
  const Executor& executor_;
};

int run(int argc, char** argv) {
  CLI::App app("PCL's VFH and ESF with the nearest stored cloud's label, on validation shapes.");
  std::string folder;
  double share = 1.0;
  int threads = 0;
  app.add_option("--data", folder,
                 "folder of packed ModelNet shards (labels.csv), or a folder of clouds a class")
      ->required();
  app.add_option("--train-share", share, "part of the training clouds that is stored")
      ->check(CLI::Range(0.001, 1.0))
      ->capture_default_str();
  app.add_option("--threads", threads, "0: all cores")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const train::ShapeSet shapes = train::read_shapes(folder);
  const train::Split halves = train::split(shapes.labels);
  const Rows stored = some(halves.train, share);
  const ThreadPool pool(threads);
  const Comparer comparer(shapes, pool);
  std::printf("%zu stored clouds, %zu validation clouds, nearest neighbour, per cent\n\n",
              stored.size(), halves.validation.size());
  std::printf("| descriptor | distance | stored / asked | accuracy | class mean |\n");
  std::printf("|---|---|---|---|---|\n");
  const Described still = comparer.standing(stored);
  const Described asked = comparer.turned(halves.validation, kAskedSeed);
  comparer.compare("aligned / aligned", still, comparer.standing(halves.validation));
  comparer.compare("aligned / rotated", still, asked);
  comparer.compare("rotated / rotated", comparer.turned(stored, kStoredSeed), asked);
  return 0;
}

}  // namespace
}  // namespace equicloud::bench

int main(int argc, char** argv) {
  return equicloud::bench::exit_status("equicloud_bench_descriptors", equicloud::bench::run, argc,
                                       argv);
}
