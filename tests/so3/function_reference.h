// SPDX-License-Identifier: BSD-3-Clause
// Functions on SO(3) the slow and obvious way: the sums of core/CONVENTIONS.md as they stand, over
// every sample and every coefficient, in double.
#pragma once

#include <equicloud/base/random.h>
#include <equicloud/so3/grid.h>
#include <equicloud/so3/index.h>

#include <algorithm>
#include <functional>

#include "so3/wigner_reference.h"

namespace equicloud::so3::reference {

using Function = std::vector<Complex>;      // samples on a grid
using Coefficients = std::vector<Complex>;  // laid out as so3/index.h says

/// Calls visit(l, m, n) for every coefficient, in the order of memory.
template <typename Visit>
void for_coefficients(int bandwidth, const Visit& visit) {
  for (int l = 0; l < bandwidth; ++l)
    for (int m = -l; m <= l; ++m)
      for (int n = -l; n <= l; ++n) visit(l, m, n);
}

/// Calls visit(R, number of the sample, its weight) for every sample, in the order of memory.
template <typename Visit>
void for_samples(const Grid& grid, const Visit& visit) {
  std::size_t number = 0;
  for (std::size_t j = 0; j < grid.planes(); ++j)
    for (int i = 0; i < grid.columns; ++i)
      for (int k = 0; k < grid.columns; ++k)
        visit(grid.rotation(j, i, k), number++, grid.sample_weight(j));
}

/// Independent uniform real and imaginary parts in [-1, 1].
inline Coefficients random_coefficients(int bandwidth, std::uint64_t seed) {
  Random random(seed);
  Coefficients fhat(coefficient_count(bandwidth));
  for (Complex& c : fhat) c = {random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0)};
  return fhat;
}

/// Those of a real function: fhat^l_{-m,-n} = (-1)^{m-n} conj(fhat^l_mn).
inline Coefficients random_real_coefficients(int bandwidth, std::uint64_t seed) {
  const Coefficients any = random_coefficients(bandwidth, seed);
  Coefficients fhat = any;
  for_coefficients(bandwidth, [&](int l, int m, int n) {
    const std::size_t here = coefficient_index(l, m, n);
    const std::size_t opposite = coefficient_index(l, -m, -n);
    fhat[here] = (any[here] + sign(m - n) * std::conj(any[opposite])) / 2.0;
  });
  return fhat;
}

/// e^{i m alpha} d^l_mn(beta) e^{i n gamma} at one rotation, for all coefficients. The d of the
/// last beta are kept: samples come plane by plane.
inline Coefficients D_everywhere(int bandwidth, const EulerAngles& R) {
  static double last_beta = -1.0;
  static std::vector<double> last_d;
  if (R.beta != last_beta || last_d.size() != coefficient_count(bandwidth)) {
    last_beta = R.beta;
    last_d.clear();
    for_coefficients(bandwidth, [&](int l, int m, int n) { last_d.push_back(d(l, m, n, R.beta)); });
  }
  Coefficients D_R;
  D_R.reserve(last_d.size());
  for_coefficients(bandwidth, [&](int, int m, int n) {
    D_R.push_back(last_d[D_R.size()] * std::polar(1.0, m * R.alpha + n * R.gamma));
  });
  return D_R;
}

/// f(R) = sum_l (2l+1) sum_mn fhat^l_mn D^l_mn(R).
inline Complex inverse_at(int bandwidth, const Coefficients& fhat, const EulerAngles& R) {
  const Coefficients D_R = D_everywhere(bandwidth, R);
  Complex sum = 0.0;
  for_coefficients(bandwidth, [&](int l, int m, int n) {
    const std::size_t at = coefficient_index(l, m, n);
    sum += (2.0 * l + 1.0) * fhat[at] * D_R[at];
  });
  return sum;
}
inline Function inverse(const Grid& grid, const Coefficients& fhat) {
  Function f(grid.samples());
  for_samples(grid, [&](const EulerAngles& R, std::size_t number, double) {
    f[number] = inverse_at(grid.bandwidth, fhat, R);
  });
  return f;
}

/// fhat^l_mn = int f conj(D^l_mn) dR by the grid's quadrature.
inline Coefficients forward(const Grid& grid, const Function& f) {
  Coefficients fhat(coefficient_count(grid.bandwidth));
  for_samples(grid, [&](const EulerAngles& R, std::size_t number, double weight) {
    const Coefficients D_R = D_everywhere(grid.bandwidth, R);
    for (std::size_t c = 0; c < fhat.size(); ++c) fhat[c] += weight * f[number] * std::conj(D_R[c]);
  });
  return fhat;
}

/// The values of a function of rotations on a grid.
inline Function sampled(const Grid& grid, const std::function<Complex(const EulerAngles&)>& f) {
  Function values(grid.samples());
  for_samples(grid,
              [&](const EulerAngles& R, std::size_t number, double) { values[number] = f(R); });
  return values;
}

inline double largest(const std::vector<Complex>& values) {
  double most = 0.0;
  for (const Complex& value : values) most = std::fmax(most, std::abs(value));
  return most;
}
/// The largest difference over the largest value; NaN counts as infinite.
template <typename T, typename U>
double relative_gap(const std::vector<T>& fast, const std::vector<U>& slow) {
  double gap = fast.size() == slow.size() ? 0.0 : INFINITY;
  double most = 0.0;
  for (std::size_t i = 0; i < std::min(fast.size(), slow.size()); ++i) {
    const double off = std::abs(Complex(fast[i]) - Complex(slow[i]));
    gap = off >= 0.0 ? std::fmax(gap, off) : INFINITY;
    most = std::fmax(most, std::abs(Complex(slow[i])));
  }
  return gap / most;
}

}  // namespace equicloud::so3::reference
