// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/grid.h>

#include <cmath>
#include <string>

namespace equicloud::sphere {
namespace {

const double kPi = std::acos(-1.0);

Grid empty_grid(int b, int columns, int rings) {
  if (b < 1)
    throw InvalidArgument("a grid needs bandwidth >= 1 (degrees below it); got " +
                          std::to_string(b));
  if (columns != 0 && columns < 2 * b - 1)
    throw InvalidArgument("bandwidth " + std::to_string(b) + " needs at least " +
                          std::to_string(2 * b - 1) + " columns; got " + std::to_string(columns));
  const auto n = static_cast<std::size_t>(rings);
  return {b, columns == 0 ? 2 * b : columns, std::vector<double>(n), std::vector<double>(n),
          std::vector<double>(n)};
}

void set_ring_and_mirror(Grid& grid, std::size_t ring, double theta, double cosine, double weight) {
  const std::size_t mirror = grid.rings() - 1 - ring;
  grid.theta[mirror] = kPi - theta;
  grid.cosine[mirror] = -cosine;
  grid.theta[ring] = theta;
  grid.cosine[ring] = cosine;
  grid.weights[ring] = grid.weights[mirror] = weight;
}

// P_n and its derivative at x, by Bonnet's recurrence.
struct Legendre {
  long double value;
  long double slope;
};
Legendre legendre(int n, long double x) {
  long double before = 1;
  long double value = x;
  for (int l = 1; l < n; ++l) {
    const long double next = ((2 * l + 1) * x * value - l * before) / (l + 1);
    before = value;
    value = next;
  }
  return {value, n * (before - x * value) / (1 - x * x)};
}

}  // namespace

Grid driscoll_healy(int b, int columns) {
  Grid grid = empty_grid(b, columns, 2 * b);
  for (int j = 0; j < b; ++j) {
    const double theta = kPi * (2 * j + 1) / (4.0 * b);
    double series = 0;
    for (int k = b - 1; k >= 0; --k) series += std::sin((2 * k + 1) * theta) / (2 * k + 1);
    set_ring_and_mirror(grid, static_cast<std::size_t>(j), theta, std::cos(theta),
                        2.0 / b * std::sin(theta) * series);
  }
  return grid;
}

// Newton from the asymptotic zeros, in long double; quadratic from the first step.
Grid gauss_legendre(int b, int columns) {
  Grid grid = empty_grid(b, columns, b);
  for (int j = 0; j < (b + 1) / 2; ++j) {
    long double x = 2 * j + 1 == b ? 0.0L : std::cos(kPi * (j + 0.75) / (b + 0.5));
    for (int step = 0; step < 8; ++step) {
      const Legendre p = legendre(b, x);
      if (2 * j + 1 != b) x -= p.value / p.slope;
    }
    const long double slope = legendre(b, x).slope;
    set_ring_and_mirror(grid, static_cast<std::size_t>(j), static_cast<double>(std::acos(x)),
                        static_cast<double>(x),
                        static_cast<double>(2 / ((1 - x * x) * slope * slope)));
  }
  return grid;
}

}  // namespace equicloud::sphere
