// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/members.h>
#include <equicloud/sets/graph_layer.h>

#include <algorithm>

namespace equicloud::sets {
namespace {

// [L M], row-major: width x 2 width.
std::vector<float> stack(std::size_t width, Span<const float> own, Span<const float> neighbors) {
  if (own.size() != width * width || neighbors.size() != width * width)
    throw InvalidArgument("GraphLayer: own and neighbors must be " + std::to_string(width) + " x " +
                          std::to_string(width));
  std::vector<float> stacked;
  for (std::size_t o = 0; o < width; ++o) {
    stacked.insert(stacked.end(), own.begin() + o * width, own.begin() + (o + 1) * width);
    stacked.insert(stacked.end(), neighbors.begin() + o * width,
                   neighbors.begin() + (o + 1) * width);
  }
  return stacked;
}

}  // namespace

void average(const NeighborSets& sets, const float* x, std::size_t stride, std::size_t width,
             std::size_t begin, std::size_t end, float* out, std::size_t out_stride) noexcept {
  for (std::size_t i = begin; i < end; ++i, out += out_stride)
    kernels::weighted_average(x, stride, width, i, sets.neighbors + i * sets.count,
                              sets.weights + i * sets.count, sets.count, sets.own, out);
}

GraphLayer::GraphLayer(int width, nn::Activation activation, Span<const float> own,
                       Span<const float> neighbors, Span<const float> bias)
    : stacked_({2 * width, width, activation},
               stack(static_cast<std::size_t>(width), own, neighbors), bias) {}

std::size_t GraphLayer::scratch_size(std::size_t rows) const noexcept {
  return rows * 2 * static_cast<std::size_t>(width());
}

void GraphLayer::forward(const NeighborSets& sets, const float* x, const float* bias,
                         std::size_t begin, std::size_t end, Span<float> scratch,
                         float* y) const noexcept {
  const auto channels = static_cast<std::size_t>(width());
  const std::size_t stride = padded_width();
  for (std::size_t i = begin; i < end; ++i)
    std::copy_n(x + i * stride, channels, scratch.data() + (i - begin) * 2 * channels);
  average(sets, x, stride, channels, begin, end, scratch.data() + channels, 2 * channels);
  stacked_.forward(scratch.data(), 2 * channels, end - begin, bias, y);
  for (std::size_t i = begin; i < end; ++i, y += stride)
    for (std::size_t c = 0; c < channels; ++c) y[c] += x[i * stride + c];
}

}  // namespace equicloud::sets
