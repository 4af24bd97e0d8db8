// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/logarithm.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/logarithm.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

HWY_ATTR void logarithms(float* HWY_RESTRICT values, std::size_t count) {
  const hn::CappedTag<float, kLogarithmBlock> d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d))
    hn::StoreU(hn::Log(d, hn::LoadU(d, values + i)), d, values + i);
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(logarithms);

void logarithms(float* values, std::size_t count) noexcept {
  HWY_DYNAMIC_DISPATCH(logarithms)(values, count);
}

}  // namespace equicloud::kernels
#endif
