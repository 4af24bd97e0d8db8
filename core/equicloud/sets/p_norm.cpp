// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/p_norm.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace equicloud::sets {

template <typename T>
T p_norm(Span<const T> x, T p) {
  if (!(p >= T(1)) || !std::isfinite(p))
    throw InvalidArgument("p_norm: p = " + std::to_string(p) + ", expected a finite p >= 1");
  T largest = T(0);
  for (const T value : x) largest = std::max(largest, std::fabs(value));
  if (largest == T(0)) return T(0);
  T sum = T(0);  // in [1, n]: no power overflows, the largest term is exact
  for (const T value : x) sum += std::pow(std::fabs(value) / largest, p);
  return largest * std::pow(sum, T(1) / p);
}

template <typename T>
std::vector<T> p_norm_gradient(Span<const T> x, T p) {
  const T norm = p_norm(x, p);
  std::vector<T> gradient(x.size(), T(0));
  if (norm == T(0)) return gradient;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (x[i] != T(0)) gradient[i] = std::copysign(std::pow(std::fabs(x[i]) / norm, p - T(1)), x[i]);
  return gradient;
}

template float p_norm(Span<const float>, float);
template double p_norm(Span<const double>, double);
template std::vector<float> p_norm_gradient(Span<const float>, float);
template std::vector<double> p_norm_gradient(Span<const double>, double);

}  // namespace equicloud::sets
