// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/knn/block_tree.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace equicloud::knn {
namespace {

using kernels::kBlockPoints;

constexpr float kFar = std::numeric_limits<float>::infinity();

std::size_t groups_of(std::size_t count) { return (count + kBlockPoints - 1) / kBlockPoints; }

struct Placed {
  std::array<float, 3> p;
  std::uint32_t row;
};

Placed placed(const float* p, float scale, std::uint32_t row) {
  return {{scale * p[0], scale * p[1], scale * p[2]}, row};
}

std::size_t longest_side(const Placed* points, std::size_t count) {
  std::array<float, 3> low = points->p, high = points->p;
  for (std::size_t i = 1; i < count; ++i)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      low[axis] = std::min(low[axis], points[i].p[axis]);
      high[axis] = std::max(high[axis], points[i].p[axis]);
    }
  std::size_t longest = 0;
  for (std::size_t axis = 1; axis < 3; ++axis)
    if (high[axis] - low[axis] > high[longest] - low[longest]) longest = axis;
  return longest;
}

// Into whole blocks, all full but the last.
void halve(Placed* points, std::size_t count) {
  if (count <= kBlockPoints) return;
  const std::size_t axis = longest_side(points, count);
  const std::size_t left = (groups_of(count) + 1) / 2 * kBlockPoints;
  std::nth_element(points, points + left, points + count, [axis](const Placed& a, const Placed& b) {
    return a.p[axis] != b.p[axis] ? a.p[axis] < b.p[axis] : a.row < b.row;
  });
  halve(points, left);
  halve(points + left, count - left);
}

}  // namespace

void Columns::resize(std::size_t count) {
  for (AlignedVector<float>& column : axis) column.assign(groups_of(count) * kBlockPoints, kFar);
}

kernels::PointColumns Columns::view(std::size_t begin, std::size_t count) const noexcept {
  return {axis[0].data() + begin, axis[1].data() + begin, axis[2].data() + begin, count};
}

void Columns::set(std::size_t i, const float* p) noexcept {
  for (std::size_t a = 0; a < 3; ++a) axis[a][i] = p[a];
}

void Boxes::around(const Columns& lows, const Columns& highs, std::size_t below) {
  count = groups_of(below);
  low.resize(count);
  high.resize(count);
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t b = 0; b < count; ++b) {
      const std::size_t begin = b * kBlockPoints, end = std::min(below, begin + kBlockPoints);
      const float* from = lows.axis[axis].data();
      const float* to = highs.axis[axis].data();
      low.axis[axis][b] = *std::min_element(from + begin, from + end);
      high.axis[axis][b] = *std::max_element(to + begin, to + end);
    }
}

void BlockTree::build(PointsView given) {
  points = given;
  const Curve curve(points);
  columns.resize(points.size);
  rows.assign(columns.axis[0].size(), static_cast<std::uint32_t>(points.size));
  std::iota(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(points.size), 0U);
  slot_of_row.clear();
  bool sorted = true;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < points.size && sorted; ++i) {
    const std::uint64_t key = curve.key(points[i]);
    sorted = before <= key;
    before = key;
  }
  if (!sorted) sort_along(curve);
  fill_chunks(static_cast<float>(curve.scale()));
  if (!sorted) {
    slot_of_row.resize(points.size);
    for (std::size_t slot = 0; slot < points.size; ++slot)
      slot_of_row[rows[slot]] = static_cast<std::uint32_t>(slot);
  }
  box_up();
}

void BlockTree::sort_along(const Curve& curve) {
  std::vector<std::uint64_t> keys(points.size);
  for (std::size_t i = 0; i < points.size; ++i) keys[i] = curve.key(points[i]);
  std::stable_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(points.size),
                   [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
}

void BlockTree::box_up() {
  std::size_t level = 0;
  for (std::size_t below = points.size; level == 0 || below > kBlockPoints; ++level) {
    if (level == levels.size()) levels.emplace_back();
    const Columns& lows = level == 0 ? columns : levels[level - 1].low;
    const Columns& highs = level == 0 ? columns : levels[level - 1].high;
    levels[level].around(lows, highs, below);
    below = levels[level].count;
  }
  levels.resize(level);
}

void BlockTree::fill_chunks(float scale) {
  std::vector<Placed> chunk;
  for (std::size_t begin = 0; begin < points.size; begin += kChunk) {
    chunk.clear();
    for (std::size_t i = begin; i < std::min(points.size, begin + kChunk); ++i)
      chunk.push_back(placed(points[rows[i]], scale, rows[i]));
    halve(chunk.data(), chunk.size());
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      columns.set(begin + i, chunk[i].p.data());
      rows[begin + i] = chunk[i].row;
    }
  }
}

}  // namespace equicloud::knn
