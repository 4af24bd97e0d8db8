// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sphere/coefficients.h>
#include <equicloud/sphere/legendre.h>
#include <equicloud/sphere/scattered.h>

#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

namespace equicloud::sphere {
namespace {

using Complex = std::complex<double>;

constexpr std::size_t kPointsAtOnce = 64;  // of a task

struct Direction {
  double cosine, sine, phi;
};

template <typename T>
std::vector<Direction> directions_of(Span<const T> xyz) {
  std::vector<Direction> directions(xyz.size() / 3);
  for (std::size_t i = 0; i < directions.size(); ++i) {
    const double x = xyz[3 * i];
    const double y = xyz[3 * i + 1];
    const double z = xyz[3 * i + 2];
    const double across = std::hypot(x, y);
    const double length = std::hypot(across, z);
    if (!(length > 0) || !std::isfinite(length))
      throw InvalidArgument("direction " + std::to_string(i) + " is (" + std::to_string(x) + ", " +
                            std::to_string(y) + ", " + std::to_string(z) +
                            "); expected finite numbers, not all zero");
    directions[i] = {z / length, across / length, std::atan2(y, x)};
  }
  return directions;
}

void check(int b, std::size_t coefficients, std::size_t expected, std::size_t values,
           std::size_t xyz, std::size_t weights) {
  if (b < 1) throw InvalidArgument("signals need bandwidth >= 1; got " + std::to_string(b));
  if (coefficients != expected)
    throw InvalidArgument("bandwidth " + std::to_string(b) + " takes " + std::to_string(expected) +
                          " coefficients; got " + std::to_string(coefficients));
  if (xyz != 3 * values || (weights != 0 && weights != values))
    throw InvalidArgument(std::to_string(values) + " values need 3 coordinates each and a weight " +
                          "each or none; got " + std::to_string(xyz) + " coordinates and " +
                          std::to_string(weights) + " weights");
}

std::vector<LegendreOrder> all_orders(int b) {
  std::vector<LegendreOrder> orders;
  for (int m = 0; m < b; ++m) orders.emplace_back(b, m);
  return orders;
}

double synthesis_scale(int l, Normalisation normalisation) {
  return (2 * l + 1) / (normalisation == Normalisation::group ? 1 : orthonormal_over_group(l));
}

// Coefficients of one order m >= 0 and of -m, scaled for a sum over d^l_m0.
struct OrderPair {
  std::vector<Complex> plus, minus;
};

template <typename T>
constexpr bool is_real = std::is_floating_point_v<T>;

template <typename Value>
constexpr std::size_t size_for(int b) {
  return is_real<Value> ? half_size(b) : full_size(b);
}

template <typename Value, typename T>
OrderPair scaled_order(int b, int m, Span<const std::complex<T>> c, Normalisation normalisation) {
  OrderPair order;
  const double sign = m % 2 == 0 ? 1 : -1;
  for (int l = m; l < b; ++l) {
    const double scale = synthesis_scale(l, normalisation);
    const std::size_t at = is_real<Value> ? half_index(l, m) : full_index(l, m);
    order.plus.push_back(scale * Complex(c[at]));
    if (m == 0) continue;
    order.minus.push_back(is_real<Value> ? std::conj(order.plus.back())
                                         : scale * sign * Complex(c[full_index(l, -m)]));
  }
  return order;
}

template <typename Value, typename T>
void synthesise(int b, Span<const std::complex<T>> c, Span<const T> xyz, Span<Value> values,
                Normalisation normalisation, const Executor& executor) {
  check(b, c.size(), size_for<Value>(b), values.size(), xyz.size(), 0);
  const std::vector<Direction> directions = directions_of(xyz);
  const std::vector<LegendreOrder> legendre = all_orders(b);
  std::vector<OrderPair> orders;
  for (int m = 0; m < b; ++m) orders.push_back(scaled_order<Value>(b, m, c, normalisation));
  const auto value_at = [&](const Direction& x, std::vector<double>& d) {
    Complex sum;
    for (std::size_t m = 0; m < orders.size(); ++m) {
      legendre[m].evaluate(x.cosine, x.sine, d.data());
      Complex plus;
      Complex minus;
      for (std::size_t i = 0; i < legendre[m].size(); ++i) plus += d[i] * orders[m].plus[i];
      for (std::size_t i = 0; i < orders[m].minus.size(); ++i) minus += d[i] * orders[m].minus[i];
      const Complex turn = std::polar(1.0, static_cast<double>(m) * x.phi);
      sum += plus * turn + minus * std::conj(turn);
    }
    return sum;
  };
  for_spans(executor, values.size(), kPointsAtOnce,
            [&](std::size_t begin, std::size_t end, std::size_t) {
              std::vector<double> d(static_cast<std::size_t>(b));
              for (std::size_t i = begin; i < end; ++i) {
                const Complex value = value_at(directions[i], d);
                if constexpr (is_real<Value>) {
                  values[i] = static_cast<Value>(value.real());
                } else {
                  values[i] = Value(value);
                }
              }
            });
}

// One order a task, points in their order within it: a fixed order of sums.
template <typename Value, typename T>
void analyse(int b, Span<const Value> values, Span<const T> weights, Span<const T> xyz,
             Span<std::complex<T>> c, Normalisation normalisation, const Executor& executor) {
  check(b, c.size(), size_for<Value>(b), values.size(), xyz.size(), weights.size());
  const std::vector<Direction> directions = directions_of(xyz);
  executor.run(static_cast<std::size_t>(b), [&](std::size_t task) {
    const int m = static_cast<int>(task);
    const LegendreOrder legendre(b, m);
    std::vector<double> d(legendre.size());
    OrderPair sums{std::vector<Complex>(d.size()), std::vector<Complex>(d.size())};
    for (std::size_t i = 0; i < directions.size(); ++i) {
      const double weight =
          weights.empty() ? 1.0 / static_cast<double>(values.size()) : double(weights[i]);
      const Complex turn = std::polar(weight, m * directions[i].phi);
      const Complex plus = Complex(values[i]) * std::conj(turn);
      const Complex minus = Complex(values[i]) * turn;
      legendre.evaluate(directions[i].cosine, directions[i].sine, d.data());
      for (std::size_t k = 0; k < d.size(); ++k) sums.plus[k] += d[k] * plus;
      for (std::size_t k = 0; k < d.size() && !is_real<Value>; ++k) sums.minus[k] += d[k] * minus;
    }
    const double sign = m % 2 == 0 ? 1 : -1;
    for (int l = m; l < b; ++l) {
      const auto k = static_cast<std::size_t>(l - m);
      const double scale = (2 * l + 1) / synthesis_scale(l, normalisation);
      if (!is_real<Value>) c[full_index(l, -m)] = std::complex<T>(scale * sign * sums.minus[k]);
      c[is_real<Value> ? half_index(l, m) : full_index(l, m)] =
          std::complex<T>(scale * sums.plus[k]);
    }
  });
}

}  // namespace

template <typename T>
void synthesis_at(int b, Span<const std::complex<T>> coefficients, Span<const T> xyz,
                  Span<std::complex<T>> values, Normalisation normalisation,
                  const Executor& executor) {
  synthesise(b, coefficients, xyz, values, normalisation, executor);
}

template <typename T>
void synthesis_at(int b, Span<const std::complex<T>> coefficients, Span<const T> xyz,
                  Span<T> values, Normalisation normalisation, const Executor& executor) {
  synthesise(b, coefficients, xyz, values, normalisation, executor);
}

template <typename T>
void analysis_at(int b, Span<const std::complex<T>> values, Span<const T> weights,
                 Span<const T> xyz, Span<std::complex<T>> coefficients, Normalisation normalisation,
                 const Executor& executor) {
  analyse(b, values, weights, xyz, coefficients, normalisation, executor);
}

template <typename T>
void analysis_at(int b, Span<const T> values, Span<const T> weights, Span<const T> xyz,
                 Span<std::complex<T>> coefficients, Normalisation normalisation,
                 const Executor& executor) {
  analyse(b, values, weights, xyz, coefficients, normalisation, executor);
}

template void synthesis_at(int, Span<const std::complex<float>>, Span<const float>,
                           Span<std::complex<float>>, Normalisation, const Executor&);
template void synthesis_at(int, Span<const std::complex<double>>, Span<const double>,
                           Span<std::complex<double>>, Normalisation, const Executor&);
template void synthesis_at(int, Span<const std::complex<float>>, Span<const float>, Span<float>,
                           Normalisation, const Executor&);
template void synthesis_at(int, Span<const std::complex<double>>, Span<const double>, Span<double>,
                           Normalisation, const Executor&);
template void analysis_at(int, Span<const std::complex<float>>, Span<const float>,
                          Span<const float>, Span<std::complex<float>>, Normalisation,
                          const Executor&);
template void analysis_at(int, Span<const std::complex<double>>, Span<const double>,
                          Span<const double>, Span<std::complex<double>>, Normalisation,
                          const Executor&);
template void analysis_at(int, Span<const float>, Span<const float>, Span<const float>,
                          Span<std::complex<float>>, Normalisation, const Executor&);
template void analysis_at(int, Span<const double>, Span<const double>, Span<const double>,
                          Span<std::complex<double>>, Normalisation, const Executor&);

}  // namespace equicloud::sphere
