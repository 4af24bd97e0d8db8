// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/clusters/ground.h>
#include <equicloud/clusters/spacing.h>
#include <equicloud/clusters/terrain.h>
#include <equicloud/points/canonical_order.h>

#include <cmath>
#include <limits>
#include <string>

namespace equicloud::clusters {
namespace {

constexpr std::size_t kSpan = 16384;

void require(bool good, const char* name, double got, const char* expected) {
  if (!good)
    throw InvalidArgument(std::string("ground: ") + name + " is " + std::to_string(got) +
                          "; expected " + expected);
}

bool finite_at_least_zero(double x) noexcept { return x >= 0.0 && std::isfinite(x); }

void check(const GroundOptions& options) {
  const double length = std::sqrt(dot(options.up, options.up));
  require(length > 0.0 && std::isfinite(length), "the length of up", length,
          "a finite direction that is not zero");
  require(finite_at_least_zero(options.thickness), "thickness", options.thickness,
          "a finite length, or 0 for a few typical spacings");
  require(finite_at_least_zero(options.cell), "cell", options.cell,
          "a finite length, or 0 for a few typical spacings");
  require(options.max_tilt_rad > 0.0 && options.max_tilt_rad < std::acos(0.0), "max_tilt_rad",
          options.max_tilt_rad, "an angle between 0 and pi / 2");
  require(options.max_slope > 0.0 && std::isfinite(options.max_slope), "max_slope",
          options.max_slope, "a positive ratio of rise to run");
  require(options.min_support >= 0.0 && options.min_support <= 1.0, "min_support",
          options.min_support, "a share from 0 to 1");
}

// Right-handed orthonormal axes u, v, w with w along up; those of the caller where up is +z.
struct Frame {
  Vec3 u, v, w;

  explicit Frame(const Vec3& up) {
    const double length = std::sqrt(dot(up, up));
    w = {up[0] / length, up[1] / length, up[2] / length};
    std::size_t across = 0;  // the axis farthest from up
    for (std::size_t axis = 1; axis < 3; ++axis)
      if (std::fabs(w[axis]) < std::fabs(w[across])) across = axis;
    const double rest = std::sqrt(1.0 - w[across] * w[across]);
    for (std::size_t axis = 0; axis < 3; ++axis)
      u[axis] = ((axis == across ? 1.0 : 0.0) - w[across] * w[axis]) / rest;
    v = {w[1] * u[2] - w[2] * u[1], w[2] * u[0] - w[0] * u[2], w[0] * u[1] - w[1] * u[0]};
  }

  Vec3 into(const Vec3& x) const noexcept { return {dot(u, x), dot(v, x), dot(w, x)}; }
  Vec3 out_of(const Vec3& x) const noexcept {
    Vec3 y{};
    for (std::size_t axis = 0; axis < 3; ++axis)
      y[axis] = x[0] * u[axis] + x[1] * v[axis] + x[2] * w[axis];
    return y;
  }
};

Vec3 position(const CanonicalCloud& cloud, std::size_t row) noexcept {
  const float* p = cloud.xyz.data() + 3 * row;
  return {p[0] / cloud.scale, p[1] / cloud.scale, p[2] / cloud.scale};
}

// The rows about the first one (small numbers), w up.
std::vector<Vec3> rows_in(const Frame& frame, const CanonicalCloud& cloud) {
  std::vector<Vec3> rows(cloud.size());
  const Vec3 base = position(cloud, 0);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const Vec3 p = position(cloud, row);
    rows[row] = frame.into({p[0] - base[0], p[1] - base[1], p[2] - base[2]});
  }
  return rows;
}

PlaneFound supporting_plane(Span<const Vec3> rows, const GroundOptions& options, double thickness,
                            const Executor& executor) {
  PlaneSearch search;
  search.thickness = thickness;
  if (options.surface == Surface::plane) search.max_tilt_rad = options.max_tilt_rad;
  search.seed = options.seed;
  PlaneFound found = find_plane(rows, search, executor);
  if (static_cast<double>(found.support) < options.min_support * static_cast<double>(rows.size()))
    found.support = 0;
  return found;
}

// What is left to say once the surface is known: `height_of(row)` above it, and the plane in the
// caller's frame.
template <typename HeightOf>
void tell(const CanonicalCloud& cloud, const Frame& frame, const Plane& plane,
          const Executor& executor, const HeightOf& height_of, Ground& ground) {
  ground.found = true;
  ground.plane.normal = frame.out_of(plane.normal);
  ground.plane.offset = plane.offset + dot(ground.plane.normal, position(cloud, 0));
  const std::size_t n = cloud.row_of_input.size();
  for_spans(executor, n, kSpan, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i)
      if (const std::int64_t row = cloud.row_of_input[i]; row >= 0)
        ground.height[i] = static_cast<float>(height_of(static_cast<std::size_t>(row)));
  });
}

}  // namespace

Ground find_ground(PointsView points, const GroundOptions& options, const Executor& executor) {
  check(options);
  const CanonicalCloud cloud = canonical_order(points, executor);
  Ground ground;
  ground.is_ground.assign(points.size, 0);
  ground.height.assign(points.size, std::numeric_limits<float>::quiet_NaN());
  if (cloud.size() < 3) return ground;
  const bool known = options.thickness > 0.0 && options.cell > 0.0;
  const double spacing = known ? 0.0 : typical_spacing(cloud, executor);
  ground.thickness = options.thickness > 0.0 ? options.thickness : kThicknessSpacings * spacing;

  const Frame frame(options.up);
  const std::vector<Vec3> rows = rows_in(frame, cloud);
  if (options.surface == Surface::terrain) {
    TerrainSettings settings;
    settings.side = options.cell > 0.0 ? options.cell : kCellSpacings * spacing;
    settings.thickness = ground.thickness;
    settings.max_slope = options.max_slope;
    settings.max_tilt_rad = options.max_tilt_rad;
    settings.seed = options.seed;
    const Terrain terrain = fit_terrain(rows, settings);
    tell(
        cloud, frame, terrain.plane, executor,
        [&](std::size_t row) { return terrain.height(rows[row]); }, ground);
  } else {
    const PlaneFound found = supporting_plane(rows, options, ground.thickness, executor);
    if (found.support < 3) return ground;
    tell(
        cloud, frame, found.plane, executor,
        [&](std::size_t row) { return found.plane.height(rows[row]); }, ground);
  }
  const double lowest = options.surface == Surface::terrain ? -HUGE_VAL : -ground.thickness;
  for (std::size_t i = 0; i < points.size; ++i)
    ground.is_ground[i] = ground.height[i] >= lowest && ground.height[i] <= ground.thickness;
  return ground;
}

}  // namespace equicloud::clusters
