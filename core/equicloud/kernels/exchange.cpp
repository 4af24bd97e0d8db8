// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/exchange.h>

#include <hwy/cache_control.h>

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/exchange.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <equicloud/kernels/complex_units-inl.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// visit(l, number of orders m <= l, products at (first, l), coefficients at (l, first))
template <typename P, typename C, typename Visit>
HWY_ATTR HWY_INLINE void each_degree(const Exchange& s, P* products, C* coefficients,
                                     const Visit& visit) {
  for (std::size_t l = s.first; l < s.degrees; ++l)
    visit(l, std::min(s.orders, l - s.first + 1), products + (l - s.first) * s.degree_step,
          coefficients + l * (l + 1) + 2 * s.first);
}

// Where the coefficients are that come a few degrees later: no prefetcher sees their pattern.
template <typename T>
HWY_INLINE const T* some_degrees_ahead(const Exchange& s, std::size_t l, const T* coefficients) {
  const std::size_t later = std::min(l + 3, s.degrees - 1);
  return coefficients + later * (later + 1) + 2 * s.first;
}

// One degree of one channel, `orders` complex numbers: as many at a time as a vector holds, then
// half as many, down to one.
#if HWY_TARGET == HWY_SCALAR
template <class D, typename T>
HWY_INLINE void store_orders(D, T scale, const T* p, std::size_t step, std::size_t orders, T* c) {
  for (std::size_t i = 0; i < 2 * orders; ++i) c[i] = scale * p[i / 2 * step + i % 2];
}
template <class D, typename T>
HWY_INLINE void load_orders(D, T scale, const T* c, std::size_t step, std::size_t orders, T* p) {
  for (std::size_t i = 0; i < 2 * orders; ++i) p[i / 2 * step + i % 2] = scale * c[i];
}
#else
template <class D, typename T>
HWY_ATTR HWY_INLINE void store_orders(D d, T scale, const T* p, std::size_t step,
                                      std::size_t orders, T* c) {
  constexpr std::size_t kAtOnce = hn::MaxLanes(D()) / 2;
  for (; orders >= kAtOnce; orders -= kAtOnce, p += kAtOnce * step, c += 2 * kAtOnce)
    hn::StoreU(hn::Mul(hn::Set(d, scale), gather(d, p, step)), d, c);
  if constexpr (kAtOnce > 1) store_orders(hn::Half<D>(), scale, p, step, orders, c);
}
template <class D, typename T>
HWY_ATTR HWY_INLINE void load_orders(D d, T scale, const T* c, std::size_t step, std::size_t orders,
                                     T* p) {
  constexpr std::size_t kAtOnce = hn::MaxLanes(D()) / 2;
  for (; orders >= kAtOnce; orders -= kAtOnce, p += kAtOnce * step, c += 2 * kAtOnce)
    scatter(d, hn::Mul(hn::Set(d, scale), hn::LoadU(d, c)), p, step);
  if constexpr (kAtOnce > 1) load_orders(hn::Half<D>(), scale, c, step, orders, p);
}
#endif

template <typename T>
HWY_ATTR void store(const Exchange& s, const T* scale, const T* products, T* coefficients) {
  const auto degree = [&](std::size_t l, std::size_t orders, const T* p, T* c) HWY_ATTR {
    const T* later = some_degrees_ahead(s, l, coefficients);
    for (std::size_t k = 0; k < s.channels; ++k, later += s.channel_step) {
      hwy::Prefetch(later);
      hwy::Prefetch(later + 2 * s.orders - 1);
      store_orders(hn::CappedTag<T, 8>(), scale[l], p + 2 * k, s.order_step, orders,
                   c + k * s.channel_step);
    }
  };
  each_degree(s, products, coefficients, degree);
}

template <typename T>
HWY_ATTR void load(const Exchange& s, const T* scale, const T* coefficients, T* products) {
  const auto degree = [&](std::size_t l, std::size_t orders, T* p, const T* c) HWY_ATTR {
    const T* later = some_degrees_ahead(s, l, coefficients);
    for (std::size_t k = 0; k < s.channels; ++k, later += s.channel_step) {
      hwy::Prefetch(later);
      hwy::Prefetch(later + 2 * s.orders - 1);
      load_orders(hn::CappedTag<T, 8>(), scale[l], c + k * s.channel_step, s.order_step, orders,
                  p + 2 * k);
    }
  };
  each_degree(s, products, coefficients, degree);
  for (std::size_t l = 0; s.first == 0 && l < s.degrees; ++l)
    for (std::size_t k = 0; k < s.channels; ++k) products[l * s.degree_step + 2 * k + 1] = T(0);
}

HWY_ATTR void store_float(const Exchange& s, const float* scale, const float* products,
                          float* coefficients) {
  store(s, scale, products, coefficients);
}
HWY_ATTR void store_double(const Exchange& s, const double* scale, const double* products,
                           double* coefficients) {
  store(s, scale, products, coefficients);
}
HWY_ATTR void load_float(const Exchange& s, const float* scale, const float* coefficients,
                         float* products) {
  load(s, scale, coefficients, products);
}
HWY_ATTR void load_double(const Exchange& s, const double* scale, const double* coefficients,
                          double* products) {
  load(s, scale, coefficients, products);
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(store_float);
HWY_EXPORT(store_double);
HWY_EXPORT(load_float);
HWY_EXPORT(load_double);

template <>
void store_degrees(const Exchange& shape, const float* scale, const float* products,
                   float* coefficients) noexcept {
  HWY_DYNAMIC_DISPATCH(store_float)(shape, scale, products, coefficients);
}
template <>
void store_degrees(const Exchange& shape, const double* scale, const double* products,
                   double* coefficients) noexcept {
  HWY_DYNAMIC_DISPATCH(store_double)(shape, scale, products, coefficients);
}
template <>
void load_degrees(const Exchange& shape, const float* scale, const float* coefficients,
                  float* products) noexcept {
  HWY_DYNAMIC_DISPATCH(load_float)(shape, scale, coefficients, products);
}
template <>
void load_degrees(const Exchange& shape, const double* scale, const double* coefficients,
                  double* products) noexcept {
  HWY_DYNAMIC_DISPATCH(load_double)(shape, scale, coefficients, products);
}

}  // namespace equicloud::kernels
#endif
