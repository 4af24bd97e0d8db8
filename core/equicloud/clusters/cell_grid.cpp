// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/cell_grid.h>

#include <algorithm>
#include <cmath>

namespace equicloud::clusters {
namespace {

CellGrid::Index index_of(const float* p, double side) noexcept {
  return {std::floor(p[0] / side), std::floor(p[1] / side), std::floor(p[2] / side)};
}

// Points in a row of one cell.
struct Run {
  CellGrid::Index index;
  std::uint32_t first;
};

std::vector<Run> runs_of(PointsView points, double side) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < points.size; ++i) {
    const CellGrid::Index index = index_of(points[i], side);
    if (runs.empty() || runs.back().index != index)
      runs.push_back({index, static_cast<std::uint32_t>(i)});
  }
  return runs;
}

}  // namespace

CellGrid::CellGrid(PointsView points, double side) : cell_of_(points.size) {
  std::vector<Run> runs = runs_of(points, side);
  std::vector<std::uint32_t> end_of_run(points.size);  // by the run's first point
  for (std::size_t r = 0; r < runs.size(); ++r)
    end_of_run[runs[r].first] =
        r + 1 < runs.size() ? runs[r + 1].first : static_cast<std::uint32_t>(points.size);
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return a.index != b.index ? before(a.index, b.index) : a.first < b.first;
  });
  xyz_.reserve(3 * points.size);
  for (const Run& run : runs) {
    if (index_.empty() || index_.back() != run.index) {
      index_.push_back(run.index);
      begin_.push_back(static_cast<std::uint32_t>(xyz_.size() / 3));
    }
    for (std::size_t i = run.first; i < end_of_run[run.first]; ++i) {
      cell_of_[i] = static_cast<std::uint32_t>(index_.size() - 1);
      xyz_.insert(xyz_.end(), points[i], points[i] + 3);
    }
  }
  begin_.push_back(static_cast<std::uint32_t>(points.size));
}

std::size_t CellGrid::first_not_before(const Index& index) const noexcept {
  return static_cast<std::size_t>(std::lower_bound(index_.begin(), index_.end(), index, before) -
                                  index_.begin());
}

}  // namespace equicloud::clusters
