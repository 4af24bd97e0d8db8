// SPDX-License-Identifier: BSD-3-Clause
#include <train/validate.h>

#include <algorithm>
#include <cmath>
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

void print_head(const Benchmark& benchmark, std::ostream& out) {
  name_column(out, "average precision");
  for (const OutlierKind kind : benchmark.kinds) {
    out << "  " << std::left << std::setw(3 * kColumnWidth - 2) << name_of(kind) << std::right;
  }
  out << '\n';
  name_column(out, "outliers, %");
  for (std::size_t cell = 0; cell < benchmark.cells(); ++cell)
    out << std::setw(kColumnWidth) << std::lround(100 * benchmark.share(cell));
  out << std::setw(kColumnWidth) << "mean" << '\n';
}

/// A row of the table: value(cell) for all cells, then the mean.
template <typename Value>
void print_row(std::ostream& out, const std::string& name, std::size_t cells, double mean,
               const Value& value) {
  name_column(out, name);
  for (std::size_t cell = 0; cell < cells; ++cell) out << std::setw(kColumnWidth) << value(cell);
  out << std::setw(kColumnWidth) << mean << '\n';
}

void print_defeats(const Validation& v, std::ostream& out) {
  constexpr double margin = 0.0005;
  out << "\ncells in which SOR with its best k for that cell is better by more than " << margin
      << ":\n";
  bool any = false;
  for (const ShapeResult& s : v.shapes) {
    for (std::size_t cell = 0; cell < s.cells.size(); ++cell) {
      const CellResult& c = s.cells[cell];
      if (c.best_sor() <= c.ours.average_precision + margin) continue;
      any = true;
      out << "  " << s.shape << ", " << v.benchmark.name(cell) << ": " << c.ours.average_precision
          << " against " << c.best_sor() << '\n';
    }
  }
  if (!any) out << "  none\n";
}

using Filter = std::array<Quality, kFilterNeighbors.size()> CellResult::*;

/// The k whose average precision is highest in the mean over everything.
std::size_t best_k(const Validation& v, Filter filter) {
  std::size_t best = 0;
  double highest = 0.0;
  for (std::size_t k = 0; k < kFilterNeighbors.size(); ++k) {
    const double mean =
        v.mean([&](const CellResult& c) { return (c.*filter)[k].average_precision; });
    if (mean > highest) best = k;
    highest = std::max(highest, mean);
  }
  return best;
}

void print_filters(const Validation& v, std::ostream& out) {
  constexpr int kFilterColumn = 40, kFigureColumn = 19;
  const auto row = [&](const std::string& name, const auto& quality, const auto& f1) {
    out << std::left << std::setw(kFilterColumn) << name << std::right << std::setprecision(4);
    for (const double value :
         {v.mean([&](const CellResult& c) { return quality(c).average_precision; }),
          v.mean([&](const CellResult& c) { return quality(c).auroc; }), v.mean(f1)})
      out << std::setw(kFigureColumn) << value;
    out << '\n';
  };
  out << '\n' << std::left << std::setw(kFilterColumn) << "means over all cells" << std::right;
  for (const char* figure : {"average precision", "AUROC", "F1"})
    out << std::setw(kFigureColumn) << figure;
  out << '\n';
  const auto ours = [](const CellResult& c) { return c.ours; };
  row("equicloud at its defaults", ours, [](const CellResult& c) { return c.f1; });
  row("equicloud, best threshold of each cell", ours,
      [](const CellResult& c) { return c.ours.best_f1; });
  for (const auto& [name, filter] : {std::pair<const char*, Filter>{"SOR", &CellResult::sor},
                                     std::pair<const char*, Filter>{"ROR", &CellResult::ror}}) {
    const std::size_t k = best_k(v, filter);
    const auto quality = [&f = filter, k](const CellResult& c) { return (c.*f)[k]; };
    row(name + std::string(", best k = ") + std::to_string(kFilterNeighbors[k]) +
            ", best threshold of each",
        quality, [&](const CellResult& c) { return quality(c).best_f1; });
  }
}

/// The largest value(cell) of all, and where.
template <typename Value>
void print_worst(const Validation& v, std::ostream& out, const std::string& what,
                 const Value& value) {
  std::string where;
  double worst = 0.0;
  for (const ShapeResult& s : v.shapes)
    for (std::size_t cell = 0; cell < s.cells.size(); ++cell)
      if (value(s.cells[cell]) > worst || where.empty()) {
        worst = value(s.cells[cell]);
        where = s.shape + ", " + v.benchmark.name(cell);
      }
  out << what << ": " << worst << " (" << where << ")\n";
}

}  // namespace

void print_table(const Validation& v, std::ostream& out) {
  const std::size_t cells = v.benchmark.cells();
  print_head(v.benchmark, out);
  for (const ShapeResult& s : v.shapes) {
    print_row(out, s.shape, cells, s.mean_average_precision(),
              [&](std::size_t cell) { return s.cells[cell].ours.average_precision; });
  }
  const auto ours = [](const CellResult& c) { return c.ours.average_precision; };
  print_row(out, "mean", cells, v.mean_average_precision(),
            [&](std::size_t cell) { return v.mean(cell, ours); });
  for (std::size_t k = 0; k < kFilterNeighbors.size(); ++k) {
    const auto sor = [k](const CellResult& c) { return c.sor[k].average_precision; };
    print_row(out, "SOR k=" + std::to_string(kFilterNeighbors[k]), cells, v.mean(sor),
              [&](std::size_t cell) { return v.mean(cell, sor); });
  }
  print_filters(v, out);
  print_defeats(v, out);
  out << '\n';
  print_worst(v, out, "largest loss of F1 by the default threshold",
              [](const CellResult& c) { return c.ours.best_f1 - c.f1; });
  print_worst(v, out, "largest calibration error of a cell",
              [](const CellResult& c) { return c.calibration_error; });
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
    for (std::size_t cell = 0; cell < s.cells.size(); ++cell) {
      const CellResult& c = s.cells[cell];
      nlohmann::json line = {{"shape", s.shape},
                             {"kind", name_of(v.benchmark.kind(cell))},
                             {"share", v.benchmark.share(cell)},
                             {"average_precision", c.ours.average_precision},
                             {"auroc", c.ours.auroc},
                             {"f1", c.f1},
                             {"best_f1", c.ours.best_f1},
                             {"calibration_error", c.calibration_error}};
      for (std::size_t k = 0; k < kFilterNeighbors.size(); ++k) {
        const std::string number = std::to_string(kFilterNeighbors[k]);
        line["sor_" + number] = c.sor[k].average_precision;
        line["ror_" + number] = c.ror[k].average_precision;
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
  for (std::size_t k = 0; k < kFilterNeighbors.size(); ++k)
    summary["sor_" + std::to_string(kFilterNeighbors[k])] =
        v.mean([k](const CellResult& c) { return c.sor[k].average_precision; });
  out << summary << '\n';
}

}  // namespace equicloud::train
