// SPDX-License-Identifier: BSD-3-Clause
// Validation of a model through the library's own OutlierScorer (no libtorch): every cell of a
// benchmark, beside statistical and radius outlier removal, for a person or as JSON lines.
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

/// The ks that the classical filters are tried with.
constexpr std::array<int, 5> kFilterNeighbors = {4, 8, 16, 32, 64};

/// How well scores tell outliers; each in [0, 1].
struct Quality {
  double average_precision = 0.0;
  double auroc = 0.0;
  double best_f1 = 0.0;  ///< at the threshold that is best for the very cloud
};

struct CellResult {
  Quality ours;
  double f1 = 0.0;                                        ///< at the default threshold
  double calibration_error = 0.0;                         ///< 15 bins
  std::array<Quality, kFilterNeighbors.size()> sor = {};  ///< one a k
  std::array<Quality, kFilterNeighbors.size()> ror = {};

  double best_sor() const;  ///< the highest average precision
};

struct ShapeResult {
  std::string shape;
  std::vector<CellResult> cells;
  double clean_removed = 0.0;  ///< share of the clean cloud's points above the default threshold

  double mean_average_precision() const;
};

struct Validation {
  Benchmark benchmark;
  std::vector<ShapeResult> shapes;
  double calibration_error = 0.0;  ///< 15 bins, all cells pooled

  /// Means over all shapes of value(cell), for one cell or for all.
  double mean(std::size_t cell, const std::function<double(const CellResult&)>& value) const;
  double mean(const std::function<double(const CellResult&)>& value) const;
  double mean_average_precision() const;
  double clean_removed_mean() const;
  double clean_removed_worst() const;
};

/// Runs everything; `done` (may be empty) is called after each shape.
Validation validate(const std::vector<CleanCloud>& shapes, const Benchmark& benchmark,
                    const outlier::OutlierScorer& scorer, std::size_t clean_points,
                    const Executor& executor,
                    const std::function<void(const ShapeResult&)>& done = {});

/// Tables: shapes x cells, means, SOR, all filters by several figures, cells in which SOR is
/// better, calibration, clean clouds.
void print_table(const Validation& validation, std::ostream& out);
/// One object a cell, then one with the means.
void print_json(const Validation& validation, std::ostream& out);

}  // namespace equicloud::train
