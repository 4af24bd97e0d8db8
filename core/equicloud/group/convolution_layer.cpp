// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/group/convolution_layer.h>

#include <algorithm>
#include <string>

namespace equicloud::group {
namespace {

// y(u) += x(u v^-1) k for all u: one tap of the filter.
template <typename T>
void add_tap(const FiniteGroup& group, const T* x, Element v, T k, T* y) {
  const Element back = group.inverse(v);
  for (Element u = 0; u < group.order(); ++u) y[u] += x[group.product(u, back)] * k;
}

}  // namespace

template <typename T>
ConvolutionLayer<T>::ConvolutionLayer(FiniteGroup group, std::size_t in, std::vector<T> filters,
                                      std::vector<T> bias, Rectifier rectifier)
    : group_(std::move(group)),
      in_(in),
      filters_(std::move(filters)),
      bias_(std::move(bias)),
      rectifier_(rectifier) {
  const std::size_t expected = bias_.size() * in_ * group_.order();
  if (expected == 0 || filters_.size() != expected)
    throw InvalidArgument("ConvolutionLayer: " + std::to_string(filters_.size()) +
                          " filter values are not " + std::to_string(bias_.size()) + " x " +
                          std::to_string(in_) + " x " + std::to_string(group_.order()));
}

template <typename T>
std::vector<T> ConvolutionLayer<T>::forward(const std::vector<T>& x) const {
  const std::size_t order = group_.order();
  if (x.size() != in_ * order)
    throw InvalidArgument("ConvolutionLayer: " + std::to_string(x.size()) + " values are not " +
                          std::to_string(in_) + " channels on " + std::to_string(order) +
                          " elements");
  std::vector<T> y(bias_.size() * order);
  for (std::size_t o = 0; o < bias_.size(); ++o) {
    T* channel = y.data() + o * order;
    std::fill(channel, channel + order, bias_[o]);
    for (std::size_t i = 0; i < in_; ++i)
      for (Element v = 0; v < order; ++v) {
        const T k = filters_[(o * in_ + i) * order + v];
        if (k != T(0)) add_tap(group_, x.data() + i * order, v, k, channel);
      }
  }
  if (rectifier_ == Rectifier::relu)
    for (T& value : y) value = std::max(value, T(0));
  return y;
}

template class ConvolutionLayer<float>;
template class ConvolutionLayer<double>;

}  // namespace equicloud::group
