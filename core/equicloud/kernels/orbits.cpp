// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/orbits.h>

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/orbits.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

#ifndef EQUICLOUD_KERNELS_ORBITS_PLACES
#define EQUICLOUD_KERNELS_ORBITS_PLACES
namespace equicloud::kernels {

// Where the members of an orbit lie in a plane, in reals; order -m is row size - m.
struct Places {
  std::size_t place[4];
  std::size_t opposite[4];  // both signs turned
};
inline Places places(const Orbit& orbit, std::size_t size) noexcept {
  const auto m = static_cast<std::size_t>(orbit.m);
  const auto n = static_cast<std::size_t>(orbit.n);
  const std::size_t minus_m = m == 0 ? 0 : size - m;
  const std::size_t minus_n = n == 0 ? 0 : size - n;
  return {
      {2 * (m * size + n), 2 * (n * size + m), 2 * (m * size + minus_n), 2 * (n * size + minus_m)},
      {2 * (minus_m * size + minus_n), 2 * (minus_n * size + minus_m), 2 * (minus_m * size + n),
       2 * (minus_n * size + m)}};
}

// The reals before block l: 2 l (4 l^2 - 1) / 3, and to its centre, order (0, 0).
inline std::ptrdiff_t centre_of_block(std::ptrdiff_t l) noexcept {
  return 2 * (l * (4 * l * l - 1) / 3 + l * (2 * l + 1) + l);
}

}  // namespace equicloud::kernels
#endif

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// One or two complex numbers, as many as fit into four T, and what is done to them.
#if HWY_TARGET == HWY_SCALAR
template <typename T>
struct Complexes {
  static constexpr std::size_t kCount = 1;
  struct V {
    T re, im;
  };
  static V read(const T* from) { return {from[0], from[1]}; }
  static void write(V z, T* to) {
    to[0] = z.re;
    to[1] = z.im;
  }
  template <typename Place>
  static V gather(const T* base, const Place* place) {
    return read(base + place[0]);
  }
  template <typename Place>
  static void scatter(V z, T* base, const Place* place) {
    write(z, base + place[0]);
  }
  static V set(T value) { return {value, value}; }
  static V times(V a, V b) { return {a.re * b.re, a.im * b.im}; }
  static V plus(V a, V b) { return {a.re + b.re, a.im + b.im}; }
  static V minus(V a, V b) { return {a.re - b.re, a.im - b.im}; }
  static V conjugate(V z) { return {z.re, -z.im}; }
  static V over_i(V z) { return {z.im, -z.re}; }
  static V times_i(V z) { return {-z.im, z.re}; }
};
#else
template <typename T>
struct Complexes {
  using D = hn::CappedTag<T, 4>;
  using V = hn::Vec<D>;
  static constexpr std::size_t kCount = hn::MaxLanes(D()) / 2;

  static HWY_ATTR HWY_INLINE V read(const T* from) { return hn::LoadU(D(), from); }
  static HWY_ATTR HWY_INLINE void write(V z, T* to) { hn::StoreU(z, D(), to); }
  template <typename Place>
  static HWY_ATTR HWY_INLINE V gather(const T* base, const Place* place) {
    if constexpr (kCount == 1) {
      return read(base + place[0]);
    } else {
      const hn::Half<D> half;
      return hn::Combine(D(), hn::LoadU(half, base + place[1]), hn::LoadU(half, base + place[0]));
    }
  }
  template <typename Place>
  static HWY_ATTR HWY_INLINE void scatter(V z, T* base, const Place* place) {
    if constexpr (kCount == 1) {
      write(z, base + place[0]);
    } else {
      const hn::Half<D> half;
      hn::StoreU(hn::LowerHalf(half, z), half, base + place[0]);
      hn::StoreU(hn::UpperHalf(half, z), half, base + place[1]);
    }
  }
  static HWY_ATTR HWY_INLINE V set(T value) { return hn::Set(D(), value); }
  static HWY_ATTR HWY_INLINE V times(V a, V b) { return hn::Mul(a, b); }
  static HWY_ATTR HWY_INLINE V plus(V a, V b) { return hn::Add(a, b); }
  static HWY_ATTR HWY_INLINE V minus(V a, V b) { return hn::Sub(a, b); }
  static HWY_ATTR HWY_INLINE V conjugate(V z) {
    return hn::Xor(z, hn::OddEven(hn::SignBit(D()), hn::Zero(D())));
  }
  static HWY_ATTR HWY_INLINE V over_i(V z) { return conjugate(hn::Reverse2(D(), z)); }
  static HWY_ATTR HWY_INLINE V times_i(V z) {
    return hn::Xor(hn::Reverse2(D(), z), hn::OddEven(hn::Zero(D()), hn::SignBit(D())));
  }
};
#endif

// u = p + conj q and v = (p - conj q) / i: what belongs to real and imaginary part, twice.
template <class C, typename V = typename C::V>
HWY_ATTR HWY_INLINE void part(V p, V q, V& u, V& v) {
  const V turned = C::conjugate(q);
  u = C::plus(p, turned);
  v = C::over_i(C::minus(p, turned));
}
// p = u + i v and q = conj u + i conj v = conj(u - i v).
template <class C, typename V = typename C::V>
HWY_ATTR HWY_INLINE void join(V u, V v, V& p, V& q) {
  const V iv = C::times_i(v);
  p = C::plus(u, iv);
  q = C::conjugate(C::minus(u, iv));
}

template <typename T>
HWY_ATTR HWY_INLINE void fold_all(const Orbit* HWY_RESTRICT orbits, std::size_t count,
                                  const T* HWY_RESTRICT plane, std::size_t size,
                                  T* HWY_RESTRICT columns, OrbitSteps steps) {
  using C = Complexes<T>;
  using Vector = typename C::V;
  for (std::size_t o = 0; o < count; ++o, columns += steps.orbit) {
    const Places at = places(orbits[o], size);
    for (std::size_t k = 0; k < 4; k += C::kCount) {
      Vector here;
      Vector mirrored;
      part<C>(C::gather(plane, at.place + k), C::gather(plane, at.opposite + k), here, mirrored);
      C::write(k < 2 ? here : mirrored, columns + 2 * k);
      C::write(k < 2 ? mirrored : here, columns + steps.mirror + 2 * k);
    }
  }
}

template <typename T>
HWY_ATTR HWY_INLINE void unfold_all(const Orbit* HWY_RESTRICT orbits, std::size_t count,
                                    const T* HWY_RESTRICT columns, OrbitSteps steps,
                                    std::size_t bandwidth, T* HWY_RESTRICT plane,
                                    std::size_t size) {
  const std::size_t above = size + 1 - 2 * bandwidth;  // b .. size - b hold no order
  std::fill_n(plane + 2 * bandwidth * size, 2 * above * size, T(0));
  for (std::size_t row = 0; row < size; ++row)
    std::fill_n(plane + 2 * (row * size + bandwidth), 2 * above, T(0));
  using C = Complexes<T>;
  using Vector = typename C::V;
  for (std::size_t o = 0; o < count; ++o, columns += steps.orbit) {
    const Places at = places(orbits[o], size);
    for (std::size_t k = 0; k < 4; k += C::kCount) {
      const Vector here = C::read(columns + 2 * k);
      const Vector mirrored = C::read(columns + steps.mirror + 2 * k);
      Vector place;
      Vector opposite;
      join<C>(k < 2 ? here : mirrored, k < 2 ? mirrored : here, place, opposite);
      C::scatter(opposite, plane, at.opposite + k);
      C::scatter(place, plane, at.place + k);
    }
  }
}

// Walks through the blocks of degrees l = m, m + 1, ...: where the members of an orbit lie, and the
// signs of their d. Everything is carried along; multiplications would cost more than the copying.
template <typename T>
struct Degrees {
  HWY_INLINE Degrees(const Orbit& orbit, std::ptrdiff_t centre_of_first)
      : l(orbit.m),
        centre(centre_of_first),
        m(2 * orbit.m),
        n(2 * orbit.n),
        row_m(m * (2 * l + 1)),
        row_n(n * (2 * l + 1)),
        odd(((orbit.m - orbit.n) & 1) != 0 ? T(-1) : T(1)),
        swapped{T(1), T(1), odd, odd} {}
  HWY_INLINE void next() {
    ++l;
    centre += 2 * (4 * l * l + 1);
    row_m += 2 * m;
    row_n += 2 * n;
    mirrored = -mirrored;
    place[0] = row_m + n, place[1] = row_n + m, place[2] = row_m - n, place[3] = row_n - m;
    for (int k = 0; k < 4; ++k) opposite[k] = -place[k];
  }

  std::ptrdiff_t l;
  std::ptrdiff_t centre;        // order (0, 0) of the block
  std::ptrdiff_t m, n;          // twice the orders, for reals
  std::ptrdiff_t row_m, row_n;  // from the centre to rows m and n
  T odd;                        // (-1)^{m-n}, of the member with both signs turned
  T swapped[4];                 // of columns 0 and 1 against d_mn, two reals each
  T mirrored = T(1);            // of columns 2 and 3: (-1)^{l+m}
  std::ptrdiff_t place[4] = {row_m + n, row_n + m, row_m - n, row_n - m};  // from the centre
  std::ptrdiff_t opposite[4] = {-place[0], -place[1], -place[2], -place[3]};
};

// What columns k (and k + 1) of degree l are multiplied by.
template <class C, typename T>
HWY_ATTR HWY_INLINE typename C::V factor_of(const Degrees<T>& at, std::size_t k, T factor) {
  return k < 2 ? C::times(C::set(factor), C::read(at.swapped + 2 * k))
               : C::set(at.mirrored * factor);
}

template <bool IsComplex, typename T>
HWY_ATTR HWY_INLINE void store_all(const Orbit& orbit, std::ptrdiff_t bandwidth,
                                   const T* HWY_RESTRICT rows, std::size_t stride,
                                   const T* HWY_RESTRICT factor, T* HWY_RESTRICT coefficients) {
  using C = Complexes<T>;
  using Vector = typename C::V;
  Degrees<T> at(orbit, centre_of_block(orbit.m));
  const Vector turn = C::set(at.odd);
  const Vector turn_conjugate = C::conjugate(turn);
  for (; at.l < bandwidth; at.next(), rows += stride) {
    T* HWY_RESTRICT centre = coefficients + at.centre;
    // Columns 2 and 3 first: where two columns are one coefficient (n = 0) that of (m, n) stays.
    for (std::size_t k = 4; k > 0;) {
      k -= C::kCount;
      const Vector f = factor_of<C>(at, k, factor[at.l]);
      Vector place = C::times(f, C::read(rows + 2 * k));
      Vector opposite;
      if constexpr (IsComplex) {
        join<C>(place, C::times(f, C::read(rows + kOrbitWidth + 2 * k)), place, opposite);
        opposite = C::times(turn, opposite);
      } else {
        opposite = C::times(turn_conjugate, place);
      }
      C::scatter(opposite, centre, at.opposite + k);
      C::scatter(place, centre, at.place + k);
    }
  }
}

template <bool IsComplex, typename T>
HWY_ATTR HWY_INLINE void load_all(const Orbit& orbit, std::ptrdiff_t bandwidth,
                                  const T* HWY_RESTRICT coefficients, const T* HWY_RESTRICT factor,
                                  T* HWY_RESTRICT rows, std::size_t stride) {
  using C = Complexes<T>;
  using Vector = typename C::V;
  Degrees<T> at(orbit, centre_of_block(orbit.m));
  const Vector turn = C::set(at.odd);
  const T share = IsComplex ? T(0.5) : T(1);  // part() doubles
  for (; at.l < bandwidth; at.next(), rows += stride) {
    const T* HWY_RESTRICT centre = coefficients + at.centre;
    for (std::size_t k = 0; k < 4; k += C::kCount) {
      const Vector f = factor_of<C>(at, k, share * factor[at.l]);
      Vector real = C::gather(centre, at.place + k);
      if constexpr (IsComplex) {
        Vector imaginary;
        part<C>(real, C::times(turn, C::gather(centre, at.opposite + k)), real, imaginary);
        C::write(C::times(f, imaginary), rows + kOrbitWidth + 2 * k);
      }
      C::write(C::times(f, real), rows + 2 * k);
    }
  }
}

#define EQUICLOUD_KERNELS(T, SUFFIX)                                                              \
  HWY_ATTR void fold_##SUFFIX(const Orbit* orbits, std::size_t count, const T* plane,             \
                              std::size_t size, T* columns, OrbitSteps steps) {                   \
    fold_all(orbits, count, plane, size, columns, steps);                                         \
  }                                                                                               \
  HWY_ATTR void unfold_##SUFFIX(const Orbit* orbits, std::size_t count, const T* columns,         \
                                OrbitSteps steps, std::size_t bandwidth, T* plane,                \
                                std::size_t size) {                                               \
    unfold_all(orbits, count, columns, steps, bandwidth, plane, size);                            \
  }                                                                                               \
  HWY_ATTR void store_##SUFFIX(const Orbit& orbit, int bandwidth, bool is_complex, const T* rows, \
                               std::size_t stride, const T* factor, T* coefficients) {            \
    if (is_complex)                                                                               \
      store_all<true>(orbit, bandwidth, rows, stride, factor, coefficients);                      \
    else                                                                                          \
      store_all<false>(orbit, bandwidth, rows, stride, factor, coefficients);                     \
  }                                                                                               \
  HWY_ATTR void load_##SUFFIX(const Orbit& orbit, int bandwidth, bool is_complex,                 \
                              const T* coefficients, const T* factor, T* rows,                    \
                              std::size_t stride) {                                               \
    if (is_complex)                                                                               \
      load_all<true>(orbit, bandwidth, coefficients, factor, rows, stride);                       \
    else                                                                                          \
      load_all<false>(orbit, bandwidth, coefficients, factor, rows, stride);                      \
  }
EQUICLOUD_KERNELS(float, float)
EQUICLOUD_KERNELS(double, double)
#undef EQUICLOUD_KERNELS

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

#define EQUICLOUD_KERNELS(T, SUFFIX)                                                             \
  HWY_EXPORT(fold_##SUFFIX);                                                                     \
  HWY_EXPORT(unfold_##SUFFIX);                                                                   \
  HWY_EXPORT(store_##SUFFIX);                                                                    \
  HWY_EXPORT(load_##SUFFIX);                                                                     \
  template <>                                                                                    \
  void fold_orbits(const Orbit* orbits, std::size_t count, const T* plane, std::size_t size,     \
                   T* columns, OrbitSteps steps) noexcept {                                      \
    HWY_DYNAMIC_DISPATCH(fold_##SUFFIX)(orbits, count, plane, size, columns, steps);             \
  }                                                                                              \
  template <>                                                                                    \
  void unfold_orbits(const Orbit* orbits, std::size_t count, const T* columns, OrbitSteps steps, \
                     int bandwidth, T* plane, std::size_t size) noexcept {                       \
    HWY_DYNAMIC_DISPATCH(unfold_##SUFFIX)                                                        \
    (orbits, count, columns, steps, static_cast<std::size_t>(bandwidth), plane, size);           \
  }                                                                                              \
  template <>                                                                                    \
  void store_degrees(Orbit orbit, int bandwidth, bool is_complex, const T* rows,                 \
                     std::size_t stride, const T* factor, T* coefficients) noexcept {            \
    HWY_DYNAMIC_DISPATCH(store_##SUFFIX)                                                         \
    (orbit, bandwidth, is_complex, rows, stride, factor, coefficients);                          \
  }                                                                                              \
  template <>                                                                                    \
  void load_degrees(Orbit orbit, int bandwidth, bool is_complex, const T* coefficients,          \
                    const T* factor, T* rows, std::size_t stride) noexcept {                     \
    HWY_DYNAMIC_DISPATCH(load_##SUFFIX)                                                          \
    (orbit, bandwidth, is_complex, coefficients, factor, rows, stride);                          \
  }
EQUICLOUD_KERNELS(float, float)
EQUICLOUD_KERNELS(double, double)
#undef EQUICLOUD_KERNELS

}  // namespace equicloud::kernels
#endif
