// SPDX-License-Identifier: BSD-3-Clause
#include <bench/nearest_descriptor.h>

#include <array>
#include <limits>
#include <numeric>

namespace equicloud::bench {
namespace {

constexpr std::size_t kLanes = 8;  // sums side by side, for the compiler's vectors
constexpr float kNothing = 1e-30F;

/// The sum of term(a_i, b_i).
template <typename Term>
float sum(const float* a, const float* b, std::size_t bins, const Term& term) {
  std::array<float, kLanes> sums{};
  std::size_t i = 0;
  for (; i + kLanes <= bins; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += term(a[i + lane], b[i + lane]);
  }
  for (; i < bins; ++i) sums[0] += term(a[i], b[i]);
  return std::accumulate(sums.begin(), sums.end(), 0.0F);
}

}  // namespace

const char* name_of(Distance distance) noexcept {
  return distance == Distance::chi_square ? "chi-square" : "Euclidean";
}

float distance(Distance kind, const float* a, const float* b, std::size_t bins) {
  if (kind == Distance::euclidean) {
    return sum(a, b, bins, [](float x, float y) { return (x - y) * (x - y); });
  }
  // Histograms: where the sum is 0 so is the difference.
  return sum(a, b, bins, [](float x, float y) { return (x - y) * (x - y) / (x + y + kNothing); });
}

std::vector<std::uint32_t> nearest_labels(const std::vector<std::vector<float>>& asked,
                                          const Labelled& stored, Distance kind, std::size_t bins,
                                          const Executor& executor) {
  std::vector<std::uint32_t> labels(asked.size());
  executor.run(asked.size(), [&](std::size_t i) {
    float nearest = std::numeric_limits<float>::infinity();
    for (std::size_t j = 0; j < stored.descriptors.size(); ++j) {
      const float d = distance(kind, asked[i].data(), stored.descriptors[j].data(), bins);
      if (d >= nearest) continue;
      nearest = d;
      labels[i] = stored.labels[j];
    }
  });
  return labels;
}

}  // namespace equicloud::bench
