// SPDX-License-Identifier: BSD-3-Clause
// What the spherical network reads of a thing: its points' density over directions, shell by shell
// of radius (equicloud/classify/spherical_features.h), and the power of each degree, which no
// rotation changes.
#pragma once

#include <equicloud/classify/spherical_features.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <optional>
#include <vector>

namespace equicloud::viewer {

/// Pixels of a map: rows from the north pole to the south, columns once around.
constexpr int kMapHeight = 24;
constexpr int kMapWidth = 48;

struct SphericalSignals {
  /// kShells maps, kMapHeight x kMapWidth values each, row-major; may be negative (band-limited).
  std::array<std::vector<float>, classify::kShells> shells;
  /// power[l]: sum over shells of (2l+1) sum_m c_lm^2, l = 0 .. 7.
  std::array<double, classify::kSphericalBandwidth> power{};
};

/// None for what is no shape: too few points, a line. Cost: some 5 ms.
std::optional<SphericalSignals> spherical_signals(PointsView points);

}  // namespace equicloud::viewer
