// SPDX-License-Identifier: BSD-3-Clause
#include <simulate/bvh.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace equicloud::simulate {

struct BvhItem {
  Bounds box;
  Vec3 centre;
  std::uint32_t primitive;
};

namespace {

constexpr std::size_t kLeaf = 4;
constexpr int kDeepest = 60;  // the walk's stack holds this many open nodes

double component(Vec3 v, int axis) noexcept { return axis == 0 ? v.x : axis == 1 ? v.y : v.z; }

int longest_axis(const Bounds& box) noexcept {
  const Vec3 size = box.high - box.low;
  if (size.x >= size.y && size.x >= size.z) return 0;
  return size.y >= size.z ? 1 : 2;
}

double half_area(const Bounds& box) noexcept {
  const Vec3 s = box.high - box.low;
  return s.x * s.y + s.y * s.z + s.z * s.x;
}

// Surface area heuristic over a few slabs (Wald 2007): the slab border with the least expected
// work.
double best_border(const std::vector<BvhItem>& items, std::size_t first, std::size_t last, int axis,
                   double low, double high) {
  constexpr int slabs = 8;
  std::array<Bounds, slabs> box;
  std::array<int, slabs> count{};
  const double scale = slabs / (high - low);
  for (std::size_t i = first; i < last; ++i) {
    const int slab = static_cast<int>((component(items[i].centre, axis) - low) * scale);
    const auto s = static_cast<std::size_t>(std::clamp(slab, 0, slabs - 1));
    box[s].include(items[i].box);
    ++count[s];
  }
  std::array<double, slabs> left_cost{};
  Bounds sum;
  int n = 0;
  for (std::size_t s = 0; s + 1 < slabs; ++s) {
    if (count[s] > 0) sum.include(box[s]);
    n += count[s];
    left_cost[s] = n > 0 ? n * half_area(sum) : 0.0;
  }
  sum = Bounds{};
  n = 0;
  double least = kNever;
  std::size_t border = slabs / 2;
  for (std::size_t s = slabs - 1; s > 0; --s) {
    if (count[s] > 0) sum.include(box[s]);
    n += count[s];
    const double cost = left_cost[s - 1] + (n > 0 ? n * half_area(sum) : 0.0);
    if (cost < least) {
      least = cost;
      border = s;
    }
  }
  return low + static_cast<double>(border) / scale;
}

}  // namespace

Bvh::Bvh(std::vector<Primitive>& primitives) {
  std::vector<BvhItem> items(primitives.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Bounds box = simulate::bounds(primitives[i]);
    items[i] = {box, 0.5 * (box.low + box.high), static_cast<std::uint32_t>(i)};
  }
  nodes_.reserve(items.size());
  if (!items.empty()) build(items, 0, items.size(), 0);
  std::vector<Primitive> ordered(primitives.size());
  for (std::size_t i = 0; i < items.size(); ++i) ordered[i] = primitives[items[i].primitive];
  primitives = std::move(ordered);
}

void Bvh::build(std::vector<BvhItem>& items, std::size_t first, std::size_t last, int depth) {
  const std::size_t self = nodes_.size();
  nodes_.emplace_back();
  Bounds box;
  Bounds centres;
  for (std::size_t i = first; i < last; ++i) {
    box.include(items[i].box);
    centres.include(items[i].centre);
  }
  nodes_[self].box = box;
  const int axis = longest_axis(centres);
  const double low = component(centres.low, axis);
  const double high = component(centres.high, axis);
  if (last - first <= kLeaf || depth >= kDeepest || !(high > low)) {
    nodes_[self].first = static_cast<std::uint32_t>(first);
    nodes_[self].count = static_cast<std::uint32_t>(last - first);
    return;
  }
  const double border = best_border(items, first, last, axis, low, high);
  const auto begin = items.begin();
  auto middle = std::partition(
      begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
      [&](const BvhItem& item) { return component(item.centre, axis) < border; });
  auto cut = static_cast<std::size_t>(middle - begin);
  if (cut == first || cut == last) cut = (first + last) / 2;
  build(items, first, cut, depth + 1);
  nodes_[self].first = static_cast<std::uint32_t>(nodes_.size());
  build(items, cut, last, depth + 1);
}

Bvh::Answer Bvh::cast(const std::vector<Primitive>& primitives, const Ray& ray, double nearest,
                      double farthest) const noexcept {
  Answer best{farthest, primitives.size()};
  if (nodes_.empty()) return {};
  // 1/0 is infinity and 0 * infinity NaN; a tiny number instead keeps every comparison meaningful.
  const auto inverse = [](double d) { return 1.0 / (std::abs(d) < 1e-300 ? 1e-300 : d); };
  const Vec3 inv{inverse(ray.direction.x), inverse(ray.direction.y), inverse(ray.direction.z)};
  std::array<std::uint32_t, kDeepest + 2> open{};
  std::size_t height = 0;
  open[height++] = 0;
  while (height > 0) {
    const std::uint32_t at = open[--height];
    const Node& node = nodes_[at];
    if (node.box.enter(ray.origin, inv, best.distance) == kNever) continue;
    if (node.count > 0) {
      for (std::size_t i = node.first; i < node.first + node.count; ++i) {
        const double t = hit_distance(primitives[i], ray, nearest);
        if (t < best.distance) best = {t, i};
      }
      continue;
    }
    const double near_first = nodes_[at + 1].box.enter(ray.origin, inv, best.distance);
    const double near_second = nodes_[node.first].box.enter(ray.origin, inv, best.distance);
    const bool swap = near_second < near_first;
    if (std::max(near_first, near_second) < kNever) open[height++] = swap ? at + 1 : node.first;
    if (std::min(near_first, near_second) < kNever) open[height++] = swap ? node.first : at + 1;
  }
  return best.primitive == primitives.size() ? Answer{} : best;
}

Bvh::Answer Bvh::nearest(const std::vector<Primitive>& primitives, Vec3 p) const noexcept {
  Answer best;
  if (nodes_.empty()) return best;
  std::array<std::uint32_t, kDeepest + 2> open{};
  std::size_t height = 0;
  open[height++] = 0;
  while (height > 0) {
    const std::uint32_t at = open[--height];
    const Node& node = nodes_[at];
    if (node.box.squared_distance(p) >= best.distance * best.distance) continue;
    for (std::size_t i = node.first; i < node.first + node.count; ++i) {
      const double d = distance(primitives[i], p);
      if (d < best.distance) best = {d, i};
    }
    if (node.count > 0) continue;
    const bool swap =
        nodes_[node.first].box.squared_distance(p) < nodes_[at + 1].box.squared_distance(p);
    open[height++] = swap ? at + 1 : node.first;
    open[height++] = swap ? node.first : at + 1;
  }
  return best;
}

}  // namespace equicloud::simulate
