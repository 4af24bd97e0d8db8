// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/degrees.h>
#include <equicloud/so3/index.h>

namespace equicloud::so3 {
namespace {

// Calls visit(place, column number k, factor with the sign of the column's d against that of
// (m, n), row number) for every degree and column. The coefficient with both signs of (m, n) turned
// lies as far on the other side of the block's centre: `place` and `opposite`. Column 0 comes last:
// where two columns are one coefficient (n = 0 or n = m) it is the one that stays written.
template <typename C, typename T, typename Visit>
void for_columns(const Orbit& orbit, int bandwidth, C* coefficients, const T* factor,
                 const Visit& visit) {
  const std::ptrdiff_t m = orbit.m;
  const std::ptrdiff_t n = orbit.n;
  const T swapped = ((m - n) & 1) != 0 ? T(-1) : T(1);
  T mirrored = T(1);  // (-1)^{l+m}, l = m first
  for (int l = orbit.m; l < bandwidth; ++l, mirrored = -mirrored) {
    const std::ptrdiff_t size = 2 * l + 1;
    C* centre = coefficients + block_offset(l) + l * size + l;
    const auto row = static_cast<std::size_t>(l - orbit.m);
    const auto column = [&](std::size_t k, std::ptrdiff_t place, T sign) {
      visit(centre + place, centre - place, row, k, sign * factor[l]);
    };
    column(3, n * size - m, mirrored);
    column(2, m * size - n, mirrored);
    column(1, n * size + m, swapped);
    column(0, m * size + n, T(1));
  }
}

template <typename T>
T parity(const Orbit& orbit) noexcept {
  return ((orbit.m - orbit.n) & 1) != 0 ? T(-1) : T(1);
}

}  // namespace

template <typename T>
void store_real(const Orbit& orbit, int bandwidth, DegreeRows<const T> from, const T* factor,
                std::complex<T>* coefficients) noexcept {
  const T turned = parity<T>(orbit);
  for_columns(orbit, bandwidth, coefficients, factor,
              [&](auto* place, auto* opposite, std::size_t row, std::size_t k, T f) {
                const T* v = from.rows + row * from.stride + 2 * k;
                *opposite = {turned * f * v[0], -turned * f * v[1]};
                *place = {f * v[0], f * v[1]};
              });
}

template <typename T>
void store_complex(const Orbit& orbit, int bandwidth, DegreeRows<const T> from, const T* factor,
                   std::complex<T>* coefficients) noexcept {
  const T turned = parity<T>(orbit);
  for_columns(orbit, bandwidth, coefficients, factor,
              [&](auto* place, auto* opposite, std::size_t row, std::size_t k, T f) {
                const T* u = from.rows + row * from.stride + 2 * k;
                const T* v = u + kOrbitWidth;
                const T g = turned * f;
                *opposite = {g * (u[0] + v[1]), g * (v[0] - u[1])};
                *place = {f * (u[0] - v[1]), f * (u[1] + v[0])};
              });
}

template <typename T>
void load_real(const Orbit& orbit, int bandwidth, const std::complex<T>* coefficients,
               const T* factor, DegreeRows<T> to) noexcept {
  for_columns(orbit, bandwidth, coefficients, factor,
              [&](auto* place, auto*, std::size_t row, std::size_t k, T f) {
                T* v = to.rows + row * to.stride + 2 * k;
                v[0] = f * place->real();
                v[1] = f * place->imag();
              });
}

template <typename T>
void load_complex(const Orbit& orbit, int bandwidth, const std::complex<T>* coefficients,
                  const T* factor, DegreeRows<T> to) noexcept {
  const T turned = parity<T>(orbit);
  for_columns(orbit, bandwidth, coefficients, factor,
              [&](auto* place, auto* opposite, std::size_t row, std::size_t k, T f) {
                T* u = to.rows + row * to.stride + 2 * k;
                T* v = u + kOrbitWidth;
                const T p_re = f / 2 * place->real();
                const T p_im = f / 2 * place->imag();
                const T q_re = turned * f / 2 * opposite->real();
                const T q_im = turned * f / 2 * opposite->imag();
                u[0] = p_re + q_re;
                u[1] = p_im - q_im;
                v[0] = p_im + q_im;
                v[1] = q_re - p_re;
              });
}

#define EQUICLOUD_INSTANTIATE(T)                                                  \
  template void store_real(const Orbit&, int, DegreeRows<const T>, const T*,      \
                           std::complex<T>*) noexcept;                            \
  template void store_complex(const Orbit&, int, DegreeRows<const T>, const T*,   \
                              std::complex<T>*) noexcept;                         \
  template void load_real(const Orbit&, int, const std::complex<T>*, const T*,    \
                          DegreeRows<T>) noexcept;                                \
  template void load_complex(const Orbit&, int, const std::complex<T>*, const T*, \
                             DegreeRows<T>) noexcept;
EQUICLOUD_INSTANTIATE(float)
EQUICLOUD_INSTANTIATE(double)
#undef EQUICLOUD_INSTANTIATE

}  // namespace equicloud::so3
