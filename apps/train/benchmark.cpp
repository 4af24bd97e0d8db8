// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/knn/neighbors.h>
#include <equicloud/points/canonical_order.h>
#include <train/benchmark.h>
#include <train/density.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::train {
namespace {

constexpr std::uint64_t kValidationSeed = 0x76616c6964617465;  // "validate"
constexpr double kJitter = 0.2;

/// FNV-1a: the same on every platform, as std::hash is not.
std::uint64_t hash(const std::string& text) {
  std::uint64_t h = 0xcbf29ce484222325;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return h;
}

}  // namespace

std::string Benchmark::name(std::size_t cell) const {
  const int percent = static_cast<int>(std::lround(100 * share(cell)));
  return std::string(name_of(kind(cell))) + " " + std::to_string(percent) + " %";
}

Random validation_stream(const CleanCloud& shape, std::uint64_t cell) {
  return Random(kValidationSeed).fork(hash(shape.name)).fork(cell);
}

LabelledCloud validation_case(const CleanCloud& shape, const Benchmark& benchmark, std::size_t cell,
                              std::size_t clean_points) {
  Random random = validation_stream(shape, benchmark.first_stream + cell);
  const Surface surface(random_subset(shape.xyz, clean_points, random));
  Dirt dirt;
  dirt.jitter = kJitter;
  if (cell < benchmark.cells()) {
    dirt.share = benchmark.share(cell);
    dirt.kinds = {benchmark.kind(cell)};
  }
  return corrupt(surface, dirt, random);
}

std::vector<NeighborDistances> neighbor_distances(const std::vector<float>& xyz,
                                                  const std::vector<int>& counts) {
  const CanonicalCloud cloud = canonical_order(PointsView(xyz));
  const auto most = static_cast<std::size_t>(counts.back());
  if (cloud.size() <= most) {
    throw InvalidArgument("distances to " + std::to_string(most) + " neighbours needs more than " +
                          std::to_string(most) + " distinct points, got " +
                          std::to_string(cloud.size()));
  }
  std::vector<std::uint32_t> neighbors(cloud.size() * most);
  std::vector<float> distances(cloud.size() * most);
  knn::all_nearest(PointsView(cloud.xyz), counts.back(), neighbors, distances);
  const std::size_t n = cloud.row_of_input.size();
  const std::vector<float> none(n, std::numeric_limits<float>::quiet_NaN());
  std::vector<NeighborDistances> scores(counts.size(), {none, none});
  for (std::size_t i = 0; i < n; ++i) {
    if (cloud.row_of_input[i] < 0) continue;
    const float* row = &distances[static_cast<std::size_t>(cloud.row_of_input[i]) * most];
    double sum = 0.0;
    std::size_t next = 0;
    for (std::size_t c = 0; c < counts.size(); ++c) {
      for (; next < static_cast<std::size_t>(counts[c]); ++next) sum += row[next];
      scores[c].mean[i] = static_cast<float>(sum / counts[c]);
      scores[c].last[i] = row[next - 1];
    }
  }
  return scores;
}

}  // namespace equicloud::train
