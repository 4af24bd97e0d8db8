// SPDX-License-Identifier: BSD-3-Clause
// What lies between a real field and its complex DFT. Two real rings a, b travel as one complex
// ring z = a + i b, which halves the work and fills the vectors. From Z = DFT(z),
//   A(m) = (Z(m) + conj Z(-m)) / 2,   B(m) = (Z(m) - conj Z(-m)) / 2i,
// and where a and b mirror each other in the equator, Legendre's functions want A + B and A - B:
// unpacking and folding are one pass. Complex numbers are pairs of reals here.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

/// z[k] = scale (a[k] + i b[k]), k < n. @param b  null stands for zeros
/// @param step  distance of samples in a and b: 1 for real fields, 2 for a part of complex ones
template <typename T>
void pack_pair(const T* a, const T* b, std::size_t step, std::size_t n, T scale, T* z) noexcept;

/// a[k] = scale Re z[k], b[k] = scale Im z[k]: pack_pair's transpose. A null b is not written.
template <typename T>
void unpack_pair(const T* z, std::size_t n, T scale, T* a, T* b, std::size_t step) noexcept;

/// Many pairs of rings whose numbers lie side by side (step 1), at even distances.
struct PairRun {
  std::size_t points;      ///< of a ring
  std::size_t pairs;       ///< one behind the other in z
  std::ptrdiff_t a_step;   ///< from a to the next a, in reals
  std::ptrdiff_t b_step;   ///< from b to the next b
  std::size_t scale_step;  ///< 1: a factor a pair; 0: one for all
  /// unpack_pairs() writes to memory at once, without reading the old contents into the cache
  /// first: faster where whoever reads a and b next would not find them in the cache anyway.
  bool past_cache = false;
};

/// pack_pair for each pair; asks ahead for long rings, which follow no pattern a processor sees.
template <typename T>
void pack_pairs(const PairRun& run, const T* a, const T* b, const T* scale, T* z) noexcept;
/// unpack_pair for each pair.
template <typename T>
void unpack_pairs(const PairRun& run, const T* z, const T* scale, T* a, T* b) noexcept;

/// Where the parts of many rings lie; steps count complex numbers.
struct Folding {
  std::size_t points;      ///< of a ring; >= 2 orders - 1
  std::size_t rings;       ///< packed rings, one behind the other in z
  std::size_t orders;      ///< m = 0 .. orders - 1
  std::size_t order_step;  ///< from m to m + 1 in even and odd; rings lie side by side there
};

/// even(m, r) = 2 (A + B), odd(m, r) = 2 (A - B) of ring r of z.
template <typename T>
void fold(const Folding& shape, const T* z, T* even, T* odd) noexcept;

/// The way back: A = even + odd, B = even - odd, Z(m) = A + iB, Z(-m) = conj A + i conj B; all
/// other orders become 0. The backward DFT of Z is then a + i b. At m = 0 even and odd must be
/// real.
template <typename T>
void unfold(const Folding& shape, const T* even, const T* odd, T* z) noexcept;

}  // namespace equicloud::kernels
