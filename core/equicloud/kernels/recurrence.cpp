// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/recurrence.h>

#include <algorithm>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/recurrence.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, 8>;
using Vector = hn::Vec<D>;
constexpr std::size_t kLanes = hn::MaxLanes(D());

// `Vectors` vectors of rings of one group and the two values of their recurrence.
template <std::size_t Vectors>
struct Walk {
  Vector x[Vectors], now[Vectors], next[Vectors];

  HWY_ATTR HWY_INLINE Walk(const Recurrence& r, std::size_t group, std::size_t ring) {
    const D d;
    const double* start = r.start + 2 * group * kRingGroup;
    for (std::size_t v = 0; v < Vectors; ++v) {
      const std::size_t at = ring + v * kLanes;
      x[v] = hn::LoadU(d, r.cosine + group * kRingGroup + at);
      now[v] = hn::LoadU(d, start + at);
      next[v] = hn::LoadU(d, start + kRingGroup + at);
    }
  }
  // From (i, i + 1) to (i + 2, i + 3).
  HWY_ATTR HWY_INLINE void step(const double* factor, std::size_t i) {
    const D d;
    const Vector first = hn::Set(d, factor[i + 1]);
    const Vector second = hn::Set(d, factor[i + 2]);
    for (std::size_t v = 0; v < Vectors; ++v) {
      now[v] = hn::MulSub(hn::Mul(first, x[v]), next[v], now[v]);
      next[v] = hn::MulSub(hn::Mul(second, x[v]), now[v], next[v]);
    }
  }
};

// Complex numbers of `count` rings (all of a vector's where there are as many) as parts, and back.
template <typename T>
HWY_ATTR HWY_INLINE void load_pairs(const T* from, std::size_t count, Vector& re, Vector& im) {
  const D d;
  if constexpr (std::is_same_v<T, double>) {
    if (count >= kLanes) {
      hn::LoadInterleaved2(d, from, re, im);
      return;
    }
  }
  HWY_ALIGN double parts[2][kLanes] = {};
  for (std::size_t j = 0; j < std::min(count, kLanes); ++j)
    for (std::size_t part = 0; part < 2; ++part) parts[part][j] = from[2 * j + part];
  re = hn::Load(d, parts[0]);
  im = hn::Load(d, parts[1]);
}

template <typename T>
HWY_ATTR HWY_INLINE void store_pairs(Vector re, Vector im, T* to, std::size_t count) {
  const D d;
  if constexpr (std::is_same_v<T, double>) {
    if (count >= kLanes) {
      hn::StoreInterleaved2(re, im, d, to);
      return;
    }
  }
  HWY_ALIGN double parts[2][kLanes];
  hn::Store(re, d, parts[0]);
  hn::Store(im, d, parts[1]);
  for (std::size_t j = 0; j < std::min(count, kLanes); ++j)
    for (std::size_t part = 0; part < 2; ++part) to[2 * j + part] = static_cast<T>(parts[part][j]);
}

// Two vectors of rings: recurrence and four sums each fill 14 of the 16 registers of AVX2.
template <typename T>
HWY_ATTR HWY_INLINE void synthesise_rings(const Recurrence& r, std::size_t group, std::size_t ring,
                                          const double* c, T* even, T* odd) {
  constexpr std::size_t kVectors = kLanes == 8 ? 1 : 2;
  const D d;
  Walk<kVectors> walk(r, group, ring);
  Vector sum[2][2][kVectors];  // parity, real or imaginary
  for (auto& parity : sum)
    for (auto& part : parity)
      for (auto& each : part) each = hn::Zero(d);
  const auto add = [&](Vector(&to)[2][kVectors], const double* value, const Vector(&q)[kVectors])
                       HWY_ATTR {
                         const Vector re = hn::Set(d, value[0]);
                         const Vector im = hn::Set(d, value[1]);
                         for (std::size_t v = 0; v < kVectors; ++v) {
                           to[0][v] = hn::MulAdd(re, q[v], to[0][v]);
                           to[1][v] = hn::MulAdd(im, q[v], to[1][v]);
                         }
                       };
  std::size_t i = r.begin[group];
  for (; i + 1 < r.degrees; i += 2) {
    add(sum[0], c + 2 * i, walk.now);
    add(sum[1], c + 2 * i + 2, walk.next);
    walk.step(r.factor, i);
  }
  if (i < r.degrees) add(sum[0], c + 2 * i, walk.now);

  const std::size_t first = group * kRingGroup + ring;
  const std::size_t count = std::min(kVectors * kLanes, r.rings - std::min(r.rings, first));
  for (std::size_t parity = 0; parity < 2; ++parity) {
    T* to = (parity == 0 ? even : odd) + 2 * first;
    for (std::size_t v = 0; v < kVectors; ++v)
      store_pairs(sum[parity][0][v], sum[parity][1][v], to + 2 * v * kLanes,
                  count - std::min(count, v * kLanes));
  }
}

// Pairs of reals of degree l = m + i lie at l(l+1) + 2m.
constexpr std::size_t place(std::size_t m, std::size_t i) { return (m + i) * (m + i + 1) + 2 * m; }

template <typename T>
HWY_ATTR void synthesise(const Recurrence& r, const T* c, const T* factor, double* scaled, T* even,
                         T* odd) {
  for (std::size_t i = 0; i < r.degrees; ++i) {
    const double scale = r.scale[i] * factor[r.order + i];
    const T* from = c + place(r.order, i);
    scaled[2 * i] = scale * from[0];
    scaled[2 * i + 1] = r.order == 0 ? 0.0 : scale * from[1];
  }
  constexpr std::size_t kRings = kLanes == 8 ? 8 : 2 * kLanes;
  for (std::size_t j = 0; j < r.rings; j += kRings)
    synthesise_rings(r, j / kRingGroup, j % kRingGroup, scaled, even, odd);
}

// Of one group: sums[i] = two vectors, products of q_i with real and imaginary parts, not yet
// added up across lanes.
template <std::size_t Rings, typename T>
HWY_ATTR HWY_INLINE void analyse_group(const Recurrence& r, std::size_t group, const T* even,
                                       const T* odd, double* sums) {
  constexpr std::size_t kVectors = Rings / kLanes;
  const D d;
  HWY_ALIGN double parts[2][2][kRingGroup];  // parity, real or imaginary
  const std::size_t first = group * kRingGroup;
  const std::size_t count = std::min(Rings, r.rings - first);
  for (std::size_t parity = 0; parity < 2; ++parity) {
    const T* from = (parity == 0 ? even : odd) + 2 * first;
    for (std::size_t v = 0; v < kVectors; ++v) {
      Vector re;
      Vector im;
      load_pairs(from + 2 * v * kLanes, count - std::min(count, v * kLanes), re, im);
      hn::Store(re, d, parts[parity][0] + v * kLanes);
      hn::Store(im, d, parts[parity][1] + v * kLanes);
    }
  }
  const auto add = [&](double* to, const double(&from)[2][kRingGroup], const Vector(&q)[kVectors])
                       HWY_ATTR {
                         Vector re = hn::LoadU(d, to);
                         Vector im = hn::LoadU(d, to + kLanes);
                         for (std::size_t v = 0; v < kVectors; ++v) {
                           re = hn::MulAdd(hn::Load(d, from[0] + v * kLanes), q[v], re);
                           im = hn::MulAdd(hn::Load(d, from[1] + v * kLanes), q[v], im);
                         }
                         hn::StoreU(re, d, to);
                         hn::StoreU(im, d, to + kLanes);
                       };
  Walk<kVectors> walk(r, group, 0);
  for (std::size_t i = r.begin[group]; i < r.degrees; i += 2) {
    add(sums + 2 * kLanes * i, parts[0], walk.now);
    add(sums + 2 * kLanes * (i + 1), parts[1], walk.next);  // room for one more than degrees
    walk.step(r.factor, i);
  }
}

// Across lanes: (sum of re, sum of im).
#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void add_lanes(const double* sums, double* pair) { std::copy_n(sums, 2, pair); }
#else
template <class E>
HWY_ATTR HWY_INLINE void add_pairs(E e, hn::Vec<E> pairs, double* pair) {
  if constexpr (hn::MaxLanes(E()) == 2) {
    hn::StoreU(pairs, e, pair);
  } else {
    const hn::Half<E> half;
    add_pairs(half, hn::Add(hn::LowerHalf(half, pairs), hn::UpperHalf(half, pairs)), pair);
  }
}
HWY_ATTR HWY_INLINE void add_lanes(const double* sums, double* pair) {
  const D d;
  const Vector re = hn::LoadU(d, sums);
  const Vector im = hn::LoadU(d, sums + kLanes);
  add_pairs(d, hn::Add(hn::InterleaveLower(d, re, im), hn::InterleaveUpper(d, re, im)), pair);
}
#endif

template <typename T>
HWY_ATTR void analyse(const Recurrence& r, const T* even, const T* odd, const T* factor, T* c,
                      double* sums) {
  std::fill(sums, sums + 2 * kLanes * (r.degrees + 1), 0.0);
  constexpr std::size_t kHalf = std::max(kLanes, kRingGroup / 2);
  if (r.rings <= kHalf)
    analyse_group<kHalf>(r, 0, even, odd, sums);
  else
    for (std::size_t j = 0; j < r.rings; j += kRingGroup)
      analyse_group<kRingGroup>(r, j / kRingGroup, even, odd, sums);
  for (std::size_t i = 0; i < r.degrees; ++i) {
    double pair[2];
    add_lanes(sums + 2 * kLanes * i, pair);
    const double scale = r.scale[i] * factor[r.order + i];
    T* to = c + place(r.order, i);
    to[0] = static_cast<T>(scale * pair[0]);
    to[1] = static_cast<T>(scale * pair[1]);
  }
}

HWY_ATTR void synthesis_float(const Recurrence& r, const float* c, const float* factor,
                              double* scratch, float* even, float* odd) {
  synthesise(r, c, factor, scratch, even, odd);
}
HWY_ATTR void synthesis_double(const Recurrence& r, const double* c, const double* factor,
                               double* scratch, double* even, double* odd) {
  synthesise(r, c, factor, scratch, even, odd);
}
HWY_ATTR void analysis_float(const Recurrence& r, const float* even, const float* odd,
                             const float* factor, float* c, double* scratch) {
  analyse(r, even, odd, factor, c, scratch);
}
HWY_ATTR void analysis_double(const Recurrence& r, const double* even, const double* odd,
                              const double* factor, double* c, double* scratch) {
  analyse(r, even, odd, factor, c, scratch);
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(synthesis_float);
HWY_EXPORT(synthesis_double);
HWY_EXPORT(analysis_float);
HWY_EXPORT(analysis_double);

template <>
void recurrence_synthesis(const Recurrence& r, const float* c, const float* factor, float* even,
                          float* odd, double* scratch) noexcept {
  HWY_DYNAMIC_DISPATCH(synthesis_float)(r, c, factor, scratch, even, odd);
}
template <>
void recurrence_synthesis(const Recurrence& r, const double* c, const double* factor, double* even,
                          double* odd, double* scratch) noexcept {
  HWY_DYNAMIC_DISPATCH(synthesis_double)(r, c, factor, scratch, even, odd);
}
template <>
void recurrence_analysis(const Recurrence& r, const float* even, const float* odd,
                         const float* factor, float* c, double* scratch) noexcept {
  HWY_DYNAMIC_DISPATCH(analysis_float)(r, even, odd, factor, c, scratch);
}
template <>
void recurrence_analysis(const Recurrence& r, const double* even, const double* odd,
                         const double* factor, double* c, double* scratch) noexcept {
  HWY_DYNAMIC_DISPATCH(analysis_double)(r, even, odd, factor, c, scratch);
}

}  // namespace equicloud::kernels
#endif
