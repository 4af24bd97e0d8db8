// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/sets/moments.h>

#include <string>

namespace equicloud::sets {
namespace {

template <typename T>
void check_points(Span<const T> xyz) {
  if (xyz.size() % 3 != 0)
    throw InvalidArgument("moments: " + std::to_string(xyz.size()) +
                          " coordinates are not points of three");
}

// x^0 .. x^degree, y^0 .. and z^0 .. of one point after another.
template <typename T>
class Powers {
 public:
  explicit Powers(std::size_t degree) : stride_(degree + 1), values_(3 * stride_) {}

  void set(const T* point) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      T power = T(1);
      for (std::size_t k = 0; k < stride_; ++k, power *= point[axis])
        values_[axis * stride_ + k] = power;
    }
  }
  /// x^a y^b z^c
  T monomial(std::size_t a, std::size_t b, std::size_t c) const {
    return values_[a] * values_[stride_ + b] * values_[2 * stride_ + c];
  }

 private:
  std::size_t stride_;
  std::vector<T> values_;
};

// Gradient of x^a y^b z^c, times g, added to that of the point.
template <typename T>
void add_gradient(const Powers<T>& powers, const std::array<std::size_t, 3>& exponents, T g,
                  T* of_point) {
  const auto [a, b, c] = exponents;
  if (a > 0) of_point[0] += g * static_cast<T>(a) * powers.monomial(a - 1, b, c);
  if (b > 0) of_point[1] += g * static_cast<T>(b) * powers.monomial(a, b - 1, c);
  if (c > 0) of_point[2] += g * static_cast<T>(c) * powers.monomial(a, b, c - 1);
}

}  // namespace

std::vector<std::array<std::size_t, 3>> moment_exponents(std::size_t degree) {
  std::vector<std::array<std::size_t, 3>> exponents;
  for (std::size_t total = 0; total <= degree; ++total)
    for (std::size_t a = total + 1; a-- > 0;)
      for (std::size_t b = total - a + 1; b-- > 0;) exponents.push_back({a, b, total - a - b});
  return exponents;
}

template <typename T>
std::vector<T> moments(Span<const T> xyz, std::size_t degree) {
  check_points(xyz);
  const auto exponents = moment_exponents(degree);
  std::vector<T> sums(exponents.size(), T(0));
  Powers<T> powers(degree);
  for (std::size_t i = 0; i < xyz.size(); i += 3) {
    powers.set(xyz.data() + i);
    for (std::size_t m = 0; m < sums.size(); ++m)
      sums[m] += powers.monomial(exponents[m][0], exponents[m][1], exponents[m][2]);
  }
  return sums;
}

template <typename T>
std::vector<T> moments_backward(Span<const T> xyz, std::size_t degree, Span<const T> gradient) {
  check_points(xyz);
  const auto exponents = moment_exponents(degree);
  if (gradient.size() != exponents.size())
    throw InvalidArgument("moments_backward: a gradient of " + std::to_string(gradient.size()) +
                          " values, expected " + std::to_string(exponents.size()));
  std::vector<T> result(xyz.size(), T(0));
  Powers<T> powers(degree);
  for (std::size_t i = 0; i < xyz.size(); i += 3) {
    powers.set(xyz.data() + i);
    for (std::size_t m = 0; m < exponents.size(); ++m)
      add_gradient(powers, exponents[m], gradient[m], result.data() + i);
  }
  return result;
}

template std::vector<float> moments(Span<const float>, std::size_t);
template std::vector<double> moments(Span<const double>, std::size_t);
template std::vector<float> moments_backward(Span<const float>, std::size_t, Span<const float>);
template std::vector<double> moments_backward(Span<const double>, std::size_t, Span<const double>);

}  // namespace equicloud::sets
