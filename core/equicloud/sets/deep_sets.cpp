// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/deep_sets.h>

#include <algorithm>

namespace equicloud::sets {
namespace {

std::size_t checked_rows(const char* what, Span<const float> x, int width) {
  const auto columns = static_cast<std::size_t>(width);
  if (x.empty() || x.size() % columns != 0)
    throw InvalidArgument(std::string(what) + ": " + std::to_string(x.size()) +
                          " values are not one or more members of " + std::to_string(width));
  return x.size() / columns;
}

nn::Dense gamma_of(const nn::Dense& lambda, Span<const float> gamma) {
  const auto out = static_cast<std::size_t>(lambda.out());
  if (gamma.size() != static_cast<std::size_t>(lambda.in()) * out)
    throw InvalidArgument("EquivariantLayer: gamma has " + std::to_string(gamma.size()) +
                          " values, lambda is " + std::to_string(lambda.out()) + " x " +
                          std::to_string(lambda.in()));
  return nn::Dense({lambda.in(), lambda.out(), nn::Activation::none}, gamma,
                   {lambda.bias().data(), out});
}

}  // namespace

DeepSets::DeepSets(nn::Mlp phi, Pooling pooling, nn::Mlp rho)
    : phi_(std::move(phi)), pooling_(pooling), rho_(std::move(rho)) {
  if (phi_.out() != rho_.in())
    throw InvalidArgument("DeepSets: phi gives " + std::to_string(phi_.out()) +
                          " channels, rho takes " + std::to_string(rho_.in()));
}

std::vector<float> DeepSets::forward(Span<const float> members) const {
  const std::size_t count = checked_rows("DeepSets", members, phi_.in());
  const auto width = static_cast<std::size_t>(phi_.out());
  std::vector<float> scratch(std::max(phi_.scratch_size(count), rho_.scratch_size(1)));
  const float* hidden =
      phi_.forward(members.data(), static_cast<std::size_t>(phi_.in()), count, scratch);
  std::vector<float> pooled(width);
  pool(pooling_, hidden, phi_.padded_out(), count, width, nullptr, 0.0F, pooled.data());
  const float* result = rho_.forward(pooled.data(), width, 1, scratch);
  return {result, result + rho_.out()};
}

std::vector<float> bias_with(const nn::Dense& layer, Span<const float> gamma, Span<const float> v) {
  std::vector<float> bias(layer.bias().begin(), layer.bias().end());
  if (gamma.empty()) return bias;
  for (std::size_t o = 0; o < static_cast<std::size_t>(layer.out()); ++o)
    for (std::size_t i = 0; i < v.size(); ++i) bias[o] += gamma[o * v.size() + i] * v[i];
  return bias;
}

EquivariantLayer::EquivariantLayer(nn::Dense lambda, const std::vector<float>& gamma,
                                   Pooling pooling)
    : lambda_(std::move(lambda)), gamma_(gamma_of(lambda_, gamma)), pooling_(pooling) {}

std::size_t EquivariantLayer::scratch_size() const noexcept {
  return static_cast<std::size_t>(in()) + padded_out();
}

void EquivariantLayer::forward(const float* x, std::size_t x_stride, std::size_t rows,
                               Span<float> scratch, float* y) const noexcept {
  const auto width = static_cast<std::size_t>(in());
  float* pooled = scratch.data();
  float* bias = pooled + width;
  pool(pooling_, x, x_stride, rows, width, nullptr, 0.0F, pooled);
  gamma_.forward(pooled, width, 1, bias);
  lambda_.forward(x, x_stride, rows, bias, y);
}

std::vector<float> EquivariantLayer::forward(Span<const float> x) const {
  const std::size_t rows = checked_rows("EquivariantLayer", x, in());
  const auto width = static_cast<std::size_t>(out());
  std::vector<float> scratch(scratch_size());
  std::vector<float> padded(rows * padded_out());
  forward(x.data(), static_cast<std::size_t>(in()), rows, scratch, padded.data());
  std::vector<float> y(rows * width);
  for (std::size_t r = 0; r < rows; ++r)
    std::copy_n(padded.data() + r * padded_out(), width, y.data() + r * width);
  return y;
}

}  // namespace equicloud::sets
