// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/grid.h>

#include <string>
#include <utility>

namespace equicloud::so3 {
namespace {

Grid over_rings(sphere::Grid sphere) {
  return {sphere.bandwidth, sphere.columns, std::move(sphere.theta), std::move(sphere.weights)};
}

}  // namespace

EulerAngles Grid::rotation(std::size_t plane, int i, int k) const noexcept {
  const double step = 2.0 * 3.14159265358979323846 / columns;
  return {step * i, beta[plane], step * k};
}

Grid soft(int b, int columns) { return over_rings(sphere::driscoll_healy(b, columns)); }
Grid gauss_legendre(int b, int columns) { return over_rings(sphere::gauss_legendre(b, columns)); }

Grid band_limited(Grid grid, int b) {
  if (b < 1 || b > grid.bandwidth)
    throw InvalidArgument("a grid of bandwidth " + std::to_string(grid.bandwidth) +
                          " can serve bandwidths 1 .. that; got " + std::to_string(b));
  grid.bandwidth = b;
  return grid;
}

}  // namespace equicloud::so3
