// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/members.h>

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/members.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, kMembers>;
using Vec = hn::Vec<Tag>;

HWY_ATTR void standardise(const float* x, std::size_t count, const float* mean, const float* scale,
                          std::size_t period, float clip, float* y) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  const Vec high = hn::Set(d, clip), low = hn::Set(d, -clip);
  const auto bounded = [&](Vec v, std::size_t p) HWY_ATTR {
    const Vec standard = hn::Mul(hn::Sub(v, hn::LoadU(d, mean + p)), hn::LoadU(d, scale + p));
    return hn::Min(hn::Max(standard, low), high);
  };
  std::size_t p = 0, i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::StoreU(bounded(hn::LoadU(d, x + i), p), d, y + i);
    p += lanes;
    if (p == period) p = 0;
  }
  if (i == count) return;
  HWY_ALIGN float rest[kMembers] = {};
  std::copy(x + i, x + count, rest);
  hn::Store(bounded(hn::Load(d, rest), p), d, rest);
  std::copy_n(rest, count - i, y + i);
}

HWY_ATTR void members_dense(const float* HWY_RESTRICT x, std::size_t in,
                            const float* HWY_RESTRICT weights, const float* HWY_RESTRICT bias,
                            std::size_t out, bool relu, float* HWY_RESTRICT y) {
  constexpr std::size_t kOutputs = 8;  // sums at a time: as many chains as hide the latency
  const Tag d;
  for (std::size_t m = 0; m < kMembers; m += hn::Lanes(d))
    for (std::size_t o = 0; o < out; o += kOutputs) {
      Vec sum[kOutputs];
      for (std::size_t k = 0; k < kOutputs; ++k) sum[k] = hn::Set(d, bias[o + k]);
      for (std::size_t c = 0; c < in; ++c) {
        const Vec member = hn::LoadU(d, x + c * kMembers + m);
        const float* w = weights + c * out + o;
        for (std::size_t k = 0; k < kOutputs; ++k)
          sum[k] = hn::MulAdd(hn::Set(d, w[k]), member, sum[k]);
      }
      for (std::size_t k = 0; k < kOutputs; ++k)
        hn::StoreU(relu ? hn::Max(sum[k], hn::Zero(d)) : sum[k], d, y + (o + k) * kMembers + m);
    }
}

// Sums over the members so far, of a vector of outputs.
struct Pools {
  Vec sum, max, cubes;
};

// Takes Count members from `begin` on through the layer and into the pools, in their order.
template <std::size_t Count>
HWY_ATTR HWY_INLINE void pool_members(const float* HWY_RESTRICT x, std::size_t in,
                                      const float* HWY_RESTRICT weights, Vec bias, std::size_t out,
                                      bool relu, std::size_t begin,
                                      const float* HWY_RESTRICT member_weights, bool cubes,
                                      Pools& pools) {
  const Tag d;
  Vec a[Count];
  for (std::size_t m = 0; m < Count; ++m) a[m] = bias;
  for (std::size_t c = 0; c < in; ++c) {
    const Vec w = hn::LoadU(d, weights + c * out);
    for (std::size_t m = 0; m < Count; ++m)
      a[m] = hn::MulAdd(hn::Set(d, x[c * kMembers + begin + m]), w, a[m]);
  }
  for (std::size_t m = 0; m < Count; ++m) {
    if (relu) a[m] = hn::Max(a[m], hn::Zero(d));
    const Vec weight = hn::Set(d, member_weights[begin + m]);
    pools.sum = hn::MulAdd(weight, a[m], pools.sum);
    const Vec weighted = hn::Mul(weight, a[m]);
    pools.max = begin + m == 0 ? weighted : hn::Max(pools.max, weighted);
    if (!cubes) continue;
    const Vec size = hn::Abs(a[m]);
    pools.cubes = hn::MulAdd(hn::Mul(weight, size), hn::Mul(size, size), pools.cubes);
  }
}

HWY_ATTR void members_pooled(const float* x, std::size_t in, const float* weights,
                             const float* bias, std::size_t out, bool relu, std::size_t count,
                             const float* member_weights, const MemberSums& sums) {
  constexpr std::size_t kAtOnce = 5;
  const Tag d;
  const bool cubes = sums.cubes != nullptr;
  for (std::size_t o = 0; o < out; o += hn::Lanes(d)) {
    const Vec start = hn::LoadU(d, bias + o);
    Pools pools{hn::Zero(d), hn::Zero(d), hn::Zero(d)};
    std::size_t m = 0;
    for (; m + kAtOnce <= count; m += kAtOnce)
      pool_members<kAtOnce>(x, in, weights + o, start, out, relu, m, member_weights, cubes, pools);
    for (; m < count; ++m)
      pool_members<1>(x, in, weights + o, start, out, relu, m, member_weights, cubes, pools);
    if (sums.sum != nullptr) hn::StoreU(pools.sum, d, sums.sum + o);
    if (sums.max != nullptr) hn::StoreU(pools.max, d, sums.max + o);
    if (cubes) hn::StoreU(pools.cubes, d, sums.cubes + o);
  }
}

// Vectors whole vectors of channels, from the pointers on.
template <std::size_t Vectors>
HWY_ATTR HWY_INLINE void average_of(const float* x, std::size_t stride, std::size_t i,
                                    const std::uint32_t* neighbors, const float* weights,
                                    std::size_t count, float own, float scale, float* y) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  Vec sum[Vectors];
  for (std::size_t v = 0; v < Vectors; ++v)
    sum[v] = hn::Mul(hn::Set(d, own), hn::LoadU(d, x + i * stride + v * lanes));
  for (std::size_t j = 0; j < count; ++j) {
    const Vec weight = hn::Set(d, weights[j]);
    const float* row = x + neighbors[j] * stride;
    for (std::size_t v = 0; v < Vectors; ++v)
      sum[v] = hn::MulAdd(weight, hn::LoadU(d, row + v * lanes), sum[v]);
  }
  for (std::size_t v = 0; v < Vectors; ++v)
    hn::StoreU(hn::Mul(sum[v], hn::Set(d, scale)), d, y + v * lanes);
}

HWY_ATTR void weighted_average(const float* x, std::size_t stride, std::size_t width, std::size_t i,
                               const std::uint32_t* neighbors, const float* weights,
                               std::size_t count, float own, float* y) {
  const std::size_t lanes = hn::Lanes(Tag());
  float total = own;
  for (std::size_t j = 0; j < count; ++j) total += weights[j];
  const float scale = 1.0F / total;
  std::size_t c = 0;
  for (; c + 2 * lanes <= width; c += 2 * lanes)
    average_of<2>(x + c, stride, i, neighbors, weights, count, own, scale, y + c);
  for (; c + lanes <= width; c += lanes)
    average_of<1>(x + c, stride, i, neighbors, weights, count, own, scale, y + c);
  for (; c < width; ++c) {
    float sum = own * x[i * stride + c];
    for (std::size_t j = 0; j < count; ++j) sum += weights[j] * x[neighbors[j] * stride + c];
    y[c] = sum * scale;
  }
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(standardise);
HWY_EXPORT(members_dense);
HWY_EXPORT(members_pooled);
HWY_EXPORT(weighted_average);

void standardise(const float* x, std::size_t count, const float* mean, const float* scale,
                 std::size_t period, float clip, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(standardise)(x, count, mean, scale, period, clip, y);
}

void members_dense(const float* x, std::size_t in, const float* weights, const float* bias,
                   std::size_t out, bool relu, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(members_dense)(x, in, weights, bias, out, relu, y);
}

void members_pooled(const float* x, std::size_t in, const float* weights, const float* bias,
                    std::size_t out, bool relu, std::size_t count, const float* member_weights,
                    const MemberSums& sums) noexcept {
  HWY_DYNAMIC_DISPATCH(members_pooled)
  (x, in, weights, bias, out, relu, count, member_weights, sums);
}

void weighted_average(const float* x, std::size_t stride, std::size_t width, std::size_t i,
                      const std::uint32_t* neighbors, const float* weights, std::size_t count,
                      float own, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(weighted_average)
  (x, stride, width, i, neighbors, weights, count, own, y);
}

void members_dense_reference(const float* x, std::size_t in, const float* weights,
                             const float* bias, std::size_t out, bool relu, float* y) noexcept {
  for (std::size_t o = 0; o < out; ++o)
    for (std::size_t m = 0; m < kMembers; ++m) {
      float sum = bias[o];
      for (std::size_t c = 0; c < in; ++c) sum += weights[c * out + o] * x[c * kMembers + m];
      y[o * kMembers + m] = relu && sum < 0.0F ? 0.0F : sum;
    }
}

void weighted_average_reference(const float* x, std::size_t stride, std::size_t width,
                                std::size_t i, const std::uint32_t* neighbors, const float* weights,
                                std::size_t count, float own, float* y) noexcept {
  for (std::size_t c = 0; c < width; ++c) {
    double sum = double(own) * x[i * stride + c], total = double(own);
    for (std::size_t j = 0; j < count; ++j) {
      sum += double(weights[j]) * x[neighbors[j] * stride + c];
      total += double(weights[j]);
    }
    y[c] = static_cast<float>(sum / total);
  }
}

}  // namespace equicloud::kernels
#endif
