// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/neighborhoods.h>

#include <algorithm>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/neighborhoods.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A neighbourhood is two vectors of eight: [covariance, -, -] and [mean, length, shared, -].
constexpr std::size_t kLanes = 8;
using Tag = hn::CappedTag<float, kLanes>;
using Vec = hn::Vec<Tag>;

#if HWY_MAX_BYTES >= 32 && HWY_TARGET != HWY_SCALAR

constexpr std::size_t kSecondHalf = offsetof(Neighborhood, mean) / sizeof(float);
static_assert(kSecondHalf == kLanes && sizeof(Neighborhood) == 2 * kLanes * sizeof(float));

HWY_ATTR HWY_INLINE Vec covariance_of(const Neighborhood& it) {
  return hn::Load(Tag(), reinterpret_cast<const float*>(&it));
}
HWY_ATTR HWY_INLINE Vec mean_and_shared_of(const Neighborhood& it) {
  return hn::Load(Tag(), reinterpret_cast<const float*>(&it) + kSecondHalf);
}

HWY_ATTR HWY_INLINE Vec position(const float* xyz, std::size_t i) {
  const hn::CappedTag<float, 4> four;
  return hn::ZeroExtendVector(Tag(), hn::MaskedLoad(hn::FirstN(four, 3), four, xyz + 3 * i));
}

// u u^T as the entries of a covariance lie, from u in the first three lanes.
class Square {
 public:
  HWY_ATTR HWY_INLINE Square()
      : row_(hn::SetTableIndices(Tag(), kRow)), column_(hn::SetTableIndices(Tag(), kColumn)) {}
  HWY_ATTR HWY_INLINE Vec added_to(Vec sum, Vec u) const {
    return hn::MulAdd(hn::TableLookupLanes(u, row_), hn::TableLookupLanes(u, column_), sum);
  }

 private:
  static constexpr std::int32_t kRow[kLanes] = {0, 0, 0, 1, 1, 2, 0, 0};
  static constexpr std::int32_t kColumn[kLanes] = {0, 1, 2, 1, 2, 2, 0, 0};
  decltype(hn::SetTableIndices(Tag(), kRow)) row_, column_;
};

HWY_ATTR HWY_INLINE Vec over(Vec sum, float total) {
  return hn::Mul(sum, hn::Set(Tag(), 1.0F / total));
}

HWY_ATTR void list_moments(const NeighborLists& lists, std::size_t begin, std::size_t end,
                           Neighborhood* out) {
  const Tag d;
  const Square square;
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint32_t* ids = lists.neighbors + i * lists.count;
    const float* weights = lists.weights + i * lists.count;
    const Vec here = position(lists.xyz, i);
    HWY_ALIGN float offsets[kMostNeighbors][kLanes];
    Vec mean = hn::Zero(d);
    float total = lists.own;
    for (std::size_t j = 0; j < lists.count; ++j) {
      const Vec offset = hn::Sub(position(lists.xyz, ids[j]), here);
      hn::Store(offset, d, offsets[j]);
      mean = hn::MulAdd(hn::Set(d, weights[j]), offset, mean);
      total += weights[j];
    }
    mean = over(mean, total);
    Vec sum = hn::Mul(hn::Set(d, lists.own), square.added_to(hn::Zero(d), mean));
    for (std::size_t j = 0; j < lists.count; ++j) {
      const Vec u = hn::Sub(hn::Load(d, offsets[j]), mean);
      sum = hn::MulAdd(hn::Set(d, weights[j]), square.added_to(hn::Zero(d), u), sum);
    }
    HWY_ALIGN float entries[kLanes];
    hn::Store(over(sum, total), d, entries);
    std::copy_n(entries, 6, out[i - begin].covariance);
    hn::Store(mean, d, entries);
    std::copy_n(entries, 3, out[i - begin].mean);
  }
}

// All eight lanes that of the length.
HWY_ATTR HWY_INLINE Vec length_of(Vec mean_and_shared) {
  constexpr std::int32_t kLength[kLanes] = {3, 3, 3, 3, 3, 3, 3, 3};
  return hn::TableLookupLanes(mean_and_shared, hn::SetTableIndices(Tag(), kLength));
}

HWY_ATTR void pooled_moments(const NeighborLists& lists, const Neighborhood* of, std::size_t begin,
                             std::size_t end, Neighborhood* out) {
  const Tag d;
  const Square square;
  const auto first_half = hn::FirstN(d, 4);
  const Vec own = hn::Set(d, lists.own), one = hn::Set(d, 1.0F);
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint32_t* ids = lists.neighbors + i * lists.count;
    const float* weights = lists.weights + i * lists.count;
    HWY_ALIGN float tamed[kMostNeighbors][kLanes];
    HWY_ALIGN float means[kMostNeighbors][kLanes];
    const Vec here = position(lists.xyz, i);
    const Vec own_mean = mean_and_shared_of(of[i]);
    const Vec half_inverse = hn::Div(hn::Set(d, 0.5F), length_of(own_mean));
    Vec mean = hn::Mul(own, own_mean), shared = mean, tamed_total = own;
    float total = lists.own;
    for (std::size_t j = 0; j < lists.count; ++j) {
      const Vec line = mean_and_shared_of(of[ids[j]]);
      const Vec weight = hn::Set(d, weights[j]);
      const Vec ratio = hn::Mul(length_of(line), half_inverse);
      const Vec bounded = hn::Div(weight, hn::MulAdd(ratio, ratio, one));
      const Vec moved = hn::Add(line, hn::Sub(position(lists.xyz, ids[j]), here));
      hn::Store(bounded, d, tamed[j]);
      hn::Store(moved, d, means[j]);
      tamed_total = hn::Add(tamed_total, bounded);
      mean = hn::MulAdd(bounded, moved, mean);
      shared = hn::MulAdd(weight, line, shared);
      total += weights[j];
    }
    const Vec scale = hn::Div(one, tamed_total);
    mean = hn::Mul(mean, scale);
    Vec sum = hn::Mul(own, square.added_to(covariance_of(of[i]), hn::Sub(own_mean, mean)));
    for (std::size_t j = 0; j < lists.count; ++j) {
      const Vec u = hn::Sub(hn::Load(d, means[j]), mean);
      sum = hn::MulAdd(hn::Load(d, tamed[j]), square.added_to(covariance_of(of[ids[j]]), u), sum);
    }
    auto* line = reinterpret_cast<float*>(out + (i - begin));
    hn::Store(hn::Mul(sum, scale), d, line);
    hn::Store(hn::IfThenElse(first_half, mean, over(shared, total)), d, line + kSecondHalf);
    out[i - begin].length = of[i].length;
  }
}

#else

void list_moments(const NeighborLists& lists, std::size_t begin, std::size_t end,
                  Neighborhood* out) {
  list_moments_reference(lists, begin, end, out);
}

void pooled_moments(const NeighborLists& lists, const Neighborhood* of, std::size_t begin,
                    std::size_t end, Neighborhood* out) {
  pooled_moments_reference(lists, of, begin, end, out);
}

#endif

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {
namespace {

constexpr std::size_t kAxisOf[6][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}};

double offset(const NeighborLists& lists, std::size_t i, std::size_t j, std::size_t axis) {
  return double(lists.xyz[3 * j + axis]) - lists.xyz[3 * i + axis];
}

// The union of weighted neighbourhoods: mean and covariance by the law of total covariance.
class Union {
 public:
  void add(double weight, const double* mean, const float* covariance) {
    total_ += weight;
    for (std::size_t a = 0; a < 3; ++a) mean_[a] += weight * mean[a];
    for (std::size_t e = 0; e < 6; ++e)
      second_[e] += weight * ((covariance == nullptr ? 0.0 : covariance[e]) +
                              mean[kAxisOf[e][0]] * mean[kAxisOf[e][1]]);
  }
  void write(Neighborhood& out) const {
    for (std::size_t a = 0; a < 3; ++a) out.mean[a] = static_cast<float>(mean_[a] / total_);
    for (std::size_t e = 0; e < 6; ++e)
      out.covariance[e] = static_cast<float>(
          second_[e] / total_ - mean_[kAxisOf[e][0]] / total_ * (mean_[kAxisOf[e][1]] / total_));
  }

 private:
  double total_ = 0.0, mean_[3] = {}, second_[6] = {};
};

}  // namespace

HWY_EXPORT(list_moments);
HWY_EXPORT(pooled_moments);

void list_moments(const NeighborLists& lists, std::size_t begin, std::size_t end,
                  Neighborhood* out) noexcept {
  HWY_DYNAMIC_DISPATCH(list_moments)(lists, begin, end, out);
}

void pooled_moments(const NeighborLists& lists, const Neighborhood* of, std::size_t begin,
                    std::size_t end, Neighborhood* out) noexcept {
  HWY_DYNAMIC_DISPATCH(pooled_moments)(lists, of, begin, end, out);
}

void list_moments_reference(const NeighborLists& lists, std::size_t begin, std::size_t end,
                            Neighborhood* out) noexcept {
  for (std::size_t i = begin; i < end; ++i) {
    Union all;
    const double here[3] = {};
    all.add(double(lists.own), here, nullptr);
    for (std::size_t j = i * lists.count; j < (i + 1) * lists.count; ++j) {
      double d[3];
      for (std::size_t a = 0; a < 3; ++a) d[a] = offset(lists, i, lists.neighbors[j], a);
      all.add(double(lists.weights[j]), d, nullptr);
    }
    all.write(out[i - begin]);
  }
}

void pooled_moments_reference(const NeighborLists& lists, const Neighborhood* of, std::size_t begin,
                              std::size_t end, Neighborhood* out) noexcept {
  for (std::size_t i = begin; i < end; ++i) {
    Union all;
    double total = double(lists.own), shared[3] = {};
    const auto add = [&](std::size_t id, double tamed, double weight) {
      double mean[3];
      for (std::size_t a = 0; a < 3; ++a) mean[a] = of[id].mean[a] + offset(lists, i, id, a);
      all.add(tamed, mean, of[id].covariance);
      for (std::size_t c = 0; c < 3; ++c) shared[c] += weight * of[id].shared[c];
    };
    add(i, total, total);
    for (std::size_t j = i * lists.count; j < (i + 1) * lists.count; ++j) {
      const std::uint32_t id = lists.neighbors[j];
      const double weight = double(lists.weights[j]);
      const double ratio = double(of[id].length) / of[i].length;
      add(id, weight / (1.0 + ratio * ratio / 4.0), weight);
      total += weight;
    }
    all.write(out[i - begin]);
    for (std::size_t c = 0; c < 3; ++c)
      out[i - begin].shared[c] = static_cast<float>(shared[c] / total);
    out[i - begin].length = of[i].length;
  }
}

}  // namespace equicloud::kernels
#endif
