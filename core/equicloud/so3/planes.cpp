// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/so3/planes.h>

#include <algorithm>

namespace equicloud::so3 {
namespace {

// Where the eight members of an orbit lie in a plane; order -m is row size - m.
struct Places {
  std::size_t mn, nm, m_n, n_m;      // (m, n), (n, m), (m, -n), (n, -m)
  std::size_t _m_n, _n_m, _mn, _nm;  // the same with both signs turned
};

Places places(const Orbit& orbit, std::size_t size) noexcept {
  const auto m = static_cast<std::size_t>(orbit.m);
  const auto n = static_cast<std::size_t>(orbit.n);
  const std::size_t minus_m = m == 0 ? 0 : size - m;
  const std::size_t minus_n = n == 0 ? 0 : size - n;
  return {m * size + n,
          n * size + m,
          m * size + minus_n,
          n * size + minus_m,
          minus_m * size + minus_n,
          minus_n * size + minus_m,
          minus_m * size + n,
          minus_n * size + m};
}

// (p + conj q) * factor and (p - conj q) * factor / i: the spectra of real and imaginary part.
template <typename T>
void part(std::complex<T> p, std::complex<T> q, T factor, T* real, T* imaginary) noexcept {
  real[0] = (p.real() + q.real()) * factor;
  real[1] = (p.imag() - q.imag()) * factor;
  imaginary[0] = (p.imag() + q.imag()) * factor;
  imaginary[1] = (q.real() - p.real()) * factor;
}

// The other way: u + i v and conj u + i conj v.
template <typename T>
void join(const T* u, const T* v, T factor, std::complex<T>& p, std::complex<T>& q) noexcept {
  p = {(u[0] - v[1]) * factor, (u[1] + v[0]) * factor};
  q = {(u[0] + v[1]) * factor, (v[0] - u[1]) * factor};
}

}  // namespace

template <typename T>
void fold(const std::complex<T>* plane, std::size_t size, Span<const Orbit> orbits, T factor,
          ColumnPair<T> columns) noexcept {
  const T half = factor / 2;
  T* here = columns.first;
  for (const Orbit& orbit : orbits) {
    const Places at = places(orbit, size);
    T* mirrored = here + columns.side;
    part(plane[at.mn], plane[at._m_n], half, here, mirrored);
    part(plane[at.nm], plane[at._n_m], half, here + 2, mirrored + 2);
    part(plane[at.m_n], plane[at._mn], half, mirrored + 4, here + 4);
    part(plane[at.n_m], plane[at._nm], half, mirrored + 6, here + 6);
    here += columns.orbit;
  }
}

template <typename T>
void unfold(ColumnPair<T> columns, Span<const Orbit> orbits, int bandwidth, T factor,
            std::size_t size, std::complex<T>* plane) noexcept {
  const auto b = static_cast<std::size_t>(bandwidth);
  const std::size_t above = size + 1 - 2 * b;  // rows and columns b .. size - b hold no order
  std::fill_n(plane + b * size, above * size, std::complex<T>());
  for (std::size_t row = 0; row < size; ++row)
    std::fill_n(plane + row * size + b, above, std::complex<T>());
  const T* here = columns.first;
  for (const Orbit& orbit : orbits) {
    const Places at = places(orbit, size);
    const T* mirrored = here + columns.side;
    join(here, mirrored, factor, plane[at.mn], plane[at._m_n]);
    join(here + 2, mirrored + 2, factor, plane[at.nm], plane[at._n_m]);
    join(mirrored + 4, here + 4, factor, plane[at.m_n], plane[at._mn]);
    join(mirrored + 6, here + 6, factor, plane[at.n_m], plane[at._nm]);
    here += columns.orbit;
  }
}

template void fold(const std::complex<float>*, std::size_t, Span<const Orbit>, float,
                   ColumnPair<float>) noexcept;
template void fold(const std::complex<double>*, std::size_t, Span<const Orbit>, double,
                   ColumnPair<double>) noexcept;
template void unfold(ColumnPair<float>, Span<const Orbit>, int, float, std::size_t,
                     std::complex<float>*) noexcept;
template void unfold(ColumnPair<double>, Span<const Orbit>, int, double, std::size_t,
                     std::complex<double>*) noexcept;

}  // namespace equicloud::so3
