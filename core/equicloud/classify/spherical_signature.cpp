// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/axes.h>
#include <equicloud/classify/spherical_points.h>
#include <equicloud/classify/spherical_signature.h>
#include <equicloud/sphere/index.h>

#include <cmath>
#include <string>

namespace equicloud::classify {
namespace {

constexpr auto kDegrees = static_cast<std::size_t>(kSphericalBandwidth);

// (2l+1) sum_m a_lm b_lm of two channels.
double product_of_degree(const float* a, const float* b, int l) noexcept {
  double sum = 0.0;
  for (std::size_t lm = sphere::full_index(l, -l); lm <= sphere::full_index(l, l); ++lm)
    sum += double{a[lm]} * double{b[lm]};
  return (2 * l + 1) * sum;
}

// Everything before the division by the length.
std::array<double, kSignatureSize> strengths(const float* features) noexcept {
  const auto channel = [&](std::size_t c) { return features + c * kSphericalSize; };
  std::array<double, kSignatureSize> values{};
  double* next = values.data();
  for (std::size_t c = 0; c < kSphericalChannels; ++c)
    for (int l = 0; l < kSphericalBandwidth; l += c < kAxisChannel ? 1 : 2)
      *next++ = std::sqrt(product_of_degree(channel(c), channel(c), l));
  for (std::size_t i = 0; i < kShells; ++i)
    for (std::size_t k = i + 1; k < kShells; ++k)
      for (std::size_t l = 0; l < kDegrees; ++l) {
        const double both = values[i * kDegrees + l] + values[k * kDegrees + l];
        const double product = product_of_degree(channel(i), channel(k), static_cast<int>(l));
        *next++ = both > 0.0 ? product / both : 0.0;
      }
  return values;
}

}  // namespace

Signature signature_of(Span<const float> features) {
  if (features.size() != kSphericalChannels * kSphericalSize)
    throw InvalidArgument("a signature got " + std::to_string(features.size()) +
                          " coefficients; expected " +
                          std::to_string(kSphericalChannels * kSphericalSize));
  const std::array<double, kSignatureSize> values = strengths(features.data());
  double squares = 0.0;
  for (const double value : values) squares += value * value;
  const double scale = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
  Signature signature;
  for (std::size_t i = 0; i < kSignatureSize; ++i)
    signature[i] = static_cast<float>(scale * values[i]);
  return signature;
}

struct SignatureExtractor::Memory {
  ShapeBuilder builder;
  AxisFinder finder;
  SphericalFeatures signals;
};

SignatureExtractor::SignatureExtractor() : memory_(std::make_unique<Memory>()) {}
SignatureExtractor::~SignatureExtractor() = default;

ShapeStatus SignatureExtractor::extract(PointsView points, Signature& signature,
                                        const Executor& executor) {
  const Shape& shape = memory_->builder.build(points, executor);
  if (shape.status == ShapeStatus::ok || shape.status == ShapeStatus::flat)
    signature = signature_of(
        memory_->signals.extract(spherical_points(shape, memory_->finder.find(shape))));
  return shape.status;
}

}  // namespace equicloud::classify
