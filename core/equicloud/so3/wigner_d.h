// SPDX-License-Identifier: BSD-3-Clause
// Wigner's small d: d^l_mn(beta) = <l m| exp(-i beta J_y) |l n>, real and orthogonal, for one angle
// or for many angles and all degrees at once. Stable for every degree below 256 and more: the
// recurrence in l starts at l = max(|m|, |n|), where d has a closed form, and carries a binary
// exponent wherever that start is too small for a double.
// Source: Varshalovich, Moskalev, Khersonskii 1988, 4.8.2 (recurrence), 4.17 (start).
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/kernels/three_term.h>

#include <cstddef>
#include <vector>

namespace equicloud::so3 {

/// d^l_mn(beta), |m|, |n| <= l, beta in [0, pi]. Throws InvalidArgument. Cost: O(l).
double wigner_d(int l, int m, int n, double beta);

/// The matrix d^l(beta): (2l+1) x (2l+1) numbers, row-major, entry (m, n) at (m+l)(2l+1) + n+l.
/// Throws InvalidArgument. Cost: O(l^3).
std::vector<double> wigner_d(int l, double beta);

/// All matrices d^0(beta) .. d^{b-1}(beta), in the layout of index.h. Cost: O(b^3).
std::vector<double> wigner_d_blocks(int bandwidth, double beta);

/// How d^l_mn(beta) follows from the two degrees before it, x = cos beta, l > m >= |n|:
///   d^l = (a x - b) d^{l-1} - c d^{l-2}.
kernels::ThreeTerm degree_step(int l, int m, int n) noexcept;

/// d^l_mn at a fixed set of angles, degree after degree.
class WignerRecurrence {
 public:
  /// @param beta  angles in [0, pi]. Throws InvalidArgument.
  explicit WignerRecurrence(Span<const double> beta);

  std::size_t angles() const noexcept { return cosine_.size(); }
  Span<const double> cosines() const noexcept { return cosine_; }

  /// d^l_mn(beta_j) for l = max(|m|, |n|) .. b - 1, row l - max(|m|, |n|) of angles() numbers each.
  /// Numbers below 1e-300 in size come out as 0; all others to a relative error of a few l epsilon
  /// where d decays towards a pole, and to that absolute error elsewhere.
  void fill(int m, int n, int bandwidth, double* d) const;
  /// The first row alone.
  void start(int m, int n, double* d) const;

 private:
  struct Half {  // of the angle: value = fraction * 2^exponent
    double fraction;
    int exponent;
  };
  struct Scaled {
    double value;  // times 2^exponent
    int exponent;
  };
  static Half split(double value) noexcept;
  Scaled start(int m, int n, double root_binomial, std::size_t j) const noexcept;

  std::vector<double> cosine_;
  std::vector<Half> half_cosine_;
  std::vector<Half> half_sine_;
};

}  // namespace equicloud::so3
