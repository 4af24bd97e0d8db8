// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/plane_pairs.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/plane_pairs.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// The first three quarters of a record, each of all members side by side.
constexpr std::size_t kQuarters = 3;
constexpr std::size_t kQuarter = 4;

HWY_ATTR void plane_pairs(const PlaneRecord* records, std::size_t i, const std::uint32_t* neighbors,
                          std::size_t count, float nearest, float log_spacing,
                          float* HWY_RESTRICT out) {
  const PlaneRecord& own = records[i];
  HWY_ALIGN float members[kQuarters][kPairLanes * kQuarter];
  const hn::CappedTag<float, kQuarter> quarter;
  for (std::size_t j = 0; j < kPairLanes; ++j) {
    // Lanes beyond the count see the point itself.
    const PlaneRecord& other = j < count ? records[neighbors[j]] : own;
    const auto* line = reinterpret_cast<const float*>(&other);
    for (std::size_t q = 0; q < kQuarters; ++q)
      for (std::size_t k = 0; k < kQuarter; k += hn::Lanes(quarter))
        hn::Store(hn::Load(quarter, line + q * kQuarter + k), quarter,
                  members[q] + j * kQuarter + k);
  }
  const hn::CappedTag<float, kPairLanes> d;
  using Vec = hn::Vec<decltype(d)>;
  const auto set = [d](float v) HWY_ATTR { return hn::Set(d, v); };
  const Vec one = set(1.0F);
  for (std::size_t j = 0; j < kPairLanes; j += hn::Lanes(d)) {
    Vec nx, ny, nz, level, x, y, z, h, log_h8, log_d16, flat, gap;
    hn::LoadInterleaved4(d, members[0] + j * kQuarter, nx, ny, nz, level);
    hn::LoadInterleaved4(d, members[1] + j * kQuarter, x, y, z, h);
    hn::LoadInterleaved4(d, members[2] + j * kQuarter, log_h8, log_d16, flat, gap);
    const Vec dx = hn::Sub(set(own.position[0]), x), dy = hn::Sub(set(own.position[1]), y),
              dz = hn::Sub(set(own.position[2]), z);
    const Vec squared = hn::MulAdd(dx, dx, hn::MulAdd(dy, dy, hn::Mul(dz, dz)));
    const Vec distance = hn::Max(hn::Sqrt(squared), set(nearest));
    const Vec across = hn::MulAdd(nx, dx, hn::MulAdd(ny, dy, hn::Sub(hn::Mul(nz, dz), level)));
    const Vec residual = hn::Abs(across);
    const Vec cosine =
        hn::MulAdd(nx, set(own.normal[0]),
                   hn::MulAdd(ny, set(own.normal[1]), hn::Mul(nz, set(own.normal[2]))));
    const Vec log_distance = hn::Log(d, hn::MulAdd(set(0.1F), set(own.h), distance));
    const Vec features[kPairFeatures] = {
        hn::Div(distance, set(own.d16)),
        hn::Sub(log_h8, set(own.log_h8)),
        hn::Mul(gap, hn::Log(d, hn::Add(one, hn::Div(residual, h)))),
        hn::Mul(gap, hn::Log(d, hn::Add(one, hn::Div(residual, set(own.h))))),
        hn::Mul(hn::Mul(set(own.gap), gap), hn::Abs(cosine)),
        hn::Sub(log_distance, log_d16),
        flat,
        hn::Sub(log_distance, set(log_spacing)),
        gap};
    for (std::size_t c = 0; c < kPairFeatures; ++c)
      hn::StoreU(features[c], d, out + c * kPairLanes + j);
  }
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(plane_pairs);

void plane_pairs(const PlaneRecord* records, std::size_t i, const std::uint32_t* neighbors,
                 std::size_t count, float nearest, float log_spacing, float* out) noexcept {
  HWY_DYNAMIC_DISPATCH(plane_pairs)
  (records, i, neighbors, count, nearest, log_spacing, out);
}

}  // namespace equicloud::kernels
#endif
