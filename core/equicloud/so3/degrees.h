// SPDX-License-Identifier: BSD-3-Clause
// Between the rows l = m .. b - 1 of an orbit's columns (orbits.h) and the coefficients fhat^l_mn
// of a function, each row times a factor of its degree. A complex function is two real ones, real
// and imaginary part, that stand side by side. Internal to the room.
#pragma once

#include <equicloud/so3/orbits.h>

#include <complex>
#include <cstddef>

namespace equicloud::so3 {

/// What one function's columns are: row l - m at rows + (l - m) * stride, kOrbitWidth numbers for a
/// real function, twice as many for a complex one.
template <typename T>
struct DegreeRows {
  T* rows;
  std::size_t stride;
};

/// Writes all eight members of the orbit, of every degree. @param factor  b numbers, that of l at l
template <typename T>
void store_real(const Orbit& orbit, int bandwidth, DegreeRows<const T> from, const T* factor,
                std::complex<T>* coefficients) noexcept;
template <typename T>
void store_complex(const Orbit& orbit, int bandwidth, DegreeRows<const T> from, const T* factor,
                   std::complex<T>* coefficients) noexcept;

/// The other way. Of a real function only the four members with sign + are read: the others follow.
template <typename T>
void load_real(const Orbit& orbit, int bandwidth, const std::complex<T>* coefficients,
               const T* factor, DegreeRows<T> to) noexcept;
template <typename T>
void load_complex(const Orbit& orbit, int bandwidth, const std::complex<T>* coefficients,
                  const T* factor, DegreeRows<T> to) noexcept;

}  // namespace equicloud::so3
