// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/coefficients.h>

#include <cmath>
#include <string>

namespace equicloud::sphere {
namespace {

const double kRootTwo = std::sqrt(2.0);

double parity(int m) { return m % 2 == 0 ? 1 : -1; }

void check_size(int b, std::size_t got, std::size_t expected, const char* what) {
  if (b < 1 || got != expected)
    throw InvalidArgument("bandwidth " + std::to_string(b) + " needs " + std::to_string(expected) +
                          " coefficients " + what + "; got " + std::to_string(got));
}

// f_lm of order m >= 0 from the block of degree l of a real form, which `centre` points into at 0.
template <typename T>
std::complex<T> order_from_real(const T* centre, int m) {
  if (m == 0) return centre[0];
  const T scale = static_cast<T>(parity(m) / kRootTwo);
  return {scale * centre[m], -scale * centre[-m]};
}

}  // namespace

double orthonormal_over_group(int l) { return std::sqrt(4 * std::acos(-1.0) * (2 * l + 1)); }

template <typename T>
std::vector<std::complex<T>> full_from_half(int b, Span<const std::complex<T>> half) {
  check_size(b, half.size(), half_size(b), "of order >= 0");
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
std::vector<T> real_from_half(int b, Span<const std::complex<T>> half) {
  check_size(b, half.size(), half_size(b), "of order >= 0");
  std::vector<T> real(full_size(b));
  for (int l = 0; l < b; ++l) {
    real[full_index(l, 0)] = half[half_index(l, 0)].real();
    for (int m = 1; m <= l; ++m) {
      const T scale = static_cast<T>(parity(m) * kRootTwo);
      real[full_index(l, m)] = scale * half[half_index(l, m)].real();
      real[full_index(l, -m)] = -scale * half[half_index(l, m)].imag();
    }
  }
  return real;
}

template <typename T>
std::vector<std::complex<T>> half_from_real(int b, Span<const T> real) {
  check_size(b, real.size(), full_size(b), "in real form");
  std::vector<std::complex<T>> half(half_size(b));
  for (int l = 0; l < b; ++l)
    for (int m = 0; m <= l; ++m)
      half[half_index(l, m)] = order_from_real(real.data() + full_index(l, 0), m);
  return half;
}

template <typename T>
void full_from_real(int b, Span<const T> real, Span<std::complex<T>> full) {
  const std::size_t size = full_size(b);
  const std::size_t signals = b < 1 ? 0 : real.size() / size;
  check_size(b, real.size(), signals * size, "a signal in real form");
  check_size(b, full.size(), signals * size, "in all for its full form");
  for (std::size_t first = 0; first < real.size(); first += size)
    for (int l = 0; l < b; ++l)
      for (int m = 0; m <= l; ++m) {
        const std::complex<T> value = order_from_real(real.data() + first + full_index(l, 0), m);
        full[first + full_index(l, -m)] = static_cast<T>(parity(m)) * std::conj(value);
        full[first + full_index(l, m)] = value;
      }
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
template std::vector<float> real_from_half(int, Span<const std::complex<float>>);
template std::vector<double> real_from_half(int, Span<const std::complex<double>>);
template std::vector<std::complex<float>> half_from_real(int, Span<const float>);
template std::vector<std::complex<double>> half_from_real(int, Span<const double>);
template void full_from_real(int, Span<const float>, Span<std::complex<float>>);
template void full_from_real(int, Span<const double>, Span<std::complex<double>>);
template void renormalise(int, Span<std::complex<float>>, Normalisation, Normalisation);
template void renormalise(int, Span<std::complex<double>>, Normalisation, Normalisation);

}  // namespace equicloud::sphere
