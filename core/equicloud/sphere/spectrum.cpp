// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/spectrum.h>

#include <cmath>
#include <string>
#include <vector>

namespace equicloud::sphere {
namespace {

// Whether vectors hold orders m >= 0 alone.
bool is_half(int b, std::size_t channels, std::size_t coefficients) {
  if (b >= 1 && coefficients == channels * full_size(b)) return false;
  if (b >= 1 && coefficients == channels * half_size(b)) return true;
  throw InvalidArgument("spectra of bandwidth " + std::to_string(b) + " and " +
                        std::to_string(channels) + " signals need " + std::to_string(full_size(b)) +
                        " or " + std::to_string(half_size(b)) + " coefficients each; got " +
                        std::to_string(coefficients) + " in all");
}

void check_room(std::size_t got, std::size_t expected) {
  if (got != expected)
    throw InvalidArgument("the spectra have " + std::to_string(expected) +
                          " numbers; got room for " + std::to_string(got));
}

double scale(int l, Normalisation normalisation) {
  return normalisation == Normalisation::group ? 2 * l + 1 : 0.25 / std::acos(-1.0);
}

// sum over all m of f_lm conj(g_lm); a half vector stands for m < 0 by symmetry.
template <typename T>
std::complex<double> inner(int l, bool half, const std::complex<T>* f, const std::complex<T>* g) {
  std::complex<double> sum;
  for (int m = half ? 0 : -l; m <= l; ++m) {
    const std::size_t at = half ? half_index(l, m) : full_index(l, m);
    const std::complex<double> term =
        std::complex<double>(f[at]) * std::conj(std::complex<double>(g[at]));
    sum += half ? (m == 0 ? term.real() : 2 * term.real()) : term;
  }
  return sum;
}

}  // namespace

template <typename T>
void power_spectrum(int b, Span<const std::complex<T>> coefficients, Span<T> spectrum,
                    Normalisation normalisation) {
  const bool half = is_half(b, 1, coefficients.size());
  check_room(spectrum.size(), static_cast<std::size_t>(b));
  for (int l = 0; l < b; ++l)
    spectrum[static_cast<std::size_t>(l)] = static_cast<T>(
        scale(l, normalisation) * inner(l, half, coefficients.data(), coefficients.data()).real());
}

template <typename T>
void cross_spectra(int b, std::size_t channels, Span<const std::complex<T>> coefficients,
                   Span<std::complex<T>> spectra, Normalisation normalisation) {
  const bool half = is_half(b, channels, coefficients.size());
  check_room(spectra.size(), static_cast<std::size_t>(b) * channels * channels);
  const std::size_t size = half ? half_size(b) : full_size(b);
  for (int l = 0; l < b; ++l) {
    std::complex<T>* matrix = spectra.data() + static_cast<std::size_t>(l) * channels * channels;
    for (std::size_t i = 0; i < channels; ++i)
      for (std::size_t k = 0; k <= i; ++k) {
        const std::complex<T> entry(
            scale(l, normalisation) *
            inner(l, half, coefficients.data() + i * size, coefficients.data() + k * size));
        matrix[i * channels + k] = entry;
        matrix[k * channels + i] = std::conj(entry);
      }
  }
}

template void power_spectrum(int, Span<const std::complex<float>>, Span<float>, Normalisation);
template void power_spectrum(int, Span<const std::complex<double>>, Span<double>, Normalisation);
template void cross_spectra(int, std::size_t, Span<const std::complex<float>>,
                            Span<std::complex<float>>, Normalisation);
template void cross_spectra(int, std::size_t, Span<const std::complex<double>>,
                            Span<std::complex<double>>, Normalisation);

}  // namespace equicloud::sphere
