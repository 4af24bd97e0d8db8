// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/clebsch_gordan.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace equicloud::sphere {
namespace {

constexpr double kLarge = 1e200;  // the growing recurrence is scaled back here

// (J^2 - l(l+1)) v = 0 in the basis m1 = first ..: coupling[i] joins i - 1 and i.
struct Tridiagonal {
  std::vector<double> diagonal, coupling;
};

Tridiagonal casimir(int l1, int l2, int l, int m, int first, std::size_t size) {
  Tridiagonal t{std::vector<double>(size), std::vector<double>(size)};
  for (std::size_t i = 0; i < size; ++i) {
    const double m1 = first + static_cast<int>(i);
    const double m2 = m - m1;
    t.diagonal[i] = l1 * (l1 + 1.0) + l2 * (l2 + 1.0) + 2 * m1 * m2 - l * (l + 1.0);
    t.coupling[i] = std::sqrt((l1 + m1) * (l1 - m1 + 1) * (l2 - m2) * (l2 + m2 + 1));
  }
  return t;
}

void scale(std::vector<double>& v, std::size_t begin, std::size_t end, double factor) {
  for (std::size_t i = begin; i < end; ++i) v[i] *= factor;
}

// From the lower end up to the first maximum: there the solution stops growing and starts to swing.
std::size_t climb(const Tridiagonal& t, std::vector<double>& v) {
  v[0] = 1;
  std::size_t i = 0;
  for (; i + 1 < v.size(); ++i) {
    const double before = i == 0 ? 0 : t.coupling[i] * v[i - 1];
    v[i + 1] = -(t.diagonal[i] * v[i] + before) / t.coupling[i + 1];
    if (std::abs(v[i + 1]) < std::abs(v[i])) return i;
    if (std::abs(v[i + 1]) > kLarge) scale(v, 0, i + 2, 1 / kLarge);
  }
  return i;
}

// From the upper end down to `stop`.
void descend(const Tridiagonal& t, std::vector<double>& v, std::size_t stop) {
  const std::size_t last = v.size() - 1;
  v[last] = 1;
  for (std::size_t i = last; i > stop; --i) {
    const double after = i == last ? 0 : t.coupling[i + 1] * v[i + 1];
    v[i - 1] = -(t.diagonal[i] * v[i] + after) / t.coupling[i];
    if (std::abs(v[i - 1]) > kLarge) scale(v, i - 1, v.size(), 1 / kLarge);
  }
}

}  // namespace

ClebschGordan clebsch_gordan(int l1, int l2, int l, int m) {
  if (l1 < 0 || l2 < 0 || l < std::abs(l1 - l2) || l > l1 + l2 || std::abs(m) > l)
    throw InvalidArgument("no Clebsch-Gordan coefficients for degrees " + std::to_string(l1) +
                          ", " + std::to_string(l2) + " to " + std::to_string(l) + ", order " +
                          std::to_string(m) + "; expected |l1 - l2| <= l <= l1 + l2 and |m| <= l");
  ClebschGordan result;
  result.first = std::max(-l1, m - l2);
  const auto size = static_cast<std::size_t>(std::min(l1, m + l2) - result.first + 1);
  const Tridiagonal t = casimir(l1, l2, l, m, result.first, size);
  std::vector<double> up(size);
  std::vector<double>& v = result.values;
  v.resize(size);
  const std::size_t match = climb(t, up);
  descend(t, v, match);
  // The upper end is positive by the convention of signs: `up` follows.
  const double factor = v[match] / up[match];
  for (std::size_t i = 0; i < match; ++i) v[i] = factor * up[i];
  double squares = 0;
  const double largest = std::abs(*std::max_element(
      v.begin(), v.end(), [](double x, double y) { return std::abs(x) < std::abs(y); }));
  for (double& each : v) {
    each /= largest;
    squares += each * each;
  }
  scale(v, 0, size, 1 / std::sqrt(squares));
  return result;
}

}  // namespace equicloud::sphere
