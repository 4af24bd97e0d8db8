// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/classify/frame.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace equicloud::classify {
namespace {

using Vector = std::array<double, 3>;

constexpr int kReweightings = 2;
constexpr double kReach = 2.5;  // of the middle distance: where a weight is 1/2
// Percentiles, in integers so that a rank is exact: of the middle distance, and of the distances
// whose mean is the scale.
constexpr std::size_t kMiddle = 45;
constexpr std::size_t kRimBegin = 80;
constexpr std::size_t kRimEnd = 95;

void measure_radii(PointsView points, const Vector& center, std::vector<double>& radii) {
  radii.resize(points.size);
  for (std::size_t i = 0; i < points.size; ++i) {
    const double x = points[i][0] - center[0];
    const double y = points[i][1] - center[1];
    const double z = points[i][2] - center[2];
    radii[i] = std::sqrt(x * x + y * y + z * z);
  }
}

// sum w_i x_i / sum w_i
template <typename Weight>
Vector weighted_mean(PointsView points, const Weight& weight) {
  Vector sum{};
  double total = 0.0;
  for (std::size_t i = 0; i < points.size; ++i) {
    const double w = weight(i);
    for (std::size_t axis = 0; axis < 3; ++axis) sum[axis] += w * points[i][axis];
    total += w;
  }
  for (double& component : sum) component /= total;
  return sum;
}

double middle_radius(std::vector<double>& radii) {
  const auto middle =
      radii.begin() + static_cast<std::ptrdiff_t>(kMiddle * (radii.size() - 1) / 100);
  std::nth_element(radii.begin(), middle, radii.end());
  return *middle;
}

double rim_radius(std::vector<double>& radii) {
  const std::size_t n = radii.size();
  const auto begin = radii.begin() + static_cast<std::ptrdiff_t>(kRimBegin * n / 100);
  const auto end = radii.begin() + static_cast<std::ptrdiff_t>((kRimEnd * n + 99) / 100);
  std::nth_element(radii.begin(), begin, radii.end());
  std::sort(begin, radii.end());
  return std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin);
}

}  // namespace

ShapeFrame robust_frame(PointsView points, std::vector<double>& radii,
                        std::vector<double>& scratch) {
  ShapeFrame frame;
  frame.center = weighted_mean(points, [](std::size_t) { return 1.0; });
  measure_radii(points, frame.center, radii);
  for (int pass = 0; pass < kReweightings; ++pass) {
    const double reach = kReach * middle_radius(scratch = radii);
    if (!(reach > 0.0)) break;  // of 2 or 3 points, one on the centre
    frame.center = weighted_mean(points, [&](std::size_t i) {
      const double t = radii[i] / reach;
      const double t4 = (t * t) * (t * t);
      return 1.0 / (1.0 + t4 * t4);
    });
    measure_radii(points, frame.center, radii);
  }
  frame.scale = rim_radius(scratch = radii);
  return frame;
}

}  // namespace equicloud::classify
