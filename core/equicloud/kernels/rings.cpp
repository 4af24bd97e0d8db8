// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/aligned.h>
#include <equicloud/kernels/rings.h>
#include <hwy/cache_control.h>

#include <algorithm>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/rings.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <equicloud/kernels/complex_units-inl.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename T>
HWY_ATTR void pack(const T* HWY_RESTRICT a, const T* HWY_RESTRICT b, std::size_t step,
                   std::size_t n, T scale, T* HWY_RESTRICT z) {
  std::size_t k = 0;
  if (step == 1 && b != nullptr) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto factor = hn::Set(d, scale);
    for (; k + lanes <= n; k += lanes)
      hn::StoreInterleaved2(hn::Mul(factor, hn::LoadU(d, a + k)),
                            hn::Mul(factor, hn::LoadU(d, b + k)), d, z + 2 * k);
  }
  for (; k < n; ++k) {
    z[2 * k] = scale * a[k * step];
    z[2 * k + 1] = b == nullptr ? T(0) : scale * b[k * step];
  }
}

template <typename T>
HWY_ATTR void unpack(const T* HWY_RESTRICT z, std::size_t n, T scale, T* HWY_RESTRICT a,
                     T* HWY_RESTRICT b, std::size_t step) {
  std::size_t k = 0;
  if (step == 1 && b != nullptr) {
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto factor = hn::Set(d, scale);
    for (; k + lanes <= n; k += lanes) {
      hn::Vec<decltype(d)> re;
      hn::Vec<decltype(d)> im;
      hn::LoadInterleaved2(d, z + 2 * k, re, im);
      hn::StoreU(hn::Mul(factor, re), d, a + k);
      hn::StoreU(hn::Mul(factor, im), d, b + k);
    }
  }
  for (; k < n; ++k) {
    a[k * step] = scale * z[2 * k];
    if (b != nullptr) b[k * step] = scale * z[2 * k + 1];
  }
}

// unpack() of whole cache lines past the cache, where a and b share their place in a line. What
// sticks out at both ends shares its line with other rings and is written as ever.
template <typename T>
HWY_ATTR void unpack_past_cache(const T* HWY_RESTRICT z, std::size_t n, T scale, T* HWY_RESTRICT a,
                                T* HWY_RESTRICT b) {
  constexpr std::size_t kLine = kAlignment / sizeof(T);
  const auto place = [](const T* p) { return reinterpret_cast<std::uintptr_t>(p) % kAlignment; };
  if (place(a) != place(b)) return unpack(z, n, scale, a, b, 1);
  std::size_t k = std::min(n, (kAlignment - place(a)) % kAlignment / sizeof(T));
  unpack(z, k, scale, a, b, 1);
  const hn::CappedTag<T, kLine> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto factor = hn::Set(d, scale);
  for (; k + kLine <= n; k += kLine)
    for (std::size_t i = k; i < k + kLine; i += lanes) {
      hn::Vec<decltype(d)> re;
      hn::Vec<decltype(d)> im;
      hn::LoadInterleaved2(d, z + 2 * i, re, im);
      hn::Stream(hn::Mul(factor, re), d, a + i);
      hn::Stream(hn::Mul(factor, im), d, b + i);
    }
  unpack(z + 2 * k, n - k, scale, a + k, b + k, 1);
}

// Points from which a batch of rings is too large for the cache: ask for them one pair ahead.
constexpr std::size_t kFetched = 64;

template <typename T>
HWY_ATTR HWY_INLINE void fetch_next(const PairRun& run, std::size_t pair, const T* a, const T* b) {
  if (run.points < kFetched || pair + 1 == run.pairs) return;
  for (std::size_t k = 0; k < run.points; k += 64 / sizeof(T)) {
    hwy::Prefetch(a + run.a_step + k);
    hwy::Prefetch(b + run.b_step + k);
  }
}

template <typename T>
HWY_ATTR void pack_run(const PairRun& run, const T* a, const T* b, const T* scale, T* z) {
  for (std::size_t i = 0; i < run.pairs; ++i) {
    fetch_next(run, i, a, b);
    pack(a, b, 1, run.points, *scale, z);
    a += run.a_step;
    b += run.b_step;
    scale += run.scale_step;
    z += 2 * run.points;
  }
}

template <typename T>
HWY_ATTR void unpack_run(const PairRun& run, const T* z, const T* scale, T* a, T* b) {
  for (std::size_t i = 0; i < run.pairs; ++i) {
    if (run.past_cache) {
      unpack_past_cache(z, run.points, *scale, a, b);
    } else {
      fetch_next(run, i, a, b);
      unpack(z, run.points, *scale, a, b, 1);
    }
    a += run.a_step;
    b += run.b_step;
    scale += run.scale_step;
    z += 2 * run.points;
  }
  if (run.past_cache) hwy::FlushStream();
}

// One ring, one order. Z(m) = x + iy, Z(-m) = u + iv.
template <typename T>
HWY_ATTR HWY_INLINE void fold_one(const T* plus, const T* minus, T* even, T* odd) {
  const T p[2] = {plus[0] + minus[0], plus[1] - minus[1]};
  const T q[2] = {plus[1] + minus[1], minus[0] - plus[0]};
  for (int i = 0; i < 2; ++i) {
    even[i] = p[i] + q[i];
    odd[i] = p[i] - q[i];
  }
}

template <typename T>
HWY_ATTR HWY_INLINE void unfold_one(const T* even, const T* odd, T* plus, T* minus) {
  const T p[2] = {even[0] + odd[0], even[1] + odd[1]};
  const T q[2] = {even[0] - odd[0], even[1] - odd[1]};
  plus[0] = p[0] - q[1];
  plus[1] = p[1] + q[0];
  minus[0] = p[0] + q[1];
  minus[1] = q[0] - p[1];
}

#if HWY_TARGET != HWY_SCALAR
// (x, y) -> (y, x) in each pair.
template <class D>
HWY_ATTR HWY_INLINE hn::Vec<D> swapped(D d, hn::Vec<D> v) {
  if constexpr (sizeof(hn::TFromD<D>) == 8) {
    return hn::Shuffle01(v);
  } else {
    (void)d;
    return hn::Shuffle2301(v);
  }
}

// (+1, -1) in each pair.
template <class D>
HWY_ATTR HWY_INLINE hn::Vec<D> conjugation(D d) {
  using T = hn::TFromD<D>;
  return hn::OddEven(hn::Set(d, T(-1)), hn::Set(d, T(1)));
}
#endif

template <typename T>
HWY_ATTR void fold_all(const Folding& shape, const T* HWY_RESTRICT z, T* HWY_RESTRICT even,
                       T* HWY_RESTRICT odd) {
  const std::size_t step = 2 * shape.points;
  for (std::size_t m = 0; m < shape.orders; ++m) {
    const T* plus = z + 2 * m;
    const T* minus = z + (m == 0 ? 0 : 2 * (shape.points - m));
    T* e = even + 2 * m * shape.order_step;
    T* o = odd + 2 * m * shape.order_step;
    std::size_t r = 0;
#if HWY_TARGET != HWY_SCALAR
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto conj = conjugation(d);
    for (; r + lanes / 2 <= shape.rings; r += lanes / 2) {
      const auto x = gather(d, plus + r * step, step);
      const auto u = gather(d, minus + r * step, step);
      const auto p = hn::MulAdd(u, conj, x);
      const auto q = hn::MulAdd(swapped(d, x), conj, swapped(d, u));
      hn::StoreU(hn::Add(p, q), d, e + 2 * r);
      hn::StoreU(hn::Sub(p, q), d, o + 2 * r);
    }
#endif
    for (; r < shape.rings; ++r) fold_one(plus + r * step, minus + r * step, e + 2 * r, o + 2 * r);
  }
}

template <typename T>
HWY_ATTR void unfold_all(const Folding& shape, const T* HWY_RESTRICT even,
                         const T* HWY_RESTRICT odd, T* HWY_RESTRICT z) {
  const std::size_t step = 2 * shape.points;
  for (std::size_t m = shape.orders; m-- > 0;) {  // m = 0 last: both of its signs are one place
    T* plus = z + 2 * m;
    T* minus = z + (m == 0 ? 0 : 2 * (shape.points - m));
    const T* e = even + 2 * m * shape.order_step;
    const T* o = odd + 2 * m * shape.order_step;
    std::size_t r = 0;
#if HWY_TARGET != HWY_SCALAR
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    const auto conj = conjugation(d);
    for (; r + lanes / 2 <= shape.rings; r += lanes / 2) {
      const auto x = hn::LoadU(d, e + 2 * r);
      const auto y = hn::LoadU(d, o + 2 * r);
      const auto p = hn::Add(x, y);
      const auto q = swapped(d, hn::Sub(x, y));
      scatter(d, hn::MulAdd(p, conj, q), minus + r * step, step);
      scatter(d, hn::NegMulAdd(q, conj, p), plus + r * step, step);
    }
#endif
    for (; r < shape.rings; ++r)
      unfold_one(e + 2 * r, o + 2 * r, plus + r * step, minus + r * step);
  }
  for (std::size_t r = 0; r < shape.rings; ++r)
    for (std::size_t k = 2 * shape.orders; k < 2 * (shape.points - shape.orders + 1); ++k)
      z[r * step + k] = T(0);
}

HWY_ATTR void pack_float(const float* a, const float* b, std::size_t step, std::size_t n,
                         float scale, float* z) {
  pack(a, b, step, n, scale, z);
}
HWY_ATTR void pack_double(const double* a, const double* b, std::size_t step, std::size_t n,
                          double scale, double* z) {
  pack(a, b, step, n, scale, z);
}
HWY_ATTR void unpack_float(const float* z, std::size_t n, float scale, float* a, float* b,
                           std::size_t step) {
  unpack(z, n, scale, a, b, step);
}
HWY_ATTR void unpack_double(const double* z, std::size_t n, double scale, double* a, double* b,
                            std::size_t step) {
  unpack(z, n, scale, a, b, step);
}
HWY_ATTR void pack_pairs_float(const PairRun& run, const float* a, const float* b,
                               const float* scale, float* z) {
  pack_run(run, a, b, scale, z);
}
HWY_ATTR void pack_pairs_double(const PairRun& run, const double* a, const double* b,
                                const double* scale, double* z) {
  pack_run(run, a, b, scale, z);
}
HWY_ATTR void unpack_pairs_float(const PairRun& run, const float* z, const float* scale, float* a,
                                 float* b) {
  unpack_run(run, z, scale, a, b);
}
HWY_ATTR void unpack_pairs_double(const PairRun& run, const double* z, const double* scale,
                                  double* a, double* b) {
  unpack_run(run, z, scale, a, b);
}
HWY_ATTR void fold_float(const Folding& shape, const float* z, float* even, float* odd) {
  fold_all(shape, z, even, odd);
}
HWY_ATTR void fold_double(const Folding& shape, const double* z, double* even, double* odd) {
  fold_all(shape, z, even, odd);
}
HWY_ATTR void unfold_float(const Folding& shape, const float* even, const float* odd, float* z) {
  unfold_all(shape, even, odd, z);
}
HWY_ATTR void unfold_double(const Folding& shape, const double* even, const double* odd,
                            double* z) {
  unfold_all(shape, even, odd, z);
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(pack_float);
HWY_EXPORT(pack_double);
HWY_EXPORT(unpack_float);
HWY_EXPORT(unpack_double);
HWY_EXPORT(pack_pairs_float);
HWY_EXPORT(pack_pairs_double);
HWY_EXPORT(unpack_pairs_float);
HWY_EXPORT(unpack_pairs_double);
HWY_EXPORT(fold_float);
HWY_EXPORT(fold_double);
HWY_EXPORT(unfold_float);
HWY_EXPORT(unfold_double);

template <>
void pack_pair(const float* a, const float* b, std::size_t step, std::size_t n, float scale,
               float* z) noexcept {
  HWY_DYNAMIC_DISPATCH(pack_float)(a, b, step, n, scale, z);
}
template <>
void pack_pair(const double* a, const double* b, std::size_t step, std::size_t n, double scale,
               double* z) noexcept {
  HWY_DYNAMIC_DISPATCH(pack_double)(a, b, step, n, scale, z);
}
template <>
void unpack_pair(const float* z, std::size_t n, float scale, float* a, float* b,
                 std::size_t step) noexcept {
  HWY_DYNAMIC_DISPATCH(unpack_float)(z, n, scale, a, b, step);
}
template <>
void unpack_pair(const double* z, std::size_t n, double scale, double* a, double* b,
                 std::size_t step) noexcept {
  HWY_DYNAMIC_DISPATCH(unpack_double)(z, n, scale, a, b, step);
}
template <>
void fold(const Folding& shape, const float* z, float* even, float* odd) noexcept {
  HWY_DYNAMIC_DISPATCH(fold_float)(shape, z, even, odd);
}
template <>
void fold(const Folding& shape, const double* z, double* even, double* odd) noexcept {
  HWY_DYNAMIC_DISPATCH(fold_double)(shape, z, even, odd);
}
template <>
void unfold(const Folding& shape, const float* even, const float* odd, float* z) noexcept {
  HWY_DYNAMIC_DISPATCH(unfold_float)(shape, even, odd, z);
}
template <>
void unfold(const Folding& shape, const double* even, const double* odd, double* z) noexcept {
  HWY_DYNAMIC_DISPATCH(unfold_double)(shape, even, odd, z);
}

template <>
void pack_pairs(const PairRun& run, const float* a, const float* b, const float* scale,
                float* z) noexcept {
  HWY_DYNAMIC_DISPATCH(pack_pairs_float)(run, a, b, scale, z);
}
template <>
void pack_pairs(const PairRun& run, const double* a, const double* b, const double* scale,
                double* z) noexcept {
  HWY_DYNAMIC_DISPATCH(pack_pairs_double)(run, a, b, scale, z);
}
template <>
void unpack_pairs(const PairRun& run, const float* z, const float* scale, float* a,
                  float* b) noexcept {
  HWY_DYNAMIC_DISPATCH(unpack_pairs_float)(run, z, scale, a, b);
}
template <>
void unpack_pairs(const PairRun& run, const double* z, const double* scale, double* a,
                  double* b) noexcept {
  HWY_DYNAMIC_DISPATCH(unpack_pairs_double)(run, z, scale, a, b);
}

}  // namespace equicloud::kernels
#endif
