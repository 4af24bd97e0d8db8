// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/three_term.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/three_term.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_ATTR HWY_INLINE void store(hn::Vec<D> value, D d, double* to) {
  hn::StoreU(value, d, to);
}
template <class D>
HWY_ATTR HWY_INLINE void store(hn::Vec<D> value, D, float* to) {
  const hn::Rebind<float, D> narrow;
  hn::StoreU(hn::DemoteTo(narrow, value), narrow, to);
}

// `Vectors` independent chains of three dependent operations each hide one another's latency; x
// and the two last rows stay in registers.
template <std::size_t Vectors, class D, typename T>
HWY_ATTR HWY_INLINE void chains(D d, const double* HWY_RESTRICT x, const double* HWY_RESTRICT first,
                                const ThreeTerm* HWY_RESTRICT steps, std::size_t step_count,
                                T* HWY_RESTRICT rows, std::size_t stride) {
  using Vector = hn::Vec<D>;
  const std::size_t lanes = hn::Lanes(d);
  Vector at[Vectors];
  Vector now[Vectors];
  Vector before[Vectors];
  for (std::size_t v = 0; v < Vectors; ++v) {
    at[v] = hn::LoadU(d, x + v * lanes);
    now[v] = hn::LoadU(d, first + v * lanes);
    before[v] = hn::Zero(d);
    store(now[v], d, rows + v * lanes);
  }
  for (std::size_t i = 0; i < step_count; ++i) {
    rows += stride;
    const Vector a = hn::Set(d, steps[i].a);
    const Vector b = hn::Set(d, steps[i].b);
    const Vector c = hn::Set(d, steps[i].c);
    for (std::size_t v = 0; v < Vectors; ++v) {
      const Vector next = hn::NegMulAdd(c, before[v], hn::Mul(hn::MulSub(a, at[v], b), now[v]));
      before[v] = now[v];
      now[v] = next;
      store(next, d, rows + v * lanes);
    }
  }
}

template <typename T>
HWY_ATTR HWY_INLINE void all_chains(std::size_t count, const double* x, const double* first,
                                    const ThreeTerm* steps, std::size_t step_count, T* rows,
                                    std::size_t stride) {
  const hn::ScalableTag<double> d;
  const hn::CappedTag<double, 1> one;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t j = 0;
  for (; j + 4 * lanes <= count; j += 4 * lanes)
    chains<4>(d, x + j, first + j, steps, step_count, rows + j, stride);
  for (; j + lanes <= count; j += lanes)
    chains<1>(d, x + j, first + j, steps, step_count, rows + j, stride);
  for (; j < count; ++j) chains<1>(one, x + j, first + j, steps, step_count, rows + j, stride);
}

HWY_ATTR void three_term_float(std::size_t count, const double* x, const double* first,
                               const ThreeTerm* steps, std::size_t step_count, float* rows,
                               std::size_t stride) {
  all_chains(count, x, first, steps, step_count, rows, stride);
}
HWY_ATTR void three_term_double(std::size_t count, const double* x, const double* first,
                                const ThreeTerm* steps, std::size_t step_count, double* rows,
                                std::size_t stride) {
  all_chains(count, x, first, steps, step_count, rows, stride);
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(three_term_float);
HWY_EXPORT(three_term_double);

template <>
void three_term(std::size_t count, const double* x, const double* first, const ThreeTerm* steps,
                std::size_t step_count, float* rows, std::size_t stride) noexcept {
  HWY_DYNAMIC_DISPATCH(three_term_float)(count, x, first, steps, step_count, rows, stride);
}
template <>
void three_term(std::size_t count, const double* x, const double* first, const ThreeTerm* steps,
                std::size_t step_count, double* rows, std::size_t stride) noexcept {
  HWY_DYNAMIC_DISPATCH(three_term_double)(count, x, first, steps, step_count, rows, stride);
}

template <typename T>
void three_term_reference(std::size_t count, const double* x, const double* first,
                          const ThreeTerm* steps, std::size_t step_count, T* rows,
                          std::size_t stride) noexcept {
  for (std::size_t j = 0; j < count; ++j) {
    double before = 0.0;
    double now = first[j];
    rows[j] = static_cast<T>(now);
    for (std::size_t i = 0; i < step_count; ++i) {
      const double next = (steps[i].a * x[j] - steps[i].b) * now - steps[i].c * before;
      before = now;
      now = next;
      rows[(i + 1) * stride + j] = static_cast<T>(now);
    }
  }
}

template void three_term_reference(std::size_t, const double*, const double*, const ThreeTerm*,
                                   std::size_t, float*, std::size_t) noexcept;
template void three_term_reference(std::size_t, const double*, const double*, const ThreeTerm*,
                                   std::size_t, double*, std::size_t) noexcept;

}  // namespace equicloud::kernels
#endif
