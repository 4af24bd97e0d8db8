// SPDX-License-Identifier: BSD-3-Clause
// Between the planes of the two-dimensional DFT and the columns of the matrix products. Two real
// planes, the rings beta and pi - beta, are the real and imaginary part of one complex plane G:
//   F_mn(beta)      = (G_mn + conj G_{-m,-n}) / 2
//   F_mn(pi - beta) = (G_mn - conj G_{-m,-n}) / 2i.
// Internal to the room.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/so3/orbits.h>

#include <complex>
#include <cstddef>

namespace equicloud::so3 {

/// Where the columns of a pair of rings lie: kOrbitWidth numbers at `first` + orbit * `orbit` for
/// beta, and `side` further on for pi - beta.
template <typename T>
struct ColumnPair {
  T* first;
  std::size_t orbit;
  std::size_t side;
};

/// Columns of all orbits, each times `factor`. @param plane  size x size, row-major, transformed
template <typename T>
void fold(const std::complex<T>* plane, std::size_t size, Span<const Orbit> orbits, T factor,
          ColumnPair<T> columns) noexcept;

/// The other way; entries of orders at or above the bandwidth are set to 0.
template <typename T>
void unfold(ColumnPair<T> columns, Span<const Orbit> orbits, int bandwidth, T factor,
            std::size_t size, std::complex<T>* plane) noexcept;

}  // namespace equicloud::so3
