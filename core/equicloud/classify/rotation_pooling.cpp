// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/rotation_pooling.h>

#include <algorithm>
#include <cstddef>

namespace equicloud::classify {
namespace {

// Sums kept apart, so that additions need not wait for each other.
constexpr std::size_t kSums = 8;

struct PlaneSums {
  float sum = 0.0F, squares = 0.0F;
};

PlaneSums relu_sums(const float* values, std::size_t n) noexcept {
  float sum[kSums] = {}, squares[kSums] = {};
  std::size_t i = 0;
  for (; i + kSums <= n; i += kSums)
    for (std::size_t k = 0; k < kSums; ++k) {
      const float value = std::max(values[i + k], 0.0F);
      sum[k] += value;
      squares[k] += value * value;
    }
  PlaneSums all;
  for (; i < n; ++i) {
    const float value = std::max(values[i], 0.0F);
    all.sum += value;
    all.squares += value * value;
  }
  for (std::size_t k = 0; k < kSums; ++k) {
    all.sum += sum[k];
    all.squares += squares[k];
  }
  return all;
}

}  // namespace

ReluMeans relu_means(const so3::Grid& grid, const float* values) noexcept {
  double mean = 0.0, mean_square = 0.0;
  for (std::size_t plane = 0; plane < grid.planes(); ++plane) {
    const PlaneSums sums = relu_sums(values + plane * grid.plane_size(), grid.plane_size());
    mean += grid.sample_weight(plane) * static_cast<double>(sums.sum);
    mean_square += grid.sample_weight(plane) * static_cast<double>(sums.squares);
  }
  return {static_cast<float>(mean), static_cast<float>(mean_square)};
}

}  // namespace equicloud::classify
