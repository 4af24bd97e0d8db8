// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/distances.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/distances.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_ATTR HWY_INLINE hn::Vec<D> squared_distances(D d, const PointColumns& points, std::size_t i,
                                                 hn::Vec<D> qx, hn::Vec<D> qy, hn::Vec<D> qz) {
  const hn::Vec<D> dx = hn::Sub(hn::LoadU(d, points.x + i), qx);
  const hn::Vec<D> dy = hn::Sub(hn::LoadU(d, points.y + i), qy);
  const hn::Vec<D> dz = hn::Sub(hn::LoadU(d, points.z + i), qz);
  return hn::Add(hn::Add(hn::Mul(dx, dx), hn::Mul(dy, dy)), hn::Mul(dz, dz));
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
  const auto qx = hn::Set(d, q[0]);
  const auto qy = hn::Set(d, q[1]);
  const auto qz = hn::Set(d, q[2]);
  auto best = hn::Set(d, -1.0F);
  auto best_at = hn::Zero(integers);
  std::size_t i = begin;
  for (; i + lanes <= points.count; i += lanes) {
    const auto lowered =
        hn::Min(hn::LoadU(d, squared + i), squared_distances(d, points, i, qx, qy, qz));
    hn::StoreU(lowered, d, squared + i);
    const auto larger = hn::Gt(lowered, best);
    best = hn::IfThenElse(larger, lowered, best);
    best_at = hn::IfThenElse(hn::RebindMask(integers, larger),
                             hn::Set(integers, static_cast<std::uint32_t>(i)), best_at);
  }
  float values[HWY_MAX_BYTES / sizeof(float)];
  std::uint32_t starts[HWY_MAX_BYTES / sizeof(float)];
  hn::StoreU(best, d, values);
  hn::StoreU(best_at, integers, starts);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    if (values[lane] >= 0.0F) largest.see(values[lane], starts[lane] + lane);
  return i;
}

HWY_ATTR std::size_t lower_distances(PointColumns points, const float* q, float* squared) {
  Largest largest;
  const std::size_t whole = lower_vectors(hn::ScalableTag<float>(), points, 0, q, squared, largest);
  lower_vectors(hn::CappedTag<float, 1>(), points, whole, q, squared, largest);
  return largest.index;
}

template <class D>
HWY_ATTR HWY_INLINE std::size_t within_vectors(D d, const PointColumns& points, std::size_t begin,
                                               const float* q, float bound,
                                               std::uint32_t* HWY_RESTRICT indices,
                                               float* HWY_RESTRICT squared, std::size_t& found) {
  const hn::RebindToUnsigned<D> integers;
  const std::size_t lanes = hn::Lanes(d);
  const auto qx = hn::Set(d, q[0]);
  const auto qy = hn::Set(d, q[1]);
  const auto qz = hn::Set(d, q[2]);
  const auto limit = hn::Set(d, bound);
  std::size_t i = begin;
  for (; i + lanes <= points.count; i += lanes) {
    const auto distances = squared_distances(d, points, i, qx, qy, qz);
    const auto near = hn::Le(distances, limit);
    if (hn::AllFalse(d, near)) continue;
    hn::CompressStore(hn::Iota(integers, static_cast<std::uint32_t>(i)),
                      hn::RebindMask(integers, near), integers, indices + found);
    found += hn::CompressStore(distances, near, d, squared + found);
  }
  return i;
}

HWY_ATTR std::size_t within(PointColumns points, const float* q, float bound,
                            std::uint32_t* indices, float* squared) {
  std::size_t found = 0;
  const std::size_t whole =
      within_vectors(hn::ScalableTag<float>(), points, 0, q, bound, indices, squared, found);
  within_vectors(hn::CappedTag<float, 1>(), points, whole, q, bound, indices, squared, found);
  return found;
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

static_assert(kFindsPadding * sizeof(float) >= HWY_MAX_BYTES || HWY_HAVE_SCALABLE);

HWY_EXPORT(lower_distances);
HWY_EXPORT(within);

std::size_t lower_distances(PointColumns points, const float* q, float* squared) noexcept {
  return HWY_DYNAMIC_DISPATCH(lower_distances)(points, q, squared);
}

std::size_t within(PointColumns points, const float* q, float bound, std::uint32_t* indices,
                   float* squared) noexcept {
  return HWY_DYNAMIC_DISPATCH(within)(points, q, bound, indices, squared);
}

namespace {

float squared_distance(const PointColumns& points, std::size_t i, const float* q) {
  const float dx = points.x[i] - q[0];
  const float dy = points.y[i] - q[1];
  const float dz = points.z[i] - q[2];
  return (dx * dx + dy * dy) + dz * dz;
}

}  // namespace

std::size_t lower_distances_reference(PointColumns points, const float* q,
                                      float* squared) noexcept {
  std::size_t largest = 0;
  for (std::size_t i = 0; i < points.count; ++i) {
    const float distance = squared_distance(points, i, q);
    if (distance < squared[i]) squared[i] = distance;
    if (squared[i] >= 0.0F && squared[i] > squared[largest]) largest = i;
  }
  return largest;
}

std::size_t within_reference(PointColumns points, const float* q, float bound,
                             std::uint32_t* indices, float* squared) noexcept {
  std::size_t found = 0;
  for (std::size_t i = 0; i < points.count; ++i) {
    const float distance = squared_distance(points, i, q);
    if (distance > bound) continue;
    indices[found] = static_cast<std::uint32_t>(i);
    squared[found++] = distance;
  }
  return found;
}

}  // namespace equicloud::kernels
#endif
