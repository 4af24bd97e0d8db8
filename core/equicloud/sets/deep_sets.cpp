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

EquivariantLayer::EquivariantLayer(nn::Dense lambda, std::vector<float> gamma, Pooling pooling)
    : lambda_(std::move(lambda)), gamma_(std::move(gamma)), pooling_(pooling) {
  if (gamma_.size() !=
      static_cast<std::size_t>(lambda_.in()) * static_cast<std::size_t>(lambda_.out()))
    throw InvalidArgument("EquivariantLayer: gamma has " + std::to_string(gamma_.size()) +
                          " values, lambda is " + std::to_string(lambda_.out()) + " x " +
                          std::to_string(lambda_.in()));
}

std::vector<float> EquivariantLayer::forward(Span<const float> x) const {
  const std::size_t rows = checked_rows("EquivariantLayer", x, lambda_.in());
  const auto in = static_cast<std::size_t>(lambda_.in());
  const auto out = static_cast<std::size_t>(lambda_.out());
  std::vector<float> pooled(in);
  pool(pooling_, x.data(), in, rows, in, nullptr, 0.0F, pooled.data());
  const std::vector<float> bias = bias_with(lambda_, gamma_, pooled);
  std::vector<float> padded(rows * lambda_.padded_out());
  lambda_.forward(x.data(), in, rows, bias.data(), padded.data());
  std::vector<float> y(rows * out);
  for (std::size_t r = 0; r < rows; ++r)
    std::copy_n(padded.begin() + static_cast<std::ptrdiff_t>(r * lambda_.padded_out()), out,
                y.begin() + static_cast<std::ptrdiff_t>(r * out));
  return y;
}

}  // namespace equicloud::sets
