// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sets/pooling.h>

#include <algorithm>
#include <cmath>

namespace equicloud::sets {
namespace {

void add_weighted(const float* member, std::size_t width, float weight, float* out) noexcept {
  for (std::size_t c = 0; c < width; ++c) out[c] += weight * member[c];
}

void max_weighted(const float* member, std::size_t width, float weight, float* out) noexcept {
  for (std::size_t c = 0; c < width; ++c) out[c] = std::max(out[c], weight * member[c]);
}

void add_cubes(const float* member, std::size_t width, float weight, float* out) noexcept {
  for (std::size_t c = 0; c < width; ++c) {
    const float a = std::fabs(member[c]);
    out[c] += weight * a * a * a;
  }
}

}  // namespace

void pool(Pooling pooling, const float* members, std::size_t stride, std::size_t count,
          std::size_t width, const float* weights, float own, float* out) noexcept {
  const auto weight = [weights](std::size_t j) { return weights ? weights[j] : 1.0F; };
  if (pooling == Pooling::max) {
    for (std::size_t c = 0; c < width; ++c) out[c] = weight(0) * members[c];
    for (std::size_t j = 1; j < count; ++j)
      max_weighted(members + j * stride, width, weight(j), out);
    return;
  }
  std::fill(out, out + width, 0.0F);
  if (pooling == Pooling::pnorm) {
    for (std::size_t j = 0; j < count; ++j) add_cubes(members + j * stride, width, weight(j), out);
    for (std::size_t c = 0; c < width; ++c) out[c] = std::cbrt(out[c]);
    return;
  }
  float total = own;
  for (std::size_t j = 0; j < count; ++j) {
    add_weighted(members + j * stride, width, weight(j), out);
    total += weight(j);
  }
  if (pooling == Pooling::mean)
    for (std::size_t c = 0; c < width; ++c) out[c] /= total;
}

}  // namespace equicloud::sets
