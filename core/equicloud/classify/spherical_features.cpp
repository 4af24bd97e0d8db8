// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/spherical_features.h>
#include <equicloud/kernels/product.h>
#include <equicloud/sphere/coefficients.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::classify {
namespace {

constexpr float kWidth = 0.138F;
constexpr float kSpacing = 0.1625F;  // of the shells' middles
constexpr float kFarthest = 2.0F;
constexpr float kNoDirection = 1e-6F;  // |p| below which a point has no ray

void check(const SphericalPoints& points) {
  const std::size_t n = points.xyz.size() / 3;
  if (points.xyz.size() != 3 * n || points.axis.size() != 3 * n || points.flatness_step < 1 ||
      (n > 0 && points.flatness.size() <= (n - 1) * points.flatness_step))
    throw InvalidArgument("spherical features got " + std::to_string(points.xyz.size()) +
                          " coordinates, " + std::to_string(points.axis.size()) + " of axes and " +
                          std::to_string(points.flatness.size()) +
                          " flatnesses; expected 3, 3 and 1 a point");
}

// The windows at radius r, scaled to the sum `total`; all 0 beyond the last shell's reach.
void shells_of(float r, float total, float* shells) noexcept {
  std::fill_n(shells, kShells, 0.0F);
  if (!(r <= kFarthest)) return;
  float sum = 0.0F;
  for (std::size_t i = 0; i < kShells; ++i) {
    const float off = (r - kSpacing * (static_cast<float>(i) + 0.5F)) / kWidth;
    shells[i] = std::exp(-off * off);
    sum += shells[i];
  }
  for (std::size_t i = 0; i < kShells; ++i) shells[i] *= total / sum;
}

}  // namespace

SphericalFeatures::SphericalFeatures()
    : harmonics_(kSphericalBandwidth),
      rays_(),
      axes_(),
      weights_(kBlock * kColumns),
      rows_(kSphericalSize * kBlock),
      sums_(kSphericalSize * kColumns),
      features_(kSphericalChannels * kSphericalSize) {}

// Rays, axes and weights of points [first, first + count).
void SphericalFeatures::weigh(const SphericalPoints& points, std::size_t first,
                              std::size_t count) noexcept {
  const float each = 3.0F / static_cast<float>(points.xyz.size());
  for (std::size_t i = 0; i < count; ++i) {
    const float* p = points.xyz.data() + 3 * (first + i);
    const float* a = points.axis.data() + 3 * (first + i);
    const float r = std::sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    const float scale = r < kNoDirection ? 0.0F : 1.0F / r;
    float facing = 0.0F;
    for (std::size_t k = 0; k < 3; ++k) {
      rays_.of(k)[i] = scale * p[k];
      axes_.of(k)[i] = a[k];
      facing += scale * p[k] * a[k];
    }
    const float flatness = points.flatness[(first + i) * points.flatness_step];
    float* shells = weights_.data() + i * kColumns;
    shells_of(r, each, shells);
    for (std::size_t s = 0; s < kShells; ++s) {
      shells[kShells + s] = shells[s] * std::fabs(facing);
      shells[2 * kShells + s] = shells[s] * std::sqrt(std::max(flatness, 0.0F));
    }
    for (std::size_t j = 0; j < kShells / 2; ++j)
      shells[kAxisChannel + j] = shells[2 * j] + shells[2 * j + 1];
  }
}

// sums += harmonics of the block's directions times their weights.
void SphericalFeatures::add(Directions& directions, std::size_t count, std::size_t column,
                            std::size_t columns) noexcept {
  float* rows = rows_.data();
  harmonics_.evaluate(directions.of(0), directions.of(1), directions.of(2), count, rows, kBlock);
  for (std::size_t i = 0; i < count; ++i)
    if (directions.x[i] == 0.0F && directions.y[i] == 0.0F && directions.z[i] == 0.0F)
      for (std::size_t lm = 1; lm < kSphericalSize; ++lm) rows[lm * kBlock + i] = 0.0F;
  kernels::product<float>(kSphericalSize, count, columns, {rows, kBlock, 1},
                          weights_.data() + column, kColumns, sums_.data() + column, kColumns,
                          true);
}

void SphericalFeatures::write() noexcept {
  std::fill(features_.begin(), features_.end(), 0.0F);
  for (std::size_t channel = 0; channel < kSphericalChannels; ++channel)
    for (int l = 0; l < kSphericalBandwidth; l += channel < kAxisChannel ? 1 : 2) {
      const auto scale = static_cast<float>(1.0 / sphere::orthonormal_over_group(l));
      for (std::size_t lm = sphere::full_index(l, -l); lm <= sphere::full_index(l, l); ++lm)
        features_[channel * kSphericalSize + lm] = scale * sums_[lm * kColumns + channel];
    }
}

Span<const float> SphericalFeatures::extract(const SphericalPoints& points) {
  check(points);
  std::fill(sums_.begin(), sums_.end(), 0.0F);
  const std::size_t n = points.xyz.size() / 3;
  for (std::size_t first = 0; first < n; first += kBlock) {
    const std::size_t count = std::min(kBlock, n - first);
    weigh(points, first, count);
    add(rays_, count, 0, kAxisChannel);
    add(axes_, count, kAxisChannel, kShells);
  }
  write();
  return {features_.data(), features_.size()};
}

}  // namespace equicloud::classify
