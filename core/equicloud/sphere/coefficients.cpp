// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/coefficients.h>

#include <cmath>
#include <string>

namespace equicloud::sphere {

double orthonormal_over_group(int l) { return std::sqrt(4 * std::acos(-1.0) * (2 * l + 1)); }

template <typename T>
std::vector<std::complex<T>> full_from_half(int b, Span<const std::complex<T>> half) {
  if (b < 1 || half.size() != half_size(b))
    throw InvalidArgument("bandwidth " + std::to_string(b) + " needs " +
                          std::to_string(half_size(b)) + " coefficients of order >= 0; got " +
                          std::to_string(half.size()));
  std::vector<std::complex<T>> full(full_size(b));
  for (int l = 0; l < b; ++l)
    for (int m = l; m >= 0; --m) {
      const std::complex<T> value = half[half_index(l, m)];
      full[full_index(l, -m)] = m % 2 == 0 ? std::conj(value) : -std::conj(value);
      full[full_index(l, m)] = value;
    }
  return full;
}

template <typename T>
void renormalise(int b, Span<std::complex<T>> coefficients, Normalisation from, Normalisation to) {
  const bool half = b >= 1 && coefficients.size() == half_size(b);
  if (b < 1 || (!half && coefficients.size() != full_size(b)))
    throw InvalidArgument("bandwidth " + std::to_string(b) + " has " +
                          std::to_string(full_size(b)) + " coefficients, " +
                          std::to_string(half_size(b)) + " of order >= 0; got " +
                          std::to_string(coefficients.size()));
  if (from == to) return;
  for (int l = 0; l < b; ++l) {
    const double ratio = orthonormal_over_group(l);
    const T factor = static_cast<T>(to == Normalisation::orthonormal ? ratio : 1 / ratio);
    for (int m = half ? 0 : -l; m <= l; ++m)
      coefficients[half ? half_index(l, m) : full_index(l, m)] *= factor;
  }
}

template std::vector<std::complex<float>> full_from_half(int, Span<const std::complex<float>>);
template std::vector<std::complex<double>> full_from_half(int, Span<const std::complex<double>>);
template void renormalise(int, Span<std::complex<float>>, Normalisation, Normalisation);
template void renormalise(int, Span<std::complex<double>>, Normalisation, Normalisation);

}  // namespace equicloud::sphere
