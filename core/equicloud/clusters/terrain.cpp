// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/clusters/terrain.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace equicloud::clusters {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLowPart = 20;    // a cell's low: the 1/20 quantile
constexpr std::size_t kTailPart = 200;  // of the points to either side that may be strays
constexpr double kPitReach = 1.5;       // sides between a cell and its second lowest neighbour
constexpr int kMeans = 2;

double element(std::vector<double>& values, std::size_t rank) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

struct Range {
  double low, high;
};

// The middle of the coordinates and half as much to either side, no farther than they reach.
Range range_of(Span<const Vec3> points, std::size_t axis) {
  std::vector<double> values;
  values.reserve(points.size());
  for (const Vec3& p : points) values.push_back(p[axis]);
  const std::size_t tail = values.size() / kTailPart;
  const double low = element(values, tail);
  const double high = element(values, values.size() - 1 - tail);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double half = 0.5 * (high - low);
  return {std::max(*least, low - half), std::min(*most, high + half)};
}

HeightField empty_field(Span<const Vec3> points, double side) {
  const Range u = range_of(points, 0);
  const Range v = range_of(points, 1);
  const double most = 4.0 * static_cast<double>(points.size()) + 1024.0;
  const auto count = [&](const Range& r) { return std::floor((r.high - r.low) / side) + 1.0; };
  while (count(u) * count(v) > most) side *= 1.25;
  HeightField field{
      u.low, v.low, side, static_cast<std::size_t>(count(u)), static_cast<std::size_t>(count(v)),
      {}};
  field.height.assign(field.columns * field.rows, kUnknown);
  return field;
}

// Heights of the points above a plane, cell by cell of a field.
class Columns {
 public:
  Columns(Span<const Vec3> points, const HeightField& field)
      : points_(points), begin_(field.height.size() + 1, 0) {
    std::vector<std::int64_t> cell(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      cell[i] = field.cell_of(points[i][0], points[i][1]);
      if (cell[i] >= 0) ++begin_[static_cast<std::size_t>(cell[i]) + 1];
    }
    for (std::size_t c = 1; c < begin_.size(); ++c) begin_[c] += begin_[c - 1];
    members_.resize(begin_.back());
    std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
    for (std::size_t i = 0; i < points.size(); ++i)
      if (cell[i] >= 0) members_[next[static_cast<std::size_t>(cell[i])]++] = i;
  }

  // Calls visit(cell, heights above the plane) for every cell with points; `keep(point, height)`
  // chooses among them.
  template <typename Keep, typename Visit>
  void for_cells(const Plane& plane, const Keep& keep, const Visit& visit) const {
    std::vector<double> heights;
    for (std::size_t c = 0; c + 1 < begin_.size(); ++c) {
      heights.clear();
      for (std::size_t k = begin_[c]; k < begin_[c + 1]; ++k) {
        const Vec3& p = points_[members_[k]];
        const double height = plane.height(p) / plane.normal[2];
        if (keep(c, p, height)) heights.push_back(height);
      }
      if (!heights.empty()) visit(c, heights);
    }
  }

 private:
  Span<const Vec3> points_;
  std::vector<std::size_t> begin_;
  std::vector<std::size_t> members_;
};

void take_lows(const Columns& columns, const Plane& plane, HeightField& field) {
  columns.for_cells(
      plane, [](std::size_t, const Vec3&, double) { return true; },
      [&](std::size_t c, std::vector<double>& heights) {
        field.height[c] = element(heights, heights.size() / kLowPart);
      });
}

Plane plane_through_lows(const HeightField& field, const TerrainSettings& settings) {
  std::vector<Vec3> lows;
  std::vector<double> heights;
  for (std::size_t c = 0; c < field.height.size(); ++c) {
    if (std::isnan(field.height[c])) continue;
    lows.push_back({field.u0 + field.side * (static_cast<double>(c % field.columns) + 0.5),
                    field.v0 + field.side * (static_cast<double>(c / field.columns) + 0.5),
                    field.height[c]});
    heights.push_back(field.height[c]);
  }
  PlaneSearch search;
  search.thickness = settings.thickness + 0.5 * settings.max_slope * field.side;
  search.max_tilt_rad = settings.max_tilt_rad;
  search.seed = settings.seed;
  const PlaneFound found = find_plane(lows, search);
  if (found.support >= 3) return found.plane;
  return {{0.0, 0.0, 1.0}, element(heights, heights.size() / 2)};
}

// Cells with ground take the median of what lies near their low.
void take_medians(const Columns& columns, const Plane& plane, double thickness,
                  HeightField& field) {
  const std::vector<double> low = field.height;
  columns.for_cells(
      plane,
      [&](std::size_t c, const Vec3&, double height) { return height <= low[c] + thickness; },
      [&](std::size_t c, std::vector<double>& heights) {
        field.height[c] = element(heights, heights.size() / 2);
      });
}

// Cells with points near the surface take their mean, the others are filled anew.
void take_means(const Columns& columns, const Plane& plane, double thickness, HeightField& field) {
  const HeightField before = field;
  std::fill(field.height.begin(), field.height.end(), kUnknown);
  columns.for_cells(
      plane,
      [&](std::size_t, const Vec3& p, double height) {
        return std::fabs(height - before.at(p[0], p[1])) <= thickness;
      },
      [&](std::size_t c, const std::vector<double>& heights) {
        double sum = 0.0;
        for (const double h : heights) sum += h;
        field.height[c] = sum / static_cast<double>(heights.size());
      });
  fill_unknown(field);
}

}  // namespace

Terrain fit_terrain(Span<const Vec3> points, const TerrainSettings& settings) {
  Terrain terrain{{}, empty_field(points, settings.side)};
  HeightField& field = terrain.field;
  const double rise = settings.max_slope * field.side;  // a cell
  const Columns columns(points, field);
  take_lows(columns, terrain.plane, field);
  terrain.plane = plane_through_lows(field, settings);
  take_lows(columns, terrain.plane, field);
  forget_pits(field, settings.thickness + kPitReach * rise);
  forget_steep(field, settings.max_slope, settings.thickness);
  take_medians(columns, terrain.plane, settings.thickness, field);
  fill_unknown(field);
  for (int i = 0; i < kMeans; ++i) take_means(columns, terrain.plane, settings.thickness, field);
  return terrain;
}

}  // namespace equicloud::clusters
