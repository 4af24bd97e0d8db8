// SPDX-License-Identifier: BSD-3-Clause
#include <train/validate.h>

#include <algorithm>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>

namespace equicloud::train {
namespace {

constexpr int kNameWidth = 20, kColumnWidth = 8;

std::ostream& name_column(std::ostream& out, const std::string& name) {
  return out << std::left << std::setw(kNameWidth) << name << std::right << std::fixed
             << std::setprecision(4);
}

void print_head(std::ostream& out) {
  name_column(out, "average precision");
  for (const OutlierKind kind : kJudgedKinds) {
    out << "  " << std::left << std::setw(3 * kColumnWidth - 2) << name_of(kind) << std::right;
  }
  out << '\n';
  name_column(out, "outliers, %");
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    out << std::setw(kColumnWidth)
        << static_cast<int>(100 * kJudgedShares[cell % kJudgedShares.size()] + 0.5);
  }
  out << std::setw(kColumnWidth) << "mean" << '\n';
}

/// A row of the table: value(cell) for all cells, then the mean.
template <typename Value>
void print_row(std::ostream& out, const std::string& name, double mean, const Value& value) {
  name_column(out, name);
  for (std::size_t cell = 0; cell < kCells; ++cell) out << std::setw(kColumnWidth) << value(cell);
  out << std::setw(kColumnWidth) << mean << '\n';
}

void print_defeats(const Validation& v, std::ostream& out) {
  constexpr double margin = 0.0005;
  out << "\ncells in which SOR with its best k for that cell is better by more than " << margin
      << ":\n";
  bool any = false;
  for (const ShapeResult& s : v.shapes) {
    for (std::size_t cell = 0; cell < kCells; ++cell) {
      const CellResult& c = s.cells[cell];
      if (c.best_sor() <= c.average_precision + margin) continue;
      any = true;
      out << "  " << s.shape << ", " << cell_name(cell) << ": " << c.average_precision
          << " against " << c.best_sor() << '\n';
    }
  }
  if (!any) out << "  none\n";
}

}  // namespace

void print_table(const Validation& v, std::ostream& out) {
  print_head(out);
  for (const ShapeResult& s : v.shapes) {
    print_row(out, s.shape, s.mean_average_precision(),
              [&](std::size_t cell) { return s.cells[cell].average_precision; });
  }
  print_row(out, "mean", v.mean_average_precision(),
            [&](std::size_t cell) { return v.cell_mean(cell); });
  for (std::size_t k = 0; k < kSorNeighbors.size(); ++k) {
    print_row(out, "SOR k=" + std::to_string(kSorNeighbors[k]), v.sor_mean(k),
              [&](std::size_t cell) { return v.sor_cell_mean(cell, k); });
  }
  print_defeats(v, out);
  out << "\nclean clouds, share removed at the default threshold:\n";
  for (const ShapeResult& s : v.shapes) {
    name_column(out, "  " + s.shape) << 100 * s.clean_removed << " %\n";
  }
  out << "\nmean average precision " << v.mean_average_precision() << "   calibration error "
      << v.calibration_error << "   clean removed: mean " << 100 * v.clean_removed_mean()
      << " %, worst " << 100 * v.clean_removed_worst() << " %\n";
}

void print_json(const Validation& v, std::ostream& out) {
  for (const ShapeResult& s : v.shapes) {
    for (std::size_t cell = 0; cell < kCells; ++cell) {
      nlohmann::json line = {{"shape", s.shape},
                             {"kind", name_of(kJudgedKinds[cell / kJudgedShares.size()])},
                             {"share", kJudgedShares[cell % kJudgedShares.size()]},
                             {"average_precision", s.cells[cell].average_precision}};
      for (std::size_t k = 0; k < kSorNeighbors.size(); ++k) {
        line["sor_" + std::to_string(kSorNeighbors[k])] = s.cells[cell].sor[k];
      }
      out << line << '\n';
    }
    out << nlohmann::json{{"shape", s.shape}, {"kind", "clean"}, {"removed", s.clean_removed}}
        << '\n';
  }
  nlohmann::json summary = {{"mean_average_precision", v.mean_average_precision()},
                            {"calibration_error", v.calibration_error},
                            {"clean_removed_mean", v.clean_removed_mean()},
                            {"clean_removed_worst", v.clean_removed_worst()}};
  for (std::size_t k = 0; k < kSorNeighbors.size(); ++k) {
    summary["sor_" + std::to_string(kSorNeighbors[k])] = v.sor_mean(k);
  }
  out << summary << '\n';
}

}  // namespace equicloud::train
