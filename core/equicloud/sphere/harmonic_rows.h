// SPDX-License-Identifier: BSD-3-Clause
// The real harmonics S_lm (harmonics.h) at many directions at once, in float: the rows of a matrix
// whose product with the points' weights is their transform. scattered.h does the same in double
// without the matrix.
#pragma once

#include <cstddef>
#include <vector>

namespace equicloud::sphere {

/// A table of steps for one bandwidth. Immutable.
class HarmonicRows {
 public:
  /// @param b  >= 1, else InvalidArgument; meant for small ones: the error grows as b rounding
  /// errors of float, and harmonics below 1e-38 vanish.
  explicit HarmonicRows(int b);

  int bandwidth() const noexcept { return bandwidth_; }

  /// rows[full_index(l, m) * stride + i] = S_lm(x_i, y_i, z_i), i = 0 .. n - 1.
  /// @param x, y, z  unit directions, n numbers each
  /// @param rows     b^2 rows, `stride` >= n apart
  /// As polynomials: sin^m e^{im phi} = (x + iy)^m times d^l_m0 / sin^m, which follows from its two
  /// lower degrees (the recurrence of legendre.h). Cost: about 3 b^2 n multiplications.
  void evaluate(const float* x, const float* y, const float* z, std::size_t n, float* rows,
                std::size_t stride) const noexcept;

 private:
  struct Step {
    float ahead, behind;  // q_l = ahead z q_{l-1} - behind q_{l-2}
  };
  void evaluate_chunk(const float* x, const float* y, const float* z, std::size_t n, float* rows,
                      std::size_t stride) const noexcept;

  int bandwidth_;
  std::vector<float> starts_;  // q_m of each order m
  std::vector<Step> steps_;    // of order m: l = m + 1 .. b - 1, order after order
};

}  // namespace equicloud::sphere
