// SPDX-License-Identifier: BSD-3-Clause
// Points gathered by the cubic cell they lie in, cells sorted by their place: any extent, any
// offset, memory by occupied cells only, and a sweep over neighbours that reads memory in order.
#pragma once

#include <equicloud/points/points_view.h>

#include <array>
#include <cstdint>
#include <vector>

namespace equicloud::clusters {

/// Cell (a, b, c) holds the points with floor(x / side) = a and so on. Indices are whole numbers
/// kept as doubles: a point that lies 1e30 cells out is as good as any, since floats that far out
/// differ by many cells or not at all.
class CellGrid {
 public:
  using Index = std::array<double, 3>;

  /// @param points  finite, fewer than 2^32 - 1, magnitudes below 2^101; quick where points near in
  ///                memory are near in space
  /// @param side    > 2^-151
  /// Points of a cell keep their order. Cost: O(n) and a sort of the runs of points in one cell.
  CellGrid(PointsView points, double side);

  std::size_t cells() const noexcept { return index_.size(); }
  /// Number of the cell that point i lies in.
  std::uint32_t cell_of(std::size_t i) const noexcept { return cell_of_[i]; }
  /// The points of a cell, packed x y z.
  PointsView points_of(std::size_t cell) const noexcept {
    return {xyz_.data() + 3 * std::size_t{begin_[cell]}, begin_[cell + 1] - begin_[cell]};
  }

  /// Calls visit(cell, other) once for each pair of occupied cells, `cell` in [begin, end), whose
  /// indices differ by two at most along every axis, `other` being the later one. Cost: O(cells).
  template <typename Visit>
  void for_close_pairs(std::size_t begin, std::size_t end, const Visit& visit) const;

 private:
  static bool before(const Index& a, const Index& b) noexcept {
    if (a[0] != b[0]) return a[0] < b[0];
    if (a[1] != b[1]) return a[1] < b[1];
    return a[2] < b[2];
  }
  std::size_t first_not_before(const Index& index) const noexcept;

  std::vector<Index> index_;  // of each cell, ascending
  std::vector<std::uint32_t> cell_of_;
  std::vector<std::uint32_t> begin_;  // of each cell in xyz_, in points; one more than cells
  std::vector<float> xyz_;            // cell by cell
};

template <typename Visit>
void CellGrid::for_close_pairs(std::size_t begin, std::size_t end, const Visit& visit) const {
  // The later half of the 25 columns (dx, dy) around a cell. While cells go by in order, the place
  // in a column where neighbours begin only moves on.
  struct Column {
    double dx, dy;
    std::size_t at;
  };
  std::array<Column, 13> columns{};
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const std::size_t place = k + 12;  // of 0 .. 24; 12 is the cell's own column
    columns[k] = {static_cast<double>(place / 5) - 2.0, static_cast<double>(place % 5) - 2.0,
                  begin};
  }
  for (Column& c : columns)
    if (begin < end)
      c.at = first_not_before(
          {index_[begin][0] + c.dx, index_[begin][1] + c.dy, index_[begin][2] - 2.0});
  for (std::size_t cell = begin; cell < end; ++cell)
    for (Column& c : columns) {
      const Index& from = index_[cell];
      const Index low = {from[0] + c.dx, from[1] + c.dy, from[2] - 2.0};
      while (c.at < cells() && before(index_[c.at], low)) ++c.at;
      for (std::size_t other = c.at; other < cells() && index_[other][0] == low[0] &&
                                     index_[other][1] == low[1] && index_[other][2] <= low[2] + 4.0;
           ++other)
        if (other > cell) visit(cell, other);
    }
}

}  // namespace equicloud::clusters
