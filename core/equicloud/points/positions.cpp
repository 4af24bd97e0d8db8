// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/points/positions.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace equicloud {
namespace {

/// Below this magnitude a float still resolves 1/16384 and better: no origin needed.
constexpr double kNear = 1000;

double origin_of(std::vector<double>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return std::abs(*middle) > kNear ? std::round(*middle) : 0;
}

}  // namespace

void PositionsBuilder::choose_origin(Span<const double> xyz) {
  std::vector<double> values[3];
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3) {
    if (!std::isfinite(xyz[i]) || !std::isfinite(xyz[i + 1]) || !std::isfinite(xyz[i + 2]))
      continue;
    for (std::size_t a = 0; a < 3; ++a) values[a].push_back(xyz[i + a]);
  }
  if (values[0].empty()) return;  // nothing finite yet: the next block decides
  for (std::size_t a = 0; a < 3; ++a) positions_.origin[a] = origin_of(values[a]);
  origin_chosen_ = true;
}

void PositionsBuilder::append(Span<const double> xyz) {
  if (shift_ && !origin_chosen_) choose_origin(xyz);
  for (std::size_t i = 0; i < xyz.size(); ++i)
    positions_.xyz.push_back(static_cast<float>(xyz[i] - positions_.origin[i % 3]));
}

Positions PositionsBuilder::take() noexcept {
  origin_chosen_ = false;
  return std::exchange(positions_, Positions());
}

}  // namespace equicloud
