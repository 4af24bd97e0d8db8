// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/exchange.h>

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/exchange.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <equicloud/kernels/complex_units-inl.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kOrders = 8;

// Calls whole(l, products at (first, l), coefficients at (l, first)) where all of kOrders orders
// exist, part(.., number of orders) elsewhere: at l < m, and at the end of the orders.
template <typename P, typename C, typename Whole, typename Part>
HWY_ATTR HWY_INLINE void each_degree(const Exchange& s, P* products, C* coefficients,
                                     const Whole& whole, const Part& part) {
  for (std::size_t l = s.first; l < s.degrees; ++l) {
    P* p = products + (l - s.first) * s.degree_step;
    C* c = coefficients + l * (l + 1) + 2 * s.first;
    const std::size_t orders = std::min(s.orders, l - s.first + 1);
    if (HWY_TARGET != HWY_SCALAR && orders == kOrders)
      whole(l, p, c);
    else
      part(l, p, c, orders);
  }
}

template <typename T>
HWY_ATTR void store(const Exchange& s, const T* scale, const T* products, T* coefficients) {
  const auto part = [&](std::size_t l, const T* p, T* c, std::size_t orders) HWY_ATTR {
    for (std::size_t k = 0; k < s.channels; ++k)
      for (std::size_t m = 0; m < orders; ++m)
        for (std::size_t i = 0; i < 2; ++i)
          c[k * s.channel_step + 2 * m + i] = scale[l] * p[m * s.order_step + 2 * k + i];
  };
  const auto whole = [&](std::size_t l, const T* p, T* c) HWY_ATTR {
#if HWY_TARGET != HWY_SCALAR
    const hn::CappedTag<T, 8> d;
    const auto factor = hn::Set(d, scale[l]);
    for (std::size_t k = 0; k < s.channels; ++k)
      for (std::size_t m = 0; m < kOrders; m += hn::Lanes(d) / 2)
        hn::StoreU(hn::Mul(factor, gather(d, p + m * s.order_step + 2 * k, s.order_step)), d,
                   c + k * s.channel_step + 2 * m);
#else
    part(l, p, c, kOrders);
#endif
  };
  each_degree(s, products, coefficients, whole, part);
}

template <typename T>
HWY_ATTR void load(const Exchange& s, const T* scale, const T* coefficients, T* products) {
  const auto part = [&](std::size_t l, T* p, const T* c, std::size_t orders) HWY_ATTR {
    for (std::size_t k = 0; k < s.channels; ++k)
      for (std::size_t m = 0; m < orders; ++m)
        for (std::size_t i = 0; i < 2; ++i)
          p[m * s.order_step + 2 * k + i] = scale[l] * c[k * s.channel_step + 2 * m + i];
  };
  const auto whole = [&](std::size_t l, T* p, const T* c) HWY_ATTR {
#if HWY_TARGET != HWY_SCALAR
    const hn::CappedTag<T, 8> d;
    const auto factor = hn::Set(d, scale[l]);
    for (std::size_t k = 0; k < s.channels; ++k)
      for (std::size_t m = 0; m < kOrders; m += hn::Lanes(d) / 2)
        scatter(d, hn::Mul(factor, hn::LoadU(d, c + k * s.channel_step + 2 * m)),
                p + m * s.order_step + 2 * k, s.order_step);
#else
    part(l, p, c, kOrders);
#endif
  };
  each_degree(s, products, coefficients, whole, part);
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
