// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/ranks.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/ranks.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A true lane is -1 as an integer, so that subtracting it counts.
template <class D>
HWY_ATTR HWY_INLINE hn::Vec<D> one_where_less(D d, hn::Vec<D> a, hn::Vec<D> b) {
  return hn::VecFromMask(d, hn::Lt(a, b));
}

// Two vectors of keys at a time against every key.
HWY_ATTR void ranks_of(std::int64_t* HWY_RESTRICT keys, std::size_t count,
                       std::int64_t* HWY_RESTRICT ranks) {
  const hn::CappedTag<std::int64_t, kRanksPadding / 2> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < kRanksPadding; ++i) keys[count + i] = 0;
  for (std::size_t i = 0; i < count; i += 2 * lanes) {
    const auto first = hn::LoadU(d, keys + i);
    const auto second = hn::LoadU(d, keys + i + lanes);
    auto before_first = hn::Zero(d);
    auto before_second = hn::Zero(d);
    for (std::size_t j = 0; j < count; ++j) {
      const auto other = hn::Set(d, keys[j]);
      before_first = hn::Sub(before_first, one_where_less(d, other, first));
      before_second = hn::Sub(before_second, one_where_less(d, other, second));
    }
    hn::StoreU(before_first, d, ranks + i);
    hn::StoreU(before_second, d, ranks + i + lanes);
  }
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(ranks_of);

void ranks_of(std::int64_t* keys, std::size_t count, std::int64_t* ranks) noexcept {
  HWY_DYNAMIC_DISPATCH(ranks_of)(keys, count, ranks);
}

void ranks_of_reference(const std::int64_t* keys, std::size_t count, std::int64_t* ranks) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    ranks[i] = 0;
    for (std::size_t j = 0; j < count; ++j) ranks[i] += keys[j] < keys[i] ? 1 : 0;
  }
}

}  // namespace equicloud::kernels
#endif
