// SPDX-License-Identifier: BSD-3-Clause
// A surface w = f(u, v) over a rectangle, as one height a cell, and the steps that make a ground of
// it.
#pragma once

#include <equicloud/clusters/plane.h>

#include <cstdint>
#include <vector>

namespace equicloud::clusters {

/// Heights at the middles of square cells; NaN where nothing is known.
struct HeightField {
  double u0 = 0.0, v0 = 0.0;  ///< corner of cell 0
  double side = 1.0;          ///< of a cell, > 0
  std::size_t columns = 0, rows = 0;
  std::vector<double> height;  ///< rows x columns, v row by row

  /// Number of the cell that (u, v) lies in, or -1 outside.
  std::int64_t cell_of(double u, double v) const noexcept;
  /// Bilinear between the middles of cells, the nearest border's value outside. Every height must
  /// be known.
  double at(double u, double v) const noexcept;
};

/// Forgets cells that lie lower than the second lowest of their up to eight known neighbours by
/// more than `depth`: a stray point below the ground is alone or has one companion. A cell with one
/// known neighbour or none stays.
void forget_pits(HeightField& field, double depth);

/// Forgets cells that stand more than `step` above what a surface of at most `max_slope` through
/// all other known cells allows: h > min over cells of (h' + max_slope * distance) + step.
/// Slope-based filtering (Vosselman 2000, IAPRS XXXIII B3, section 3), with distances along the
/// eight directions of the grid (two sweeps; Borgefors 1986): they exceed true ones by 8 % at most.
/// Cost: O(cells).
void forget_steep(HeightField& field, double max_slope, double step);

/// Gives every unknown cell the mean of what is known around it, from coarser and coarser copies of
/// the field (push-pull; Gortler et al. 1996, section 3.4). Nothing known: 0. Cost: O(cells).
void fill_unknown(HeightField& field);

}  // namespace equicloud::clusters
