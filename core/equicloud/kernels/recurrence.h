// SPDX-License-Identifier: BSD-3-Clause
// The Legendre step of one order of one signal, without a table: a three-term recurrence in the
// degree runs on many rings at once while its values are used. Twice the arithmetic of a product
// with a table, and next to no memory to read: for one signal the table would not stay in cache.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// Rings are worked on in groups of this many; of half as many where there are no more in all.
constexpr std::size_t kRingGroup = 16;

/// d_i(j) = scale[i] q_i(j), i = l - m, at ring j, where
///   q_{i+1} = factor[i] cosine[j] q_i - q_{i-1}.
/// In each group of rings the recurrence enters at begin[group], below which all d are negligible.
struct Recurrence {
  std::size_t order;         ///< m
  std::size_t degrees;       ///< i = 0 .. degrees - 1
  std::size_t rings;         ///< arrays over rings are padded by zeros to whole groups
  const double* factor;      ///< degrees + 2 numbers; the last two do not matter
  const double* scale;       ///< degrees
  const double* cosine;      ///< rings
  const std::size_t* begin;  ///< groups: even; >= degrees where a group has nothing to add
  const double* start;       ///< [group][2][kRingGroup]: q at begin and begin + 1
};

/// even[j] = sum over even i of d_i(j) factor[l] c_lm, odd[j] the same over odd i. Complex numbers
/// as pairs of reals; sums in double.
/// @param c          coefficients of a real signal, c_lm at l(l+1)/2 + m; at m = 0 the real part
/// counts
/// @param factor     one a degree l
/// @param even, odd  rings
/// @param scratch    recurrence_scratch(degrees) doubles
template <typename T>
void recurrence_synthesis(const Recurrence& recurrence, const T* c, const T* factor, T* even,
                          T* odd, double* scratch) noexcept;

/// The transpose: c_lm = factor[l] sum_j d_i(j) (even[j] or odd[j], as i is).
template <typename T>
void recurrence_analysis(const Recurrence& recurrence, const T* even, const T* odd, const T* factor,
                         T* c, double* scratch) noexcept;
constexpr std::size_t recurrence_scratch(std::size_t degrees) { return 16 * (degrees + 2); }

}  // namespace equicloud::kernels
