// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/large_vector.h>
#include <equicloud/points/canonical_order.h>

#include <array>
#include <cmath>
#include <limits>

namespace equicloud {
namespace {

constexpr std::size_t kSpan = 16384;
constexpr double kCells = 2097152.0;  // 2^21 an axis

struct Entry {
  std::uint64_t key;
  std::array<float, 3> p;
  std::uint32_t input;

  bool operator<(const Entry& other) const {
    return key != other.key ? key < other.key : p < other.p;
  }
};

// Puts two zero bits between the lowest 21 bits (the usual shifts and masks).
std::uint64_t spread(std::uint64_t v) {
  v = (v | v << 32) & 0x001f00000000ffffULL;
  v = (v | v << 16) & 0x001f0000ff0000ffULL;
  v = (v | v << 8) & 0x100f00f00f00f00fULL;
  v = (v | v << 4) & 0x10c30c30c30c30c3ULL;
  return (v | v << 2) & 0x1249249249249249ULL;
}

struct Box {
  std::array<double, 3> low{HUGE_VAL, HUGE_VAL, HUGE_VAL};
  double extent = 0.0;
  double largest = 0.0;  // coordinate, in magnitude
};

Box bounding_box(PointsView points) {
  Box box;
  std::array<double, 3> high{-HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  for (std::size_t i = 0; i < points.size; ++i) {
    const float* p = points[i];
    if (!is_finite(p)) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.low[axis] = std::min(box.low[axis], static_cast<double>(p[axis]));
      high[axis] = std::max(high[axis], static_cast<double>(p[axis]));
      box.largest = std::max(box.largest, std::fabs(static_cast<double>(p[axis])));
    }
  }
  for (std::size_t axis = 0; axis < 3; ++axis)
    box.extent = std::max(box.extent, high[axis] - box.low[axis]);
  return box;
}

// Extent to (1/2, 1], unless a tiny cloud lies so far out that its coordinates would overflow: then
// as far as they stay below 2^100.
double power_of_two_scale(const Box& box) {
  if (box.extent <= 0.0) return 1.0;
  int of_extent = 0;
  int of_largest = 0;
  if (std::frexp(box.extent, &of_extent) == 0.5) --of_extent;
  std::frexp(box.largest, &of_largest);
  return std::ldexp(1.0, std::min(-of_extent, 100 - of_largest));
}

void finite_entries(PointsView points, const Curve& curve, LargeVector<Entry>& entries) {
  entries.clear();
  entries.reserve(points.size);
  for (std::size_t i = 0; i < points.size; ++i) {
    const float* p = points[i];
    if (!is_finite(p)) continue;
    Entry entry{curve.key(p), {}, static_cast<std::uint32_t>(i)};
    // + 0 makes -0 a 0: the two are one position.
    for (std::size_t axis = 0; axis < 3; ++axis)
      entry.p[axis] = static_cast<float>(p[axis] * curve.scale()) + 0.0F;
    entries.push_back(entry);
  }
}

// Sorted runs of a fixed length, merged pairwise: the result does not depend on the threads.
void parallel_sort(LargeVector<Entry>& entries, LargeVector<Entry>& merged,
                   const Executor& executor) {
  const std::size_t n = entries.size();
  for_spans(executor, n, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::sort(entries.data() + begin, entries.data() + end);
  });
  merged.resize(n > kSpan ? n : 0);
  for (std::size_t run = kSpan; run < n; run *= 2) {
    for_spans(executor, n, 2 * run, [&](std::size_t begin, std::size_t end, std::size_t) {
      const Entry* from = entries.data();
      const Entry* middle = from + std::min(begin + run, n);
      std::merge(from + begin, middle, middle, from + end, merged.data() + begin);
    });
    std::swap(entries, merged);
  }
}

}  // namespace

Curve::Curve(PointsView points) {
  const Box box = bounding_box(points);
  low_ = box.low;
  extent_ = box.extent;
  scale_ = power_of_two_scale(box);
}

std::uint64_t Curve::key(const float* p) const noexcept {
  std::uint64_t key = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double unit = extent_ > 0.0 ? (p[axis] - low_[axis]) / extent_ : 0.0;
    key |= spread(static_cast<std::uint64_t>(std::min(unit * kCells, kCells - 1.0))) << axis;
  }
  return key;
}

struct CanonicalOrder::Memory {
  LargeVector<Entry> entries;
  LargeVector<Entry> merged;
  CanonicalCloud cloud;
};

CanonicalOrder::CanonicalOrder() : memory_(std::make_unique<Memory>()) {}
CanonicalOrder::~CanonicalOrder() = default;

const CanonicalCloud& CanonicalOrder::order(PointsView points, const Executor& executor) {
  if (points.size > std::numeric_limits<std::uint32_t>::max() - 1)
    throw InvalidArgument("the cloud has " + std::to_string(points.size) +
                          " points; at most 4294967294 fit, cut it into tiles");
  const Curve curve(points);
  auto& [entries, merged, cloud] = *memory_;
  cloud.scale = curve.scale();
  finite_entries(points, curve, entries);
  parallel_sort(entries, merged, executor);

  cloud.finite_points = entries.size();
  cloud.row_of_input.assign(points.size, -1);
  cloud.xyz.clear();
  cloud.xyz.reserve(3 * entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (i == 0 || entry.p != entries[i - 1].p)
      cloud.xyz.insert(cloud.xyz.end(), entry.p.begin(), entry.p.end());
    cloud.row_of_input[entry.input] = static_cast<std::int64_t>(cloud.size()) - 1;
  }
  return cloud;
}

void CanonicalOrder::drop_scratch() {
  memory_->entries = {};
  memory_->merged = {};
}

CanonicalCloud canonical_order(PointsView points, const Executor& executor) {
  CanonicalOrder memory;
  return memory.order(points, executor);
}

}  // namespace equicloud
