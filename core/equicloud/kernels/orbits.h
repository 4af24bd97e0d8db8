// SPDX-License-Identifier: BSD-3-Clause
// The symmetries of Wigner d make one function of beta serve eight pairs of orders:
//   d_mn = (-1)^{m-n} d_nm = (-1)^{m-n} d_{-m,-n} = d_{-n,-m},  d_mn(pi - beta) = (-1)^{l+m}
//   d_{m,-n}.
// An orbit is such a set, named by its member 0 <= n <= m. For a real function four of the eight
// are independent; side by side they are the columns of one matrix product with the rows
// d^l_mn(beta_j), l = m .. b - 1:
//
//   column   0: (m, n)   1: (n, m)   2: (m, -n)   3: (n, -m)      each a complex number
//
// Rings come in pairs beta, pi - beta. Columns 2 and 3 of a row hold the other ring of the pair,
// because their d is the mirrored one.
//
// These kernels carry the columns from and to both ends of a transform on SO(3): the planes of the
// two-dimensional DFT, and the coefficients. Complex numbers are pairs of reals here. T: float or
// double.
#pragma once

#include <cstddef>

namespace equicloud::kernels {

struct Orbit {
  int m, n;
};

/// Reals that one real function has in a row of columns.
constexpr std::size_t kOrbitWidth = 8;

/// Where the columns of a pair of rings lie, counted in reals.
struct OrbitSteps {
  std::size_t orbit;   ///< from an orbit to the next
  std::size_t mirror;  ///< from beta to pi - beta
};

/// Columns of two real planes a (at beta) and b (at pi - beta), from the DFT Z of a + i b:
///   A_mn = Z_mn + conj Z_{-m,-n},   B_mn = (Z_mn - conj Z_{-m,-n}) / i,
/// which is twice their spectra. @param plane  size x size complex numbers, row-major
template <typename T>
void fold_orbits(const Orbit* orbits, std::size_t count, const T* plane, std::size_t size,
                 T* columns, OrbitSteps steps) noexcept;

/// The way back, Z_mn = A_mn + i B_mn; orders at or above the bandwidth become 0. size >= 2b - 1.
template <typename T>
void unfold_orbits(const Orbit* orbits, std::size_t count, const T* columns, OrbitSteps steps,
                   int bandwidth, T* plane, std::size_t size) noexcept;

/// One orbit's rows by degree, l = m .. b - 1, as coefficients, times a factor of the degree. All
/// eight members are written. Of a complex function the columns of imaginary and real part stand
/// side by side, 2 kOrbitWidth reals.
/// @param rows          row l - m at rows + (l - m) * stride
/// @param factor        b numbers, that of degree l at l
/// @param coefficients  blocks of (2l+1) x (2l+1) complex numbers, one after the other
template <typename T>
void store_degrees(Orbit orbit, int bandwidth, bool is_complex, const T* rows, std::size_t stride,
                   const T* factor, T* coefficients) noexcept;

/// The way back. Of a real function only the members with a first order >= 0 are read.
template <typename T>
void load_degrees(Orbit orbit, int bandwidth, bool is_complex, const T* coefficients,
                  const T* factor, T* rows, std::size_t stride) noexcept;

}  // namespace equicloud::kernels
