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

// visit(l, number of orders m <= l, products at (first, l), coefficients at (l, first))
template <typename P, typename C, typename Visit>
HWY_ATTR HWY_INLINE void each_degree(const Exchange& s, P* products, C* coefficients,
                                     const Visit& visit) {
  for (std::size_t l = s.first; l < s.degrees; ++l)
    visit(l, std::min(s.orders, l - s.first + 1), products + (l - s.first) * s.degree_step,
          coefficients + l * (l + 1) + 2 * s.first);
}

#if HWY_TARGET != HWY_SCALAR
template <typename T>
using Orders = hn::CappedTag<T, 8>;  // up to four at once
#endif

template <typename T>
HWY_ATTR void store(const Exchange& s, const T* scale, const T* products, T* coefficients) {
  each_degree(
      s, products, coefficients, [&](std::size_t l, std::size_t orders, const T* p, T* c) HWY_ATTR {
        for (std::size_t k = 0; k < s.channels; ++k, p += 2, c += s.channel_step) {
          std::size_t m = 0;
#if HWY_TARGET != HWY_SCALAR
          const Orders<T> d;
          for (const std::size_t step = hn::Lanes(d) / 2; m + step <= orders; m += step)
            hn::StoreU(hn::Mul(hn::Set(d, scale[l]), gather(d, p + m * s.order_step, s.order_step)),
                       d, c + 2 * m);
#endif
          for (; m < orders; ++m)
            for (std::size_t i = 0; i < 2; ++i) c[2 * m + i] = scale[l] * p[m * s.order_step + i];
        }
      });
}

template <typename T>
HWY_ATTR void load(const Exchange& s, const T* scale, const T* coefficients, T* products) {
  each_degree(s, products, coefficients,
              [&](std::size_t l, std::size_t orders, T* p, const T* c) HWY_ATTR {
                for (std::size_t k = 0; k < s.channels; ++k, p += 2, c += s.channel_step) {
                  std::size_t m = 0;
#if HWY_TARGET != HWY_SCALAR
                  const Orders<T> d;
                  for (const std::size_t step = hn::Lanes(d) / 2; m + step <= orders; m += step)
                    scatter(d, hn::Mul(hn::Set(d, scale[l]), hn::LoadU(d, c + 2 * m)),
                            p + m * s.order_step, s.order_step);
#endif
                  for (; m < orders; ++m)
                    for (std::size_t i = 0; i < 2; ++i)
                      p[m * s.order_step + i] = scale[l] * c[2 * m + i];
                }
              });
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
