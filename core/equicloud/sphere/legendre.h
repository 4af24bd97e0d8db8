// SPDX-License-Identifier: BSD-3-Clause
// Legendre's functions in the group normalisation: d^l_m0(theta) = Z_lm(theta, 0), which is
// sqrt((l-m)!/(l+m)!) P_l^m(cos theta) with the Condon-Shortley sign. |d| <= 1.
#pragma once

#include <cstddef>
#include <vector>

namespace equicloud::sphere {

/// d^l_m0 of one order m >= 0 at any colatitude, l = m .. b - 1, by the upward recurrence
///   sqrt((l+1)^2 - m^2) d^{l+1} = (2l+1) cos(theta) d^l - sqrt(l^2 - m^2) d^{l-1},
/// stable upward. It begins at d^m = (-1)^m sqrt((2m)!) / (2^m m!) sin^m, kept with an exponent of
/// its own: nothing underflows on the way to values that matter, at any b.
class LegendreOrder {
 public:
  /// @param b > m >= 0
  LegendreOrder(int b, int m);

  /// out[l - m] for l = m .. b - 1. @param sine  sin theta >= 0
  /// Cost: 3 (b - m) multiplications. Exactly 0 where |d| < 2^-1022 (about).
  void evaluate(double cosine, double sine, double* out) const noexcept;
  int order() const noexcept { return m_; }
  std::size_t size() const noexcept { return size_; }

 private:
  int m_;
  std::size_t size_;
  double start_;                // d^m / sin^m
  std::vector<double> ahead_;   // (2l+1) / sqrt((l+1)^2 - m^2)
  std::vector<double> behind_;  // sqrt(l^2 - m^2) / sqrt((l+1)^2 - m^2)
};

}  // namespace equicloud::sphere
