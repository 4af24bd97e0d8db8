// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/signals.h"

#include <equicloud/classify/axes.h>
#include <equicloud/classify/shape.h>
#include <equicloud/sphere/harmonic_rows.h>
#include <equicloud/sphere/index.h>

#include <cmath>

namespace equicloud::viewer {
namespace {

using classify::kSphericalBandwidth;
using classify::kSphericalSize;

constexpr std::size_t kPixels = static_cast<std::size_t>(kMapHeight) * kMapWidth;

// S_lm at the pixels' directions, [full_index][pixel].
std::vector<float> harmonics_of_pixels() {
  std::vector<float> x, y, z;
  for (int row = 0; row < kMapHeight; ++row) {
    const double beta = M_PI * (row + 0.5) / kMapHeight;
    for (int column = 0; column < kMapWidth; ++column) {
      const double alpha = 2.0 * M_PI * (column + 0.5) / kMapWidth;
      x.push_back(static_cast<float>(std::sin(beta) * std::cos(alpha)));
      y.push_back(static_cast<float>(std::sin(beta) * std::sin(alpha)));
      z.push_back(static_cast<float>(std::cos(beta)));
    }
  }
  std::vector<float> rows(kSphericalSize * kPixels);
  sphere::HarmonicRows(kSphericalBandwidth)
      .evaluate(x.data(), y.data(), z.data(), kPixels, rows.data(), kPixels);
  return rows;
}

// f = sum a_lm S_lm with a_lm = sqrt(4 pi (2l+1)) c_lm.
std::vector<float> map_of(const float* coefficients, const std::vector<float>& harmonics) {
  std::vector<float> map(kPixels);
  for (int l = 0; l < kSphericalBandwidth; ++l) {
    const auto scale = static_cast<float>(std::sqrt(4.0 * M_PI * (2 * l + 1)));
    for (int m = -l; m <= l; ++m) {
      const std::size_t row = sphere::full_index(l, m);
      const float a = scale * coefficients[row];
      for (std::size_t i = 0; i < kPixels; ++i) map[i] += a * harmonics[row * kPixels + i];
    }
  }
  return map;
}

}  // namespace

std::optional<SphericalSignals> spherical_signals(PointsView points) {
  const classify::Shape shape = classify::make_shape(points);
  if (shape.status != classify::ShapeStatus::ok && shape.status != classify::ShapeStatus::flat)
    return {};
  classify::AxisFinder finder;
  const classify::Axes& axes = finder.find(shape);
  std::vector<float> flatness;
  for (std::size_t i = 0; i < axes.points; ++i)
    flatness.push_back(axes.numbers[i * classify::kPointNumbers + classify::kFlat]);
  classify::SphericalFeatures features;
  const Span<const float> channels = features.extract({shape.xyz, axes.axis, flatness});
  static const std::vector<float> harmonics = harmonics_of_pixels();
  SphericalSignals signals;
  for (std::size_t shell = 0; shell < classify::kShells; ++shell) {
    const float* coefficients = channels.data() + shell * kSphericalSize;
    signals.shells[shell] = map_of(coefficients, harmonics);
    for (int l = 0; l < kSphericalBandwidth; ++l)
      for (int m = -l; m <= l; ++m) {
        const auto c = static_cast<double>(coefficients[sphere::full_index(l, m)]);
        signals.power[static_cast<std::size_t>(l)] += (2 * l + 1) * c * c;
      }
  }
  return signals;
}

}  // namespace equicloud::viewer
