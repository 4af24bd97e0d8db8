// SPDX-License-Identifier: BSD-3-Clause
// Validation of a model through the library's own OutlierScorer (no libtorch): every cell of
// benchmark.h, beside statistical outlier removal, for a person or as JSON lines.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/outlier/scorer.h>
#include <train/benchmark.h>

#include <array>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace equicloud::train {

/// The ks that statistical outlier removal is tried with.
constexpr std::array<int, 5> kSorNeighbors = {4, 8, 16, 32, 64};

struct CellResult {
  double average_precision = 0.0;
  std::array<double, kSorNeighbors.size()> sor = {};  ///< average precision, one a k

  double best_sor() const;
};

struct ShapeResult {
  std::string shape;
  std::array<CellResult, kCells> cells;
  double clean_removed = 0.0;  ///< share of the clean cloud's points above the default threshold

  double mean_average_precision() const;
};

struct Validation {
  std::vector<ShapeResult> shapes;
  double calibration_error = 0.0;  ///< 15 bins, all cells pooled

  double mean_average_precision() const;
  double cell_mean(std::size_t cell) const;
  double sor_cell_mean(std::size_t cell, std::size_t k) const;
  double sor_mean(std::size_t k) const;
  double clean_removed_mean() const;
  double clean_removed_worst() const;
};

/// Runs everything; `done` (may be empty) is called after each shape.
Validation validate(const std::vector<CleanCloud>& shapes, const outlier::OutlierScorer& scorer,
                    std::size_t clean_points, const Executor& executor,
                    const std::function<void(const ShapeResult&)>& done = {});

/// Tables: shapes x cells, means, SOR, cells in which SOR is better, calibration, clean clouds.
void print_table(const Validation& validation, std::ostream& out);
/// One object a cell, then one with the means.
void print_json(const Validation& validation, std::ostream& out);

}  // namespace equicloud::train
