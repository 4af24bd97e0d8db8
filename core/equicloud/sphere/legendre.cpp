// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/sphere/legendre.h>

#include <algorithm>
#include <cmath>

namespace equicloud::sphere {
namespace {

constexpr int kExponentStep = 512;   // powers of two moved between a value and its exponent
constexpr double kSmall = 0x1p-512;  // of the pair of values in the recurrence

// sine^m as value * 2^exponent, |value| in [1/2, 1) or 0. In long double: m roundings add up.
double power(long double sine, int m, int& exponent) {
  long double value = 1;
  exponent = 0;
  for (int i = 0; i < m; ++i) {
    int shift = 0;
    value = std::frexp(value * sine, &shift);
    exponent += shift;
  }
  return static_cast<double>(value);
}

double start(int m) {
  long double value = m % 2 == 0 ? 1 : -1;
  for (int i = 1; i <= m; ++i) value *= std::sqrt((2.0L * i - 1) / (2.0L * i));
  return static_cast<double>(value);
}

}  // namespace

LegendreOrder::LegendreOrder(int b, int m)
    : m_(m), size_(static_cast<std::size_t>(b - m)), start_(start(m)) {
  ahead_.reserve(size_);
  behind_.reserve(size_);
  for (int l = m; l < b; ++l) {
    const double next = std::sqrt((l + 1.0 - m) * (l + 1.0 + m));
    ahead_.push_back((2 * l + 1) / next);
    behind_.push_back(std::sqrt(static_cast<double>(l - m) * (l + m)) / next);
  }
}

void LegendreOrder::evaluate(double cosine, double sine, double* out) const noexcept {
  int exponent = 0;
  double value = start_ * power(sine, m_, exponent);
  double before = 0;
  // Where d is tiny it grows with l: the exponent goes back to 0 before d matters.
  std::size_t i = 0;
  for (; i < size_ && exponent < -kExponentStep; ++i) {
    out[i] = std::ldexp(value, std::max(exponent, -2000));
    const double next = ahead_[i] * cosine * value - behind_[i] * before;
    before = value;
    value = next;
    while (std::abs(value) > 1 / kSmall) {
      value *= kSmall;
      before *= kSmall;
      exponent += kExponentStep;
    }
  }
  value = std::ldexp(value, exponent);
  before = std::ldexp(before, exponent);
  for (; i < size_; ++i) {
    out[i] = value;
    const double next = ahead_[i] * cosine * value - behind_[i] * before;
    before = value;
    value = next;
  }
}

}  // namespace equicloud::sphere
