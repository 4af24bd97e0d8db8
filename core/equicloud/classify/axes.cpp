// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/classify/axes.h>
#include <equicloud/points/local_frame.h>

#include <array>
#include <cmath>
#include <string>

namespace equicloud::classify {
namespace {

using Vector = std::array<double, 3>;

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

// Weighted sums of offsets and their products, the point itself being a zero with weight 1.
struct MomentSums {
  Moments sum;
  double total = 1.0;

  void add(double weight, const Vector& e) {
    total += weight;
    const Vector we = {weight * e[0], weight * e[1], weight * e[2]};
    for (std::size_t a = 0; a < 3; ++a) sum.mean[a] += we[a];
    sum.second[0] += we[0] * e[0];
    sum.second[1] += we[0] * e[1];
    sum.second[2] += we[0] * e[2];
    sum.second[3] += we[1] * e[1];
    sum.second[4] += we[1] * e[2];
    sum.second[5] += we[2] * e[2];
  }
  Moments moments() const {
    Moments m = sum;
    for (double& value : m.mean) value /= total;
    for (double& value : m.second) value /= total;
    return m;
  }
};

// (1 - (d / d_24)^2)^2: falls to 0 with its slope where the list ends.
double wide_weight(double d, double reach) {
  const double t = ratio(d, reach);
  return (1.0 - t * t) * (1.0 - t * t);
}

struct Neighborhood {
  Moments near, wide;
};

Neighborhood neighborhood(const float* xyz, const float* p, const std::uint32_t* ids,
                          const float* distances) {
  MomentSums near, wide;
  const double reach = distances[kAxisNeighbors - 1];
  for (int j = 0; j < kAxisNeighbors; ++j) {
    const float* q = xyz + 3 * std::size_t{ids[j]};
    const Vector e = {static_cast<double>(q[0]) - p[0], static_cast<double>(q[1]) - p[1],
                      static_cast<double>(q[2]) - p[2]};
    if (j < kNearNeighbors) near.add(1.0, e);
    wide.add(wide_weight(distances[j], reach), e);
  }
  return {near.moments(), wide.moments()};
}

void describe(const Neighborhood& hood, const Vector& p, double reach, float* axis,
              float* numbers) {
  const LocalFrame near = local_frame(hood.near);
  const LocalFrame wide = local_frame(hood.wide);
  const Vector& mean = hood.wide.mean;
  const double outward = dot(wide.normal, p) < 0.0 ? -1.0 : 1.0;
  const Vector n = {outward * wide.normal[0], outward * wide.normal[1], outward * wide.normal[2]};
  const double radius = std::sqrt(dot(p, p));
  const auto set = [numbers](PointNumber at, double value) {
    numbers[at] = static_cast<float>(value);
  };
  set(kRadius, radius);
  set(kFacing, static_cast<float>(radius) < kNoRay ? 0.0 : dot(n, p) / radius);
  set(kFlatNear, ratio(near.l0, near.trace()));
  set(kRoundNear, ratio(near.l1, near.trace()));
  set(kFlat, ratio(wide.l0, wide.trace()));
  set(kRound, ratio(wide.l1, wide.trace()));
  set(kSpread, std::sqrt(wide.trace()));
  set(kReach, reach);
  set(kOutward, ratio(dot(mean, n), reach));
  set(kOffCentre, ratio(std::sqrt(dot(mean, mean)), reach));
  for (std::size_t a = 0; a < 3; ++a) axis[a] = static_cast<float>(n[a]);
}

}  // namespace

const Axes& AxisFinder::find(const Shape& shape) {
  const std::size_t n = shape.size();
  if (n < kMinPoints)
    throw InvalidArgument("axes: the shape has " + std::to_string(n) + " points; at least " +
                          std::to_string(kMinPoints) + " are needed");
  axes_.points = n;
  axes_.axis.resize(3 * n);
  axes_.numbers.resize(kPointNumbers * n);
  axes_.neighbors.resize(kAxisNeighbors * n);
  axes_.distances.resize(kAxisNeighbors * n);
  search_.assign(shape.xyz, n);
  for (const std::size_t i : search_.order()) {
    std::uint32_t* ids = axes_.neighbors.data() + kAxisNeighbors * i;
    float* distances = axes_.distances.data() + kAxisNeighbors * i;
    const float* p = shape.xyz.data() + 3 * i;
    search_.find(p, static_cast<std::uint32_t>(i), {ids, kAxisNeighbors},
                 {distances, kAxisNeighbors});
    describe(neighborhood(shape.xyz.data(), p, ids, distances), {p[0], p[1], p[2]},
             distances[kAxisNeighbors - 1], axes_.axis.data() + 3 * i,
             axes_.numbers.data() + kPointNumbers * i);
  }
  return axes_;
}

}  // namespace equicloud::classify
