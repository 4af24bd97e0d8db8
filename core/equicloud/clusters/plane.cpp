// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/random.h>
#include <equicloud/clusters/plane.h>
#include <equicloud/points/local_frame.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace equicloud::clusters {
namespace {

constexpr std::size_t kHypotheses = 1024;
constexpr std::size_t kJudges = 4096;
constexpr std::size_t kSpan = 16384;
constexpr int kRefinements = 20;
// sin of the angle at a corner: thinner triangles are lines to double precision.
constexpr double kThinnest = 1e-6;

Vec3 minus(const Vec3& a, const Vec3& b) noexcept {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

Plane plane_at(Vec3 normal, const Vec3& through, const Vec3& up) noexcept {
  if (dot(normal, up) < 0.0) normal = {-normal[0], -normal[1], -normal[2]};
  return {normal, dot(normal, through)};
}

// False where the three lie on a line.
bool plane_through(const Vec3& p, const Vec3& q, const Vec3& r, const Vec3& up, Plane& plane) {
  const Vec3 a = minus(q, p);
  const Vec3 b = minus(r, p);
  const Vec3 cross = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                      a[0] * b[1] - a[1] * b[0]};
  const double length = std::sqrt(dot(cross, cross));
  if (!(length > kThinnest * std::sqrt(dot(a, a) * dot(b, b)))) return false;
  plane = plane_at({cross[0] / length, cross[1] / length, cross[2] / length}, p, up);
  return true;
}

double truncated_squares(Span<const Vec3> points, const Plane& plane, double thickness) noexcept {
  double sum = 0.0;
  for (const Vec3& p : points) {
    const double height = plane.height(p);
    sum += std::min(height * height, thickness * thickness);
  }
  return sum;
}

bool too_tilted(const Plane& plane, const PlaneSearch& search) noexcept {
  // The normal is on the side of up: beyond a right angle nothing is too tilted.
  return search.max_tilt_rad < std::acos(0.0) &&
         dot(plane.normal, search.up) < std::cos(search.max_tilt_rad);
}

// Points at even steps.
std::vector<Vec3> judges_of(Span<const Vec3> points) {
  const std::size_t count = std::min(points.size(), kJudges);
  std::vector<Vec3> judges(count);
  for (std::size_t j = 0; j < count; ++j) judges[j] = points[j * points.size() / count];
  return judges;
}

struct Support {
  std::size_t count = 0;
  std::array<double, 9> sums{};  // x, y, z, xx, xy, xz, yy, yz, zz about a base point
};

// Summed span by span, spans in order: the same bits for any number of threads.
Support support_of(Span<const Vec3> points, const Plane& plane, double thickness, const Vec3& base,
                   const Executor& executor) {
  std::vector<Support> parts((points.size() + kSpan - 1) / kSpan);
  for_spans(executor, points.size(), kSpan, [&](std::size_t begin, std::size_t end, std::size_t s) {
    Support part;
    for (std::size_t i = begin; i < end; ++i) {
      if (std::fabs(plane.height(points[i])) > thickness) continue;
      const Vec3 d = minus(points[i], base);
      const std::array<double, 9> terms = {d[0],        d[1],        d[2],
                                           d[0] * d[0], d[0] * d[1], d[0] * d[2],
                                           d[1] * d[1], d[1] * d[2], d[2] * d[2]};
      for (std::size_t t = 0; t < terms.size(); ++t) part.sums[t] += terms[t];
      ++part.count;
    }
    parts[s] = part;
  });
  Support total;
  for (const Support& part : parts) {
    total.count += part.count;
    for (std::size_t t = 0; t < part.sums.size(); ++t) total.sums[t] += part.sums[t];
  }
  return total;
}

Plane least_squares(const Support& support, const Vec3& base, const Vec3& up) noexcept {
  const auto n = static_cast<double>(support.count);
  Moments moments;
  for (std::size_t t = 0; t < 3; ++t) moments.mean[t] = support.sums[t] / n;
  for (std::size_t t = 0; t < 6; ++t) moments.second[t] = support.sums[3 + t] / n;
  const Vec3& mean = moments.mean;
  return plane_at(local_frame(moments).normal,
                  {base[0] + mean[0], base[1] + mean[1], base[2] + mean[2]}, up);
}

PlaneFound refined(Span<const Vec3> points, Plane plane, const PlaneSearch& search,
                   const Executor& executor) {
  const Vec3& base = points[points.size() / 2];
  Support support = support_of(points, plane, search.thickness, base, executor);
  for (int i = 0; i < kRefinements && support.count >= 3; ++i) {
    const Plane next = least_squares(support, base, search.up);
    const Support its = support_of(points, next, search.thickness, base, executor);
    if (too_tilted(next, search) || its.count < 3) break;
    const bool settled = its.count == support.count && its.sums == support.sums;
    plane = next;
    support = its;
    if (settled) break;
  }
  return {support.count, plane};
}

}  // namespace

PlaneFound find_plane(Span<const Vec3> points, const PlaneSearch& search,
                      const Executor& executor) {
  if (points.size() < 3) return {};
  const std::vector<Vec3> judges = judges_of(points);
  std::vector<Plane> planes(kHypotheses);
  std::vector<double> cost(kHypotheses, std::numeric_limits<double>::infinity());
  executor.run(kHypotheses, [&](std::size_t h) {
    Random random = Random(search.seed).fork(h);
    const auto any = [&] { return points[random.below(points.size())]; };
    const Vec3 p = any(), q = any(), r = any();
    if (plane_through(p, q, r, search.up, planes[h]) && !too_tilted(planes[h], search))
      cost[h] = truncated_squares(judges, planes[h], search.thickness);
  });
  const auto best =
      static_cast<std::size_t>(std::min_element(cost.begin(), cost.end()) - cost.begin());
  if (std::isinf(cost[best])) return {};
  return refined(points, planes[best], search, executor);
}

}  // namespace equicloud::clusters
