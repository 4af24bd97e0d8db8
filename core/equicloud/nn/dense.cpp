// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/dense.h>
#include <equicloud/nn/dense.h>

#include <algorithm>

namespace equicloud::nn {
namespace {

std::size_t padded(std::size_t n) {
  return (n + kernels::kOutputPadding - 1) / kernels::kOutputPadding * kernels::kOutputPadding;
}

}  // namespace

Dense::Dense(const DenseSpec& spec, Span<const float> weight, Span<const float> bias)
    : spec_(spec) {
  if (spec.in < 1 || spec.out < 1) throw InvalidArgument("Dense: in and out must be at least 1");
  const auto in = static_cast<std::size_t>(spec.in);
  const auto out = static_cast<std::size_t>(spec.out);
  if (weight.size() != in * out || bias.size() != out)
    throw InvalidArgument("Dense: " + std::to_string(weight.size()) + " weights and " +
                          std::to_string(bias.size()) + " biases for a layer of " +
                          std::to_string(in) + " inputs and " + std::to_string(out) + " outputs");
  bias_.assign(padded(out), 0.0F);
  std::copy(bias.begin(), bias.end(), bias_.begin());
  weights_.assign(in * bias_.size(), 0.0F);
  for (std::size_t o = 0; o < out; ++o)
    for (std::size_t i = 0; i < in; ++i) weights_[i * bias_.size() + o] = weight[o * in + i];
}

void Dense::forward(const float* x, std::size_t x_stride, std::size_t rows,
                    float* y) const noexcept {
  forward(x, x_stride, rows, bias_.data(), y);
}

void Dense::forward(const float* x, std::size_t x_stride, std::size_t rows, const float* bias,
                    float* y) const noexcept {
  kernels::dense(x, x_stride, rows, static_cast<std::size_t>(spec_.in), weights_.data(), bias,
                 padded_out(), spec_.activation == Activation::relu, y, padded_out());
}

Mlp::Mlp(std::vector<Dense> layers) : layers_(std::move(layers)) {
  if (layers_.empty()) throw InvalidArgument("Mlp: needs at least one layer");
  for (std::size_t i = 1; i < layers_.size(); ++i)
    if (layers_[i].in() != layers_[i - 1].out())
      throw InvalidArgument("Mlp: layer " + std::to_string(i) + " takes " +
                            std::to_string(layers_[i].in()) + " inputs, the layer before gives " +
                            std::to_string(layers_[i - 1].out()));
}

std::size_t Mlp::scratch_size(std::size_t rows) const noexcept {
  std::size_t widest = 0;
  for (const Dense& layer : layers_) widest = std::max(widest, layer.padded_out());
  return 2 * widest * rows;  // layers write to the two halves in turn
}

const float* Mlp::forward(const float* x, std::size_t x_stride, std::size_t rows,
                          Span<float> scratch) const noexcept {
  float* halves[2] = {scratch.data(), scratch.data() + scratch_size(rows) / 2};
  std::size_t stride = x_stride;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    layers_[i].forward(x, stride, rows, halves[i % 2]);
    x = halves[i % 2];
    stride = layers_[i].padded_out();
  }
  return x;
}

Dense load_dense(const WeightsFile& file, const std::string& name, const DenseSpec& spec) {
  const auto in = static_cast<std::size_t>(spec.in);
  const auto out = static_cast<std::size_t>(spec.out);
  return Dense(spec, file.tensor(name + ".weight", {out, in}).values,
               file.tensor(name + ".bias", {out}).values);
}

Dense load_dense(const WeightsFile& file, const std::string& name, Activation activation) {
  const std::vector<std::size_t>& shape = file.matrix(name + ".weight").shape;
  return load_dense(file, name,
                    {static_cast<int>(shape[1]), static_cast<int>(shape[0]), activation});
}

Mlp load_mlp(const WeightsFile& file, const std::string& name,
             const std::vector<DenseSpec>& specs) {
  std::vector<Dense> layers;
  for (std::size_t i = 0; i < specs.size(); ++i)
    layers.push_back(load_dense(file, name + "." + std::to_string(i), specs[i]));
  return Mlp(std::move(layers));
}

}  // namespace equicloud::nn
