// SPDX-License-Identifier: BSD-3-Clause
// Between the references, which are complex and double, and the four types the library takes.
#pragma once

#include <complex>
#include <type_traits>
#include <vector>

namespace equicloud::so3 {

/// What the library promises, relative to the largest value. Rounding alone is some ten times less.
template <typename T>
constexpr double kPromised = std::is_same_v<T, float> ? 1e-5 : 1e-12;

/// As T: a real type keeps the real parts.
template <typename T>
std::vector<T> rounded(const std::vector<std::complex<double>>& values) {
  std::vector<T> result;
  for (const std::complex<double>& value : values) {
    if constexpr (std::is_floating_point_v<T>)
      result.push_back(static_cast<T>(value.real()));
    else
      result.push_back({static_cast<typename T::value_type>(value.real()),
                        static_cast<typename T::value_type>(value.imag())});
  }
  return result;
}

template <typename T>
std::vector<std::complex<double>> widened(const std::vector<T>& values) {
  std::vector<std::complex<double>> result;
  for (const T& value : values) {
    if constexpr (std::is_floating_point_v<T>)
      result.emplace_back(static_cast<double>(value), 0.0);
    else
      result.emplace_back(static_cast<double>(value.real()), static_cast<double>(value.imag()));
  }
  return result;
}

}  // namespace equicloud::so3
