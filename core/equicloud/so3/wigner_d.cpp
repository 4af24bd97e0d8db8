// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/wigner_d.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace equicloud::so3 {
namespace {

constexpr double kPi = 3.14159265358979323846;
// Starts smaller than 2^kTiny are carried with an exponent of their own until they have grown.
constexpr int kTiny = -900;
// A carried number is brought back near 1 when it passes 2^kStep.
constexpr int kStep = 300;

bool is_odd(int i) noexcept { return (i & 1) != 0; }

// Every (m, n) is one with m >= |n|, up to a sign: d_mn = (-1)^{m-n} d_nm = (-1)^{m-n} d_{-m,-n}.
struct Canonical {
  int m, n;
  bool negative;
};
Canonical canonical(int m, int n) noexcept {
  bool negative = false;
  if (std::abs(n) > std::abs(m)) {
    std::swap(m, n);
    negative = is_odd(m - n);
  }
  if (m < 0) {
    m = -m;
    n = -n;
    negative ^= is_odd(m - n);
  }
  return {m, n, negative};
}

// sqrt((2m)! / ((m+n)! (m-n)!)), at most 2^m. Multiplied up in long double: up to 256 roundings.
double root_binomial(int m, int n) noexcept {
  long double product = 1.0L;
  const int least = m - std::abs(n);
  for (int k = 1; k <= least; ++k) product *= static_cast<long double>(2 * m + 1 - k) / k;
  return static_cast<double>(std::sqrt(product));
}

void check_angle(double beta) {
  if (!(beta >= 0.0 && beta <= kPi))
    throw InvalidArgument("Wigner d at beta = " + std::to_string(beta) +
                          "; expected an angle in [0, pi]");
}

}  // namespace

kernels::ThreeTerm degree_step(int l, int m, int n) noexcept {
  const double now = l;
  const double before = l - 1;
  const auto root = [&](double k) { return std::sqrt((k - m) * (k + m) * ((k - n) * (k + n))); };
  const double a = now * (2.0 * now - 1.0) / root(now);
  if (l == 1) return {a, 0.0, 0.0};  // m = n = 0: no degree before 0
  return {a, a * m * n / (now * before), now * root(before) / (before * root(now))};
}

WignerRecurrence::Half WignerRecurrence::split(double value) noexcept {
  Half half{};
  half.fraction = std::frexp(value, &half.exponent);
  return half;
}

WignerRecurrence::WignerRecurrence(Span<const double> beta) {
  for (const double angle : beta) {
    check_angle(angle);
    cosine_.push_back(std::cos(angle));
    half_cosine_.push_back(split(std::cos(angle / 2.0)));
    half_sine_.push_back(split(std::sin(angle / 2.0)));
  }
}

// d^m_mn = (-1)^{m-n} root_binomial cos(beta/2)^{m+n} sin(beta/2)^{m-n}. Fractions lie in
// [1/2, 1), so that their powers below 1000 are no smaller than 2^-1000.
WignerRecurrence::Scaled WignerRecurrence::start(int m, int n, double root_binomial,
                                                 std::size_t j) const noexcept {
  const double value = root_binomial * std::pow(half_cosine_[j].fraction, m + n) *
                       std::pow(half_sine_[j].fraction, m - n);
  int more = 0;
  const double fraction = std::frexp(value, &more);
  const int exponent = half_cosine_[j].exponent * (m + n) + half_sine_[j].exponent * (m - n) + more;
  return {is_odd(m - n) ? -fraction : fraction, value == 0.0 ? 0 : exponent};
}

void WignerRecurrence::start(int m, int n, double* d) const {
  const Canonical order = canonical(m, n);
  const double root = root_binomial(order.m, order.n);
  for (std::size_t j = 0; j < angles(); ++j) {
    const Scaled first = start(order.m, order.n, root, j);
    const double value = first.exponent < kTiny ? 0.0 : std::ldexp(first.value, first.exponent);
    d[j] = order.negative ? -value : value;
  }
}

void WignerRecurrence::fill(int m, int n, int bandwidth, double* d) const {
  const Canonical order = canonical(m, n);
  const std::size_t count = angles();
  const int degrees = bandwidth - order.m;
  if (degrees <= 0) return;
  std::vector<double> first(count);
  start(m, n, first.data());
  std::vector<kernels::ThreeTerm> steps;
  for (int l = order.m + 1; l < bandwidth; ++l) steps.push_back(degree_step(l, order.m, order.n));

  kernels::three_term(count, cosine_.data(), first.data(), steps.data(), steps.size(), d, count);

  const double root = root_binomial(order.m, order.n);
  for (std::size_t j = 0; j < count; ++j) {
    Scaled now = start(order.m, order.n, root, j);
    if (now.exponent >= kTiny) continue;
    if (order.negative) now.value = -now.value;
    double before = 0.0;
    double* out = d + j;
    *out = std::ldexp(now.value, now.exponent);
    for (const kernels::ThreeTerm& step : steps) {
      const double next = (step.a * cosine_[j] - step.b) * now.value - step.c * before;
      before = now.value;
      now.value = next;
      if (std::abs(next) > std::ldexp(1.0, kStep)) {
        before = std::ldexp(before, -kStep);
        now.value = std::ldexp(next, -kStep);
        now.exponent += kStep;
      }
      *(out += count) = std::ldexp(now.value, now.exponent);
    }
  }
}

double wigner_d(int l, int m, int n, double beta) {
  if (l < 0 || std::abs(m) > l || std::abs(n) > l)
    throw InvalidArgument("Wigner d of degree " + std::to_string(l) + ", orders " +
                          std::to_string(m) + ", " + std::to_string(n) +
                          "; expected |m|, |n| <= l");
  const int first = std::max(std::abs(m), std::abs(n));
  std::vector<double> rows(static_cast<std::size_t>(l - first + 1));
  WignerRecurrence(Span<const double>(&beta, 1)).fill(m, n, l + 1, rows.data());
  return rows.back();
}

std::vector<double> wigner_d_blocks(int bandwidth, double beta) {
  if (bandwidth < 1)
    throw InvalidArgument("Wigner d up to bandwidth " + std::to_string(bandwidth) +
                          "; expected at least 1");
  const WignerRecurrence recurrence(Span<const double>(&beta, 1));
  std::vector<double> d(coefficient_count(bandwidth));
  std::vector<double> rows(static_cast<std::size_t>(bandwidth));
  for (int m = 0; m < bandwidth; ++m)
    for (int n = -m; n <= m; ++n) {
      recurrence.fill(m, n, bandwidth, rows.data());
      const double sign = is_odd(m - n) ? -1.0 : 1.0;
      for (int l = m; l < bandwidth; ++l) {
        const double value = rows[static_cast<std::size_t>(l - m)];
        d[coefficient_index(l, m, n)] = value;
        d[coefficient_index(l, -n, -m)] = value;
        d[coefficient_index(l, n, m)] = sign * value;
        d[coefficient_index(l, -m, -n)] = sign * value;
      }
    }
  return d;
}

std::vector<double> wigner_d(int l, double beta) {
  if (l < 0) throw InvalidArgument("Wigner d of degree " + std::to_string(l) + "; expected l >= 0");
  const std::vector<double> blocks = wigner_d_blocks(l + 1, beta);
  return {blocks.begin() + static_cast<std::ptrdiff_t>(block_offset(l)), blocks.end()};
}

}  // namespace equicloud::so3
