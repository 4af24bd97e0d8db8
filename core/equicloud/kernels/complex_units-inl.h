// SPDX-License-Identifier: BSD-3-Clause
// Vectors of complex numbers that lie apart, for kernels that transpose. Included once a target,
// inside foreach_target.
#if defined(EQUICLOUD_KERNELS_COMPLEX_UNITS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef EQUICLOUD_KERNELS_COMPLEX_UNITS_INL
#undef EQUICLOUD_KERNELS_COMPLEX_UNITS_INL
#else
#define EQUICLOUD_KERNELS_COMPLEX_UNITS_INL
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
// Complex numbers `step` reals apart as one vector.
template <class D, typename T>
HWY_ATTR HWY_INLINE hn::Vec<D> gather(D d, const T* z, std::size_t step) {
  if constexpr (hn::MaxLanes(D()) == 2) {
    return hn::LoadU(d, z);
  } else {
    const hn::Half<D> half;
    return hn::Combine(d, gather(half, z + hn::Lanes(half) / 2 * step, step),
                       gather(half, z, step));
  }
}

template <class D, typename T>
HWY_ATTR HWY_INLINE void scatter(D d, hn::Vec<D> v, T* z, std::size_t step) {
  if constexpr (hn::MaxLanes(D()) == 2) {
    hn::StoreU(v, d, z);
  } else {
    const hn::Half<D> half;
    scatter(half, hn::LowerHalf(half, v), z, step);
    scatter(half, hn::UpperHalf(half, v), z + hn::Lanes(half) / 2 * step, step);
  }
}
#endif

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
