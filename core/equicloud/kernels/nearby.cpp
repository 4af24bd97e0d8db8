// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/nearby.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/nearby.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// How far apart two intervals are.
template <class V>
HWY_ATTR HWY_INLINE V apart(V low, V high, V from, V to, V zero) {
  return hn::Max(hn::Max(hn::Sub(low, to), hn::Sub(from, high)), zero);
}

HWY_ATTR std::size_t boxes_near_box(PointColumns low, PointColumns high,
                                    const std::uint32_t* groups, std::size_t group_count,
                                    const float* box, float bound,
                                    std::uint32_t* HWY_RESTRICT boxes) {
  const hn::CappedTag<float, kBlockPoints> d;
  const auto zero = hn::Zero(d);
  std::size_t found = 0;
#if HWY_TARGET > HWY_AVX3
  float squared[kBlockPoints];
#endif
  for (std::size_t g = 0; g < group_count; ++g) {
    const std::size_t begin = groups[g] * kBlockPoints;
    for (std::size_t j = 0; j < kBlockPoints; j += hn::Lanes(d)) {
      const std::size_t i = begin + j;
      const auto x = apart(hn::LoadU(d, low.x + i), hn::LoadU(d, high.x + i), hn::Set(d, box[0]),
                           hn::Set(d, box[3]), zero);
      const auto y = apart(hn::LoadU(d, low.y + i), hn::LoadU(d, high.y + i), hn::Set(d, box[1]),
                           hn::Set(d, box[4]), zero);
      const auto z = apart(hn::LoadU(d, low.z + i), hn::LoadU(d, high.z + i), hn::Set(d, box[2]),
                           hn::Set(d, box[5]), zero);
      const auto length = hn::Add(hn::Add(hn::Mul(x, x), hn::Mul(y, y)), hn::Mul(z, z));
#if HWY_TARGET <= HWY_AVX3
      const hn::RebindToUnsigned<decltype(d)> numbers;
      const auto near = hn::Le(length, hn::Set(d, bound));
      hn::StoreU(hn::Compress(hn::Iota(numbers, static_cast<std::uint32_t>(i)),
                              hn::RebindMask(numbers, near)),
                 numbers, boxes + found);
      found += hn::CountTrue(d, near);
    }
#else
      hn::StoreU(length, d, squared + j);
    }
    for (std::size_t j = 0; j < kBlockPoints; ++j) {
      boxes[found] = static_cast<std::uint32_t>(begin + j);
      found += squared[j] <= bound ? 1 : 0;
    }
#endif
  }
  return found;
}

// How many of the numbers are at most `bound`.
HWY_ATTR HWY_INLINE std::size_t count_within(const float* squared, std::size_t count, float bound) {
  const hn::CappedTag<float, kBlockPoints> d;
  const hn::RebindToSigned<decltype(d)> integers;
  const auto limit = hn::Set(d, bound);
  auto counts = hn::Zero(integers);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto inside = hn::Le(hn::LoadU(d, squared + i), limit);
    // A true lane is -1 as an integer.
    counts = hn::Sub(counts, hn::VecFromMask(integers, hn::RebindMask(integers, inside)));
  }
  return static_cast<std::size_t>(hn::GetLane(hn::SumOfLanes(integers, counts)));
}

// The distances of all points; the largest finite one.
HWY_ATTR HWY_INLINE float distances_to(PointColumns points, const float* q,
                                       float* HWY_RESTRICT squared) {
  const hn::CappedTag<float, kBlockPoints> d;
  const auto most = hn::Set(d, std::numeric_limits<float>::max());
  auto largest = hn::Zero(d);
  for (std::size_t i = 0; i < points.count; i += hn::Lanes(d)) {
    const auto x = hn::Sub(hn::LoadU(d, points.x + i), hn::Set(d, q[0]));
    const auto y = hn::Sub(hn::LoadU(d, points.y + i), hn::Set(d, q[1]));
    const auto z = hn::Sub(hn::LoadU(d, points.z + i), hn::Set(d, q[2]));
    const auto length = hn::Add(hn::Add(hn::Mul(x, x), hn::Mul(y, y)), hn::Mul(z, z));
    hn::StoreU(length, d, squared + i);
    largest = hn::Max(largest, hn::IfThenElseZero(hn::Le(length, most), length));
  }
  return hn::GetLane(hn::MaxOfLanes(d, largest));
}

HWY_ATTR float radius_of(PointColumns points, const float* q, std::size_t k, float known,
                         float* HWY_RESTRICT squared) {
  constexpr int kHalvings = 40;  // from the extent of a cloud to a hundred-thousandth of it
  float radius = std::min(distances_to(points, q, squared), known);
  for (int i = 0; i < kHalvings; ++i) {
    const float half = 0.5F * radius;
    if (count_within(squared, points.count, half) < k) break;
    radius = half;
  }
  for (const float share : {0.7F, 0.85F})
    if (count_within(squared, points.count, share * radius) >= k) return share * radius;
  return radius;
}

// How many keys are at most `bound`.
HWY_ATTR HWY_INLINE std::size_t count_keys(const std::int64_t* keys, std::size_t count,
                                           std::int64_t bound) {
#if HWY_TARGET <= HWY_AVX3
  const hn::ScalableTag<std::int64_t> d;
#else
  const hn::CappedTag<std::int64_t, 4> d;
#endif
  const std::size_t lanes = hn::Lanes(d);
  const auto limit = hn::Set(d, bound);
  auto beyond = hn::Zero(d);  // counted downwards: a true lane is -1
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes)
    beyond = hn::Add(beyond, hn::VecFromMask(d, hn::Gt(hn::LoadU(d, keys + i), limit)));
  auto within = static_cast<std::int64_t>(i) + hn::GetLane(hn::SumOfLanes(d, beyond));
  for (; i < count; ++i) within += keys[i] <= bound ? 1 : 0;
  return static_cast<std::size_t>(within);
}

// Halves between a key that too few are within and one that enough are: the bits of a float >= 0
// grow as it does.
HWY_ATTR float radius_of_keys(const std::int64_t* HWY_RESTRICT keys, std::size_t count,
                              std::size_t k) {
  constexpr int kSteps = 5;
  constexpr std::int64_t kSixteenth = std::int64_t{4} << (23 + 32);  // four binary exponents
  std::int64_t high = keys[0];
  for (std::size_t i = 1; i < count; ++i) high = std::max(high, keys[i]);
  std::int64_t low = high - kSixteenth;  // if the k-th lies below, the radius stays larger
  for (int i = 0; i < kSteps; ++i) {
    const std::int64_t middle = low + (high - low) / 2;
    (count_keys(keys, count, middle) >= k ? high : low) = middle;
  }
  return squared_of_key(std::max<std::int64_t>(high, 0) + (std::int64_t{1} << 32));
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(boxes_near_box);
HWY_EXPORT(radius_of);
HWY_EXPORT(radius_of_keys);

std::size_t boxes_near_box(PointColumns low, PointColumns high, const std::uint32_t* groups,
                           std::size_t group_count, const float* box, float bound,
                           std::uint32_t* boxes) noexcept {
  return HWY_DYNAMIC_DISPATCH(boxes_near_box)(low, high, groups, group_count, box, bound, boxes);
}

float radius_of(PointColumns points, const float* q, std::size_t k, float known,
                float* squared) noexcept {
  return HWY_DYNAMIC_DISPATCH(radius_of)(points, q, k, known, squared);
}

float radius_of_keys(const std::int64_t* keys, std::size_t count, std::size_t k) noexcept {
  return HWY_DYNAMIC_DISPATCH(radius_of_keys)(keys, count, k);
}

std::size_t boxes_near_box_reference(PointColumns low, PointColumns high,
                                     const std::uint32_t* groups, std::size_t group_count,
                                     const float* box, float bound, std::uint32_t* boxes) noexcept {
  const auto apart = [](float low_, float high_, float from, float to) {
    return std::max({low_ - to, from - high_, 0.0F});
  };
  std::size_t found = 0;
  for (std::size_t g = 0; g < group_count; ++g)
    for (std::size_t i = groups[g] * kBlockPoints; i < (groups[g] + 1) * kBlockPoints; ++i) {
      const float x = apart(low.x[i], high.x[i], box[0], box[3]);
      const float y = apart(low.y[i], high.y[i], box[1], box[4]);
      const float z = apart(low.z[i], high.z[i], box[2], box[5]);
      if ((x * x + y * y) + z * z <= bound) boxes[found++] = static_cast<std::uint32_t>(i);
    }
  return found;
}

float least_radius_reference(PointColumns points, const float* q, std::size_t k) {
  std::vector<float> squared;
  for (std::size_t i = 0; i < points.count; ++i) {
    const float x = points.x[i] - q[0], y = points.y[i] - q[1], z = points.z[i] - q[2];
    squared.push_back((x * x + y * y) + z * z);
  }
  std::sort(squared.begin(), squared.end());
  return squared[k - 1];
}

}  // namespace equicloud::kernels
#endif
