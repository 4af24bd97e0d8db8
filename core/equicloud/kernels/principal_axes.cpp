// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/principal_axes.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/principal_axes.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr int kSweeps = 4;           // the fourth finds off-diagonals below float's rounding
constexpr float kSmallest = 1e-37F;  // a trace below counts as this

using Tag = hn::CappedTag<float, kAxesBlock>;
using Vec = hn::Vec<Tag>;

struct Axis {
  Vec x, y, z;
};

// Rotates the plane of axes p and q so that a_pq becomes 0; r is the third axis.
HWY_ATTR HWY_INLINE void rotate(Vec& app, Vec& aqq, Vec& apq, Vec& arp, Vec& arq, Axis& p,
                                Axis& q) {
  const Tag d;
  const auto difference = hn::Sub(aqq, app);
  const auto twice = hn::Add(apq, apq);
  const auto root = hn::Sqrt(hn::MulAdd(difference, difference, hn::Mul(twice, twice)));
  const auto below = hn::Max(hn::Add(hn::Abs(difference), root), hn::Set(d, kSmallest));
  // The smaller of the two tangents.
  const auto t = hn::Div(hn::Xor(twice, hn::And(difference, hn::SignBit(d))), below);
  const auto c = hn::Div(hn::Set(d, 1.0F), hn::Sqrt(hn::MulAdd(t, t, hn::Set(d, 1.0F))));
  const auto s = hn::Mul(t, c);
  app = hn::NegMulAdd(t, apq, app);
  aqq = hn::MulAdd(t, apq, aqq);
  apq = hn::Zero(d);
  const auto turn = [&](Vec& a, Vec& b) HWY_ATTR {
    const auto before = a;
    a = hn::NegMulAdd(s, b, hn::Mul(c, before));
    b = hn::MulAdd(s, before, hn::Mul(c, b));
  };
  turn(arp, arq);
  turn(p.x, q.x);
  turn(p.y, q.y);
  turn(p.z, q.z);
}

HWY_ATTR HWY_INLINE void take_smaller(Vec& l, Axis& axis, Vec other, const Axis& other_axis) {
  const auto smaller = hn::Lt(other, l);
  l = hn::Min(l, other);
  axis.x = hn::IfThenElse(smaller, other_axis.x, axis.x);
  axis.y = hn::IfThenElse(smaller, other_axis.y, axis.y);
  axis.z = hn::IfThenElse(smaller, other_axis.z, axis.z);
}

HWY_ATTR void principal_axes(std::size_t count, const SymmetricColumns& m, const AxesColumns& out) {
  const Tag d;
  const auto zero = hn::Zero(d), one = hn::Set(d, 1.0F);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    auto xx = hn::LoadU(d, m.xx + i), yy = hn::LoadU(d, m.yy + i), zz = hn::LoadU(d, m.zz + i);
    const auto trace = hn::Max(hn::Add(hn::Add(xx, yy), zz), hn::Set(d, kSmallest));
    const auto scale = hn::Div(one, trace);
    xx = hn::Mul(xx, scale);
    yy = hn::Mul(yy, scale);
    zz = hn::Mul(zz, scale);
    auto xy = hn::Mul(hn::LoadU(d, m.xy + i), scale);
    auto xz = hn::Mul(hn::LoadU(d, m.xz + i), scale);
    auto yz = hn::Mul(hn::LoadU(d, m.yz + i), scale);
    Axis first{one, zero, zero}, second{zero, one, zero}, third{zero, zero, one};
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      rotate(xx, yy, xy, xz, yz, first, second);
      rotate(xx, zz, xz, xy, yz, first, third);
      rotate(yy, zz, yz, xy, xz, second, third);
    }
    const auto largest = hn::Max(hn::Max(xx, yy), zz);
    const auto middle = hn::Max(hn::Min(hn::Max(xx, yy), zz), hn::Min(xx, yy));
    take_smaller(xx, first, yy, second);
    take_smaller(xx, first, zz, third);
    hn::StoreU(hn::Mul(hn::Max(xx, zero), trace), d, out.l0 + i);
    hn::StoreU(hn::Mul(hn::Max(middle, zero), trace), d, out.l1 + i);
    hn::StoreU(hn::Mul(hn::Max(largest, zero), trace), d, out.l2 + i);
    hn::StoreU(first.x, d, out.x + i);
    hn::StoreU(first.y, d, out.y + i);
    hn::StoreU(first.z, d, out.z + i);
  }
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(principal_axes);

void principal_axes(std::size_t count, const SymmetricColumns& matrices,
                    const AxesColumns& axes) noexcept {
  HWY_DYNAMIC_DISPATCH(principal_axes)(count, matrices, axes);
}

}  // namespace equicloud::kernels
#endif
