// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/distances.h>

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/distances.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class V>
struct Point {
  V x, y, z;
};

// The point in every lane.
template <class D>
HWY_ATTR HWY_INLINE Point<hn::Vec<D>> spread(D d, const float* q) {
  return {hn::Set(d, q[0]), hn::Set(d, q[1]), hn::Set(d, q[2])};
}

template <class V>
HWY_ATTR HWY_INLINE V squared_length(V x, V y, V z) {
  return hn::Add(hn::Add(hn::Mul(x, x), hn::Mul(y, y)), hn::Mul(z, z));
}

template <class D>
HWY_ATTR HWY_INLINE hn::Vec<D> squared_distances(D d, const PointColumns& points, std::size_t i,
                                                 const Point<hn::Vec<D>>& q) {
  return squared_length(hn::Sub(hn::LoadU(d, points.x + i), q.x),
                        hn::Sub(hn::LoadU(d, points.y + i), q.y),
                        hn::Sub(hn::LoadU(d, points.z + i), q.z));
}

struct Largest {
  float value = -1.0F;
  std::size_t index = 0;

  void see(float other, std::size_t at) {
    if (other > value || (other == value && at < index)) {
      value = other;
      index = at;
    }
  }
};

// Lowers the whole vectors of [begin, points.count) and returns where they end. Each lane keeps its
// own first largest, the lanes are compared at the end.
template <class D>
HWY_ATTR HWY_INLINE std::size_t lower_vectors(D d, const PointColumns& points, std::size_t begin,
                                              const float* q, float* HWY_RESTRICT squared,
                                              Largest& largest) {
  const hn::RebindToUnsigned<D> integers;
  const std::size_t lanes = hn::Lanes(d);
  const auto from = spread(d, q);
  auto best = hn::Set(d, -1.0F);
  auto best_at = hn::Zero(integers);
  std::size_t i = begin;
  for (; i + lanes <= points.count; i += lanes) {
    const auto lowered = hn::Min(hn::LoadU(d, squared + i), squared_distances(d, points, i, from));
    hn::StoreU(lowered, d, squared + i);
    const auto larger = hn::Gt(lowered, best);
    best = hn::IfThenElse(larger, lowered, best);
    best_at = hn::IfThenElse(hn::RebindMask(integers, larger),
                             hn::Set(integers, static_cast<std::uint32_t>(i)), best_at);
  }
  float values[kBlockPoints];
  std::uint32_t starts[kBlockPoints];
  hn::StoreU(best, d, values);
  hn::StoreU(best_at, integers, starts);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    if (values[lane] >= 0.0F) largest.see(values[lane], starts[lane] + lane);
  return i;
}

HWY_ATTR std::size_t lower_distances(PointColumns points, const float* q, float* squared) {
  Largest largest;
  const std::size_t whole =
      lower_vectors(hn::CappedTag<float, kBlockPoints>(), points, 0, q, squared, largest);
  lower_vectors(hn::CappedTag<float, 1>(), points, whole, q, squared, largest);
  return largest.index;
}

// How far q lies outside [low, high].
template <class V>
HWY_ATTR HWY_INLINE V outside(V low, V high, V q, V zero) {
  return hn::Max(hn::Max(hn::Sub(low, q), hn::Sub(q, high)), zero);
}

#if HWY_TARGET <= HWY_AVX3
// Appends what is chosen of kBlockPoints numbers, in their order; writes whole vectors.
template <class D, class V, class M>
HWY_ATTR HWY_INLINE std::size_t append(D d, V values, M chosen, std::uint32_t* to) {
  const hn::RebindToUnsigned<D> numbers;
  hn::StoreU(hn::Compress(values, hn::RebindMask(numbers, chosen)), numbers, to);
  return hn::CountTrue(d, chosen);
}
#endif

// Appending without a branch, one by one, beats Highway's CompressStore on AVX2, whose tables GCC
// copies to the stack at each use; where a register can be compressed, that is best.
HWY_ATTR std::size_t boxes_within(PointColumns low, PointColumns high, const float* q, float bound,
                                  std::uint32_t* HWY_RESTRICT blocks) {
  const hn::CappedTag<float, kBlockPoints> d;
  const auto to = spread(d, q);
  const auto zero = hn::Zero(d);
  std::size_t found = 0;
#if HWY_TARGET <= HWY_AVX3
  const hn::RebindToUnsigned<decltype(d)> numbers;
  for (std::size_t i = 0; i < low.count; i += kBlockPoints) {
    const auto x = outside(hn::LoadU(d, low.x + i), hn::LoadU(d, high.x + i), to.x, zero);
    const auto y = outside(hn::LoadU(d, low.y + i), hn::LoadU(d, high.y + i), to.y, zero);
    const auto z = outside(hn::LoadU(d, low.z + i), hn::LoadU(d, high.z + i), to.z, zero);
    const auto inside = hn::Le(squared_length(x, y, z), hn::Set(d, bound));
    found += append(d, hn::Iota(numbers, static_cast<std::uint32_t>(i)), inside, blocks + found);
  }
#else
  float squared[kBlockPoints];
  for (std::size_t begin = 0; begin < low.count; begin += kBlockPoints) {
    for (std::size_t j = 0; j < kBlockPoints; j += hn::Lanes(d)) {
      const std::size_t i = begin + j;
      const auto x = outside(hn::LoadU(d, low.x + i), hn::LoadU(d, high.x + i), to.x, zero);
      const auto y = outside(hn::LoadU(d, low.y + i), hn::LoadU(d, high.y + i), to.y, zero);
      const auto z = outside(hn::LoadU(d, low.z + i), hn::LoadU(d, high.z + i), to.z, zero);
      hn::StoreU(squared_length(x, y, z), d, squared + j);
    }
    for (std::size_t j = 0; j < kBlockPoints; ++j) {
      blocks[found] = static_cast<std::uint32_t>(begin + j);
      found += squared[j] <= bound ? 1 : 0;
    }
  }
#endif
  return found;
}

HWY_ATTR std::size_t within(PointColumns points, const std::uint32_t* names,
                            const std::uint32_t* blocks, std::size_t block_count, const float* q,
                            float bound, std::int64_t* HWY_RESTRICT keys) {
  const hn::CappedTag<float, kBlockPoints> d;
  const auto from = spread(d, q);
  std::size_t found = 0;
#if HWY_TARGET <= HWY_AVX3
  const hn::RebindToUnsigned<decltype(d)> numbers;
  const hn::Half<decltype(numbers)> half;
  const hn::RepartitionToWide<decltype(numbers)> wide;
  // A key is its distance's bits over its name: see distance_key().
  const auto join = [&](auto bits, auto name) HWY_ATTR {
    return hn::Or(hn::ShiftLeft<32>(hn::PromoteTo(wide, bits)), hn::PromoteTo(wide, name));
  };
  for (std::size_t b = 0; b < block_count; ++b) {
    const std::size_t begin = blocks[b] * kBlockPoints;
    const auto squared = squared_distances(d, points, begin, from);
    const auto inside = hn::Le(squared, hn::Set(d, bound));
    const auto chosen = hn::RebindMask(numbers, inside);
    const auto bits = hn::Compress(hn::BitCast(numbers, squared), chosen);
    const auto name = hn::Compress(hn::LoadU(numbers, names + begin), chosen);
    auto* to = reinterpret_cast<std::uint64_t*>(keys + found);
    hn::StoreU(join(hn::LowerHalf(half, bits), hn::LowerHalf(half, name)), wide, to);
    hn::StoreU(join(hn::UpperHalf(half, bits), hn::UpperHalf(half, name)), wide,
               to + hn::Lanes(wide));
    found += hn::CountTrue(d, inside);
  }
#else
  float squared[kBlockPoints];
  for (std::size_t b = 0; b < block_count; ++b) {
    const std::size_t begin = blocks[b] * kBlockPoints;
    for (std::size_t j = 0; j < kBlockPoints; j += hn::Lanes(d))
      hn::StoreU(squared_distances(d, points, begin + j, from), d, squared + j);
    for (std::size_t j = 0; j < kBlockPoints; ++j) {
      keys[found] = distance_key(squared[j], names[begin + j]);
      found += squared[j] <= bound ? 1 : 0;
    }
  }
#endif
  return found;
}

HWY_ATTR std::size_t keys_within(const std::int64_t* HWY_RESTRICT keys, std::size_t count,
                                 float bound, std::int64_t* HWY_RESTRICT kept_keys) {
  std::size_t kept = 0, i = 0;
#if HWY_TARGET <= HWY_AVX3
  const hn::ScalableTag<std::int64_t> d;
  // By halves of 32 bits: 64 would take Highway through a table.
  const hn::Repartition<std::uint32_t, decltype(d)> halves;
  // Keys of smaller distances are smaller, whatever the names.
  const auto first_beyond = hn::Set(d, distance_key(bound, 0) + (std::int64_t{1} << 32));
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto some = hn::LoadU(d, keys + i);
    const auto inside = hn::Lt(some, first_beyond);
    const auto both = hn::MaskFromVec(hn::BitCast(halves, hn::VecFromMask(d, inside)));
    hn::StoreU(hn::Compress(hn::BitCast(halves, some), both), halves,
               reinterpret_cast<std::uint32_t*>(kept_keys + kept));
    kept += hn::CountTrue(d, inside);
  }
#endif
  for (; i < count; ++i) {
    kept_keys[kept] = keys[i];
    kept += squared_of_key(keys[i]) <= bound ? 1 : 0;
  }
  return kept;
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(lower_distances);
HWY_EXPORT(boxes_within);
HWY_EXPORT(within);
HWY_EXPORT(keys_within);

std::size_t lower_distances(PointColumns points, const float* q, float* squared) noexcept {
  return HWY_DYNAMIC_DISPATCH(lower_distances)(points, q, squared);
}

std::size_t boxes_within(PointColumns low, PointColumns high, const float* q, float bound,
                         std::uint32_t* blocks) noexcept {
  return HWY_DYNAMIC_DISPATCH(boxes_within)(low, high, q, bound, blocks);
}

std::size_t within(PointColumns points, const std::uint32_t* names, const std::uint32_t* blocks,
                   std::size_t block_count, const float* q, float bound,
                   std::int64_t* keys) noexcept {
  return HWY_DYNAMIC_DISPATCH(within)(points, names, blocks, block_count, q, bound, keys);
}

std::size_t keys_within(const std::int64_t* keys, std::size_t count, float bound,
                        std::int64_t* kept) noexcept {
  return HWY_DYNAMIC_DISPATCH(keys_within)(keys, count, bound, kept);
}

namespace {

float squared_length(float x, float y, float z) { return (x * x + y * y) + z * z; }

float squared_distance(const PointColumns& points, std::size_t i, const float* q) {
  return squared_length(points.x[i] - q[0], points.y[i] - q[1], points.z[i] - q[2]);
}

float outside(float low, float high, float q) { return std::max({low - q, q - high, 0.0F}); }

}  // namespace

std::size_t lower_distances_reference(PointColumns points, const float* q,
                                      float* squared) noexcept {
  std::size_t largest = 0;
  for (std::size_t i = 0; i < points.count; ++i) {
    squared[i] = std::min(squared[i], squared_distance(points, i, q));
    if (squared[i] >= 0.0F && squared[i] > squared[largest]) largest = i;
  }
  return largest;
}

std::size_t boxes_within_reference(PointColumns low, PointColumns high, const float* q, float bound,
                                   std::uint32_t* blocks) noexcept {
  std::size_t found = 0;
  for (std::size_t i = 0; i < low.count; ++i)
    if (squared_length(outside(low.x[i], high.x[i], q[0]), outside(low.y[i], high.y[i], q[1]),
                       outside(low.z[i], high.z[i], q[2])) <= bound)
      blocks[found++] = static_cast<std::uint32_t>(i);
  return found;
}

std::size_t within_reference(PointColumns points, const std::uint32_t* names,
                             const std::uint32_t* blocks, std::size_t block_count, const float* q,
                             float bound, std::int64_t* keys) noexcept {
  std::size_t found = 0;
  for (std::size_t b = 0; b < block_count; ++b)
    for (std::size_t i = blocks[b] * kBlockPoints; i < (blocks[b] + 1) * kBlockPoints; ++i) {
      const float squared = squared_distance(points, i, q);
      if (squared <= bound) keys[found++] = distance_key(squared, names[i]);
    }
  return found;
}

}  // namespace equicloud::kernels
#endif
