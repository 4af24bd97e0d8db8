// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/cell_grid.h>
#include <equicloud/clusters/components.h>
#include <equicloud/clusters/disjoint_sets.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace equicloud::clusters {
namespace {

constexpr double kSidePerRadius = 0.57;  // below 1 / sqrt(3): points of one cell are together
constexpr std::size_t kSpan = 4096;      // cells a task
constexpr std::size_t kFewPairs = 64;    // tested one by one

// ---- Are two cells' points near each other? All comparisons use one expression for the squared
// distance. Rounding is monotonic, so a box's bound is never on the wrong side of a point's value
// and pruning cannot change an answer.

struct Box {
  std::array<float, 3> low, high;
};

Box box_of(PointsView points) noexcept {
  const float* first = points[0];
  Box box{{first[0], first[1], first[2]}, {first[0], first[1], first[2]}};
  for (std::size_t i = 1; i < points.size; ++i)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.low[axis] = std::min(box.low[axis], points[i][axis]);
      box.high[axis] = std::max(box.high[axis], points[i][axis]);
    }
  return box;
}

double squared_norm(double x, double y, double z) noexcept { return x * x + y * y + z * z; }

double minus(float a, float b) noexcept { return static_cast<double>(a) - b; }

double squared_gap(const Box& a, const Box& b) noexcept {
  std::array<double, 3> gap{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    gap[axis] = std::max({0.0, minus(a.low[axis], b.high[axis]), minus(b.low[axis], a.high[axis])});
  return squared_norm(gap[0], gap[1], gap[2]);
}

double squared_reach(const Box& a, const Box& b) noexcept {
  std::array<double, 3> far{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    far[axis] = std::max(minus(a.high[axis], b.low[axis]), minus(b.high[axis], a.low[axis]));
  return squared_norm(far[0], far[1], far[2]);
}

bool any_pair_near(PointsView a, PointsView b, double squared_radius) noexcept {
  for (std::size_t i = 0; i < a.size; ++i)
    for (std::size_t j = 0; j < b.size; ++j)
      if (squared_norm(minus(a[i][0], b[j][0]), minus(a[i][1], b[j][1]), minus(a[i][2], b[j][2])) <=
          squared_radius)
        return true;
  return false;
}

// Halves the larger of two dense sets until boxes decide or few pairs are left. The points come
// along a space-filling curve, so halves by number are compact: no quadratic case for dense cells.
bool near(PointsView a, PointsView b, double squared_radius) noexcept {
  if (a.size * b.size <= kFewPairs) return any_pair_near(a, b, squared_radius);
  const Box box_a = box_of(a);
  const Box box_b = box_of(b);
  if (squared_gap(box_a, box_b) > squared_radius) return false;
  if (squared_reach(box_a, box_b) <= squared_radius) return true;
  if (a.size < b.size) std::swap(a, b);
  const std::size_t half = a.size / 2;
  return near({a[0], half}, b, squared_radius) || near({a[half], a.size - half}, b, squared_radius);
}

// ---- Which cells are together?

void join_near_cells(const CellGrid& grid, double squared_radius, DisjointSets& sets,
                     const Executor& executor) {
  std::vector<Box> boxes(grid.cells());
  for_spans(executor, grid.cells(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t cell = begin; cell < end; ++cell) boxes[cell] = box_of(grid.points_of(cell));
  });
  for_spans(executor, grid.cells(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    grid.for_close_pairs(begin, end, [&](std::size_t cell, std::size_t other) {
      if (squared_gap(boxes[cell], boxes[other]) > squared_radius) return;
      const auto a = static_cast<std::uint32_t>(cell);
      const auto b = static_cast<std::uint32_t>(other);
      if (sets.find(a) != sets.find(b) &&
          near(grid.points_of(cell), grid.points_of(other), squared_radius))
        sets.unite(a, b);
    });
  });
}

}  // namespace

std::vector<std::uint32_t> components(PointsView points, double radius, const Executor& executor) {
  std::vector<std::uint32_t> component(points.size);
  // Different floats differ by 2^-149 or more: below that no two distinct points are near.
  if (radius < 0x1.0p-149) {
    std::iota(component.begin(), component.end(), 0U);
    return component;
  }
  const CellGrid grid(points, kSidePerRadius * radius);
  DisjointSets sets(grid.cells());
  join_near_cells(grid, radius * radius, sets, executor);
  constexpr std::uint32_t unseen = 0xffffffffU;
  std::vector<std::uint32_t> number(grid.cells(), unseen);
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < points.size; ++i) {
    std::uint32_t& its = number[sets.find(grid.cell_of(i))];
    if (its == unseen) its = next++;
    component[i] = its;
  }
  return component;
}

}  // namespace equicloud::clusters
