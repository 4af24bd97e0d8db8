// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/height_field.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::clusters {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// Calls visit(number, distance in cells) for the neighbours of (row, column) inside the field;
// `rows_from` .. `rows_to` limit the row's offset.
template <typename Visit>
void for_neighbors(const HeightField& field, std::size_t row, std::size_t column, int rows_from,
                   int rows_to, const Visit& visit) {
  for (int dr = rows_from; dr <= rows_to; ++dr)
    for (int dc = -1; dc <= 1; ++dc) {
      const auto r = static_cast<std::int64_t>(row) + dr;
      const auto c = static_cast<std::int64_t>(column) + dc;
      if ((dr == 0 && dc == 0) || r < 0 || c < 0 || r >= static_cast<std::int64_t>(field.rows) ||
          c >= static_cast<std::int64_t>(field.columns))
        continue;
      visit(static_cast<std::size_t>(r) * field.columns + static_cast<std::size_t>(c),
            dr != 0 && dc != 0 ? std::sqrt(2.0) : 1.0);
    }
}

// The field at half the resolution, each cell the mean of its known ones of four.
HeightField halved(const HeightField& field) {
  HeightField half = field;
  half.columns = (field.columns + 1) / 2;
  half.rows = (field.rows + 1) / 2;
  half.side = 2.0 * field.side;
  half.height.assign(half.columns * half.rows, kUnknown);
  std::vector<double> known(half.height.size(), 0.0);
  for (std::size_t i = 0; i < field.height.size(); ++i) {
    if (std::isnan(field.height[i])) continue;
    const std::size_t h = i / field.columns / 2 * half.columns + i % field.columns / 2;
    known[h] += 1.0;
    const double before = known[h] > 1.0 ? half.height[h] : field.height[i];
    half.height[h] = before + (field.height[i] - before) / known[h];
  }
  return half;
}

}  // namespace

std::int64_t HeightField::cell_of(double u, double v) const noexcept {
  const double column = std::floor((u - u0) / side);
  const double row = std::floor((v - v0) / side);
  if (!(column >= 0.0 && row >= 0.0 && column < static_cast<double>(columns) &&
        row < static_cast<double>(rows)))
    return -1;
  return static_cast<std::int64_t>(row) * static_cast<std::int64_t>(columns) +
         static_cast<std::int64_t>(column);
}

double HeightField::at(double u, double v) const noexcept {
  const double x = std::clamp((u - u0) / side - 0.5, 0.0, static_cast<double>(columns - 1));
  const double y = std::clamp((v - v0) / side - 0.5, 0.0, static_cast<double>(rows - 1));
  const auto c = static_cast<std::size_t>(x);
  const auto r = static_cast<std::size_t>(y);
  const double fx = x - static_cast<double>(c);
  const double fy = y - static_cast<double>(r);
  const double* low = height.data() + r * columns;
  const double* high = height.data() + std::min(r + 1, rows - 1) * columns;
  const std::size_t d = std::min(c + 1, columns - 1);
  return (1.0 - fy) * ((1.0 - fx) * low[c] + fx * low[d]) +
         fy * ((1.0 - fx) * high[c] + fx * high[d]);
}

void forget_pits(HeightField& field, double depth) {
  const std::vector<double> before = field.height;
  for (std::size_t i = 0; i < before.size(); ++i) {
    double lowest = HUGE_VAL;
    double second = HUGE_VAL;
    for_neighbors(field, i / field.columns, i % field.columns, -1, 1,
                  [&](std::size_t other, double) {
                    const double h = before[other];  // comparisons with NaN are false
                    if (h < lowest) {
                      second = lowest;
                      lowest = h;
                    } else if (h < second) {
                      second = h;
                    }
                  });
    if (second < HUGE_VAL && before[i] < second - depth) field.height[i] = kUnknown;
  }
}

void forget_steep(HeightField& field, double max_slope, double step) {
  std::vector<double> ceiling = field.height;
  for (double& c : ceiling)
    if (std::isnan(c)) c = HUGE_VAL;
  const std::size_t cells = ceiling.size();
  // Forwards from the row above and the left, then backwards: each pass sees its own results.
  for (const int way : {-1, 1})
    for (std::size_t k = 0; k < cells; ++k) {
      const std::size_t i = way < 0 ? k : cells - 1 - k;
      for_neighbors(field, i / field.columns, i % field.columns, std::min(way, 0), std::max(way, 0),
                    [&](std::size_t other, double distance) {
                      ceiling[i] =
                          std::min(ceiling[i], ceiling[other] + max_slope * field.side * distance);
                    });
    }
  for (std::size_t i = 0; i < cells; ++i)
    if (field.height[i] > ceiling[i] + step) field.height[i] = kUnknown;
}

void fill_unknown(HeightField& field) {
  const bool complete = std::none_of(field.height.begin(), field.height.end(),
                                     [](double h) { return std::isnan(h); });
  if (complete) return;
  if (field.height.size() == 1) {
    field.height[0] = 0.0;
    return;
  }
  HeightField coarse = halved(field);
  fill_unknown(coarse);
  for (std::size_t i = 0; i < field.height.size(); ++i)
    if (std::isnan(field.height[i]))
      field.height[i] =
          coarse.at(field.u0 + field.side * (static_cast<double>(i % field.columns) + 0.5),
                    field.v0 + field.side * (static_cast<double>(i / field.columns) + 0.5));
}

}  // namespace equicloud::clusters
