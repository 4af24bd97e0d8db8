// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/dense.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/dense.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A register tile of Rows x Vectors accumulators: 6 x 2 keeps 12 sums, 2 weights and 1 broadcast in
// the 16 registers of AVX2; each weight vector loaded is used 6 times, each x twice.
template <std::size_t Rows, std::size_t Vectors>
HWY_ATTR HWY_INLINE void tile(const float* HWY_RESTRICT x, std::size_t x_stride, std::size_t in,
                              const float* HWY_RESTRICT weights, std::size_t out,
                              const float* HWY_RESTRICT bias, bool relu, float* HWY_RESTRICT y,
                              std::size_t y_stride) {
  const hn::ScalableTag<float> tag;
  using Vector = hn::Vec<decltype(tag)>;
  const std::size_t lanes = hn::Lanes(tag);
  Vector sum[Rows][Vectors];
  for (std::size_t v = 0; v < Vectors; ++v)
    for (std::size_t r = 0; r < Rows; ++r) sum[r][v] = hn::LoadU(tag, bias + v * lanes);
  for (std::size_t i = 0; i < in; ++i) {
    Vector w[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) w[v] = hn::LoadU(tag, weights + i * out + v * lanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const Vector xi = hn::Set(tag, x[r * x_stride + i]);
      for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] = hn::MulAdd(xi, w[v], sum[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v)
      hn::StoreU(relu ? hn::Max(sum[r][v], hn::Zero(tag)) : sum[r][v], tag,
                 y + r * y_stride + v * lanes);
}

template <std::size_t Vectors>
HWY_ATTR void columns(const float* x, std::size_t x_stride, std::size_t rows, std::size_t in,
                      const float* weights, std::size_t out, const float* bias, bool relu, float* y,
                      std::size_t y_stride) {
  constexpr std::size_t kRows = 6;
  std::size_t r = 0;
  for (; r + kRows <= rows; r += kRows)
    tile<kRows, Vectors>(x + r * x_stride, x_stride, in, weights, out, bias, relu, y + r * y_stride,
                         y_stride);
  for (; r < rows; ++r)
    tile<1, Vectors>(x + r * x_stride, x_stride, in, weights, out, bias, relu, y + r * y_stride,
                     y_stride);
}

HWY_ATTR void dense(const float* x, std::size_t x_stride, std::size_t rows, std::size_t in,
                    const float* weights, const float* bias, std::size_t out, bool relu, float* y,
                    std::size_t y_stride) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<float>());
  std::size_t o = 0;
  for (; o + 2 * lanes <= out; o += 2 * lanes)
    columns<2>(x, x_stride, rows, in, weights + o, out, bias + o, relu, y + o, y_stride);
  for (; o < out; o += lanes)
    columns<1>(x, x_stride, rows, in, weights + o, out, bias + o, relu, y + o, y_stride);
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(dense);

void dense(const float* x, std::size_t x_stride, std::size_t rows, std::size_t in,
           const float* weights, const float* bias, std::size_t out, bool relu, float* y,
           std::size_t y_stride) noexcept {
  HWY_DYNAMIC_DISPATCH(dense)(x, x_stride, rows, in, weights, bias, out, relu, y, y_stride);
}

void dense_reference(const float* x, std::size_t x_stride, std::size_t rows, std::size_t in,
                     const float* weights, const float* bias, std::size_t out, bool relu, float* y,
                     std::size_t y_stride) noexcept {
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t o = 0; o < out; ++o) {
      float sum = bias[o];
      for (std::size_t i = 0; i < in; ++i) sum += x[r * x_stride + i] * weights[i * out + o];
      y[r * y_stride + o] = relu && sum < 0.0F ? 0.0F : sum;
    }
}

}  // namespace equicloud::kernels
#endif
