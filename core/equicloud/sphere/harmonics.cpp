// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/harmonics.h>
#include <equicloud/sphere/legendre.h>

#include <cmath>
#include <string>
#include <vector>

namespace equicloud::sphere {
namespace {

const double kPi = std::acos(-1.0);

void check(int b, double theta, std::size_t size) {
  if (b < 1) throw InvalidArgument("harmonics need bandwidth >= 1; got " + std::to_string(b));
  if (!(theta >= 0 && theta <= kPi))
    throw InvalidArgument("theta is " + std::to_string(theta) + "; expected 0 .. pi from the pole");
  if (size != full_size(b))
    throw InvalidArgument("bandwidth " + std::to_string(b) + " has " +
                          std::to_string(full_size(b)) + " harmonics; got room for " +
                          std::to_string(size));
}

double orthonormal_factor(int l) { return std::sqrt((2 * l + 1) / (4 * kPi)); }

// visit(l, m, d^l_m0(theta)) for all 0 <= m <= l < b.
template <typename Visit>
void each_legendre(int b, double theta, const Visit& visit) {
  std::vector<double> d(static_cast<std::size_t>(b));
  for (int m = 0; m < b; ++m) {
    LegendreOrder(b, m).evaluate(std::cos(theta), std::sin(theta), d.data());
    for (int l = m; l < b; ++l) visit(l, m, d[static_cast<std::size_t>(l - m)]);
  }
}

}  // namespace

void complex_harmonics(int b, double theta, double phi, Normalisation normalisation,
                       Span<std::complex<double>> out) {
  check(b, theta, out.size());
  each_legendre(b, theta, [&](int l, int m, double d) {
    const double scale = normalisation == Normalisation::group ? 1 : orthonormal_factor(l);
    const std::complex<double> value = std::polar(1.0, m * phi) * (scale * d);
    out[full_index(l, -m)] = m % 2 == 0 ? std::conj(value) : -std::conj(value);
    out[full_index(l, m)] = value;
  });
}

void real_harmonics(int b, double theta, double phi, Span<double> out) {
  check(b, theta, out.size());
  each_legendre(b, theta, [&](int l, int m, double d) {
    const double sign = m % 2 == 0 ? 1 : -1;  // cancels Condon-Shortley
    const double value = orthonormal_factor(l) * d * (m == 0 ? 1 : sign * std::sqrt(2.0));
    out[full_index(l, -m)] = value * std::sin(m * phi);
    out[full_index(l, m)] = value * std::cos(m * phi);
  });
}

}  // namespace equicloud::sphere
