// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/sampling.h>
#include <equicloud/classify/shape.h>
#include <equicloud/points/canonical_order.h>
#include <equicloud/points/local_frame.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace equicloud::classify {
namespace {

constexpr double kLine = 1e-6;  // l1 / l2 below which a shape is a line
constexpr double kFlat = 1e-8;  // l0 / l2 below which it is flat

struct Ranked {
  double radius;
  std::uint32_t row;

  bool operator<(const Ranked& other) const {
    return radius != other.radius ? radius < other.radius : row < other.row;
  }
};

Extent extent_of(const std::vector<float>& xyz) {
  Moments sum;
  const std::size_t n = xyz.size() / 3;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = xyz[3 * i];
    const double y = xyz[3 * i + 1];
    const double z = xyz[3 * i + 2];
    const double first[3] = {x, y, z};
    const double second[6] = {x * x, x * y, x * z, y * y, y * z, z * z};
    for (std::size_t a = 0; a < 3; ++a) sum.mean[a] += first[a] / static_cast<double>(n);
    for (std::size_t a = 0; a < 6; ++a) sum.second[a] += second[a] / static_cast<double>(n);
  }
  const LocalFrame frame = local_frame(sum);
  return {frame.l0, frame.l1, frame.l2};
}

ShapeStatus status_of(const Extent& extent) {
  if (extent.l1 < kLine * extent.l2) return ShapeStatus::line;
  return extent.l0 < kFlat * extent.l2 ? ShapeStatus::flat : ShapeStatus::ok;
}

}  // namespace

struct ShapeBuilder::Memory {
  CanonicalOrder canonical;
  std::vector<double> radii, scratch;
  std::vector<Ranked> ranked;
  std::vector<std::uint32_t> kept;  // rows of the canonical cloud, ascending
  FarthestPointOrder sampling;
  Shape shape;

  // Which of the n points stay.
  void thin() {
    const std::size_t n = radii.size();
    const std::size_t stay = std::min(n, kMaxPoints);
    kept.resize(stay);
    ranked.clear();
    if (n > kMaxPoints) {
      for (std::size_t i = 0; i < n; ++i)
        ranked.push_back({radii[i], static_cast<std::uint32_t>(i)});
      std::sort(ranked.begin(), ranked.end());
    }
    for (std::size_t i = 0; i < stay; ++i)
      kept[i] = ranked.empty() ? static_cast<std::uint32_t>(i)
                               : ranked[(2 * i + 1) * n / (2 * kMaxPoints)].row;
    std::sort(kept.begin(), kept.end());
  }

  // (x - c) / s of those that stay.
  void scale(const std::vector<float>& xyz, const ShapeFrame& frame) {
    shape.xyz.resize(3 * kept.size());
    float* out = shape.xyz.data();
    for (const std::uint32_t row : kept) {
      const double factor = 1.0 / std::max(frame.scale, radii[row] / kMaxRadius);
      for (std::size_t axis = 0; axis < 3; ++axis)
        *out++ = static_cast<float>((xyz[3 * row + axis] - frame.center[axis]) * factor);
    }
  }

  void reset(std::size_t distinct_points, std::size_t finite_points) {
    shape.status = finite_points == 0 ? ShapeStatus::empty : ShapeStatus::too_few_points;
    shape.xyz.clear();
    shape.frame = {};
    shape.extent = {};
    shape.distinct_points = distinct_points;
  }
};

ShapeBuilder::ShapeBuilder() : memory_(std::make_unique<Memory>()) {}
ShapeBuilder::~ShapeBuilder() = default;

const Shape& ShapeBuilder::build(PointsView points, const Executor& executor) {
  Memory& m = *memory_;
  const CanonicalCloud& cloud = m.canonical.order(points, executor);
  m.reset(cloud.size(), cloud.finite_points);
  if (cloud.size() < kMinPoints) return m.shape;
  const ShapeFrame frame = robust_frame(PointsView(cloud.xyz), m.radii, m.scratch);
  m.thin();
  m.scale(cloud.xyz, frame);
  m.sampling.reorder(m.shape.xyz);
  // Back to the caller's unit: a division by a power of two is exact.
  for (std::size_t axis = 0; axis < 3; ++axis)
    m.shape.frame.center[axis] = frame.center[axis] / cloud.scale;
  m.shape.frame.scale = frame.scale / cloud.scale;
  m.shape.extent = extent_of(m.shape.xyz);
  m.shape.status = status_of(m.shape.extent);
  return m.shape;
}

Shape make_shape(PointsView points, const Executor& executor) {
  ShapeBuilder builder;
  return builder.build(points, executor);
}

}  // namespace equicloud::classify
