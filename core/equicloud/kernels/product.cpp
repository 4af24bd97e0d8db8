// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/product.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "equicloud/kernels/product.cpp"
#include <hwy/foreach_target.h>  // compiles this file once a target; must come before highway.h

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace equicloud::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Rows x Vectors sums live in registers: 6 x 2 leaves room for two vectors of B and a broadcast of
// A in the 16 registers of AVX2, and keeps both multipliers busy (2 a cycle, 4 cycles deep, so at
// least 8 sums). AVX-512 has twice the registers.
constexpr std::size_t kRows = 6;
#if HWY_TARGET <= HWY_AVX3
constexpr std::size_t kVectors = 4;
#else
constexpr std::size_t kVectors = 2;
#endif

template <typename T>
struct Operands {
  std::size_t depth;
  Factor<T> a;
  const T* b;
  std::size_t b_row;
  T* c;
  std::size_t c_row;
  bool add;
};

template <std::size_t Rows, std::size_t Vectors, class D, typename T>
HWY_ATTR HWY_INLINE void tile(D d, const Operands<T>& o, std::size_t i, std::size_t j) {
  using Vector = hn::Vec<D>;
  const std::size_t lanes = hn::Lanes(d);
  const T* HWY_RESTRICT a = o.a.data + i * o.a.row;
  const T* HWY_RESTRICT b = o.b + j;
  T* HWY_RESTRICT c = o.c + i * o.c_row + j;
  Vector sum[Rows][Vectors];
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v)
      sum[r][v] = o.add ? hn::LoadU(d, c + r * o.c_row + v * lanes) : hn::Zero(d);
  for (std::size_t k = 0; k < o.depth; ++k, a += o.a.column, b += o.b_row) {
    Vector w[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) w[v] = hn::LoadU(d, b + v * lanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const Vector x = hn::Set(d, a[r * o.a.row]);
      for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] = hn::MulAdd(x, w[v], sum[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v) hn::StoreU(sum[r][v], d, c + r * o.c_row + v * lanes);
}

// A strip of `Vectors` vectors, all rows. Rows are dealt to tiles evenly (7 = 4 + 3, not 6 + 1): a
// tile of one row waits for its own sums.
template <std::size_t Vectors, class D, typename T>
HWY_ATTR void strip(D d, const Operands<T>& o, std::size_t rows, std::size_t j) {
  const std::size_t tiles = (rows + kRows - 1) / kRows;
  for (std::size_t t = 0, i = 0; t < tiles; ++t) {
    const std::size_t height = rows / tiles + (t < rows % tiles ? 1 : 0);
    switch (height) {
      case 6:
        tile<6, Vectors>(d, o, i, j);
        break;
      case 5:
        tile<5, Vectors>(d, o, i, j);
        break;
      case 4:
        tile<4, Vectors>(d, o, i, j);
        break;
      case 3:
        tile<3, Vectors>(d, o, i, j);
        break;
      case 2:
        tile<2, Vectors>(d, o, i, j);
        break;
      default:
        tile<1, Vectors>(d, o, i, j);
        break;
    }
    i += height;
  }
}

// What is left of the columns, in vectors of half the size again and again: no lane is masked, no
// byte outside the rows is touched.
template <class D, typename T>
HWY_ATTR void rest(D d, const Operands<T>& o, std::size_t rows, std::size_t columns,
                   std::size_t j) {
  if (j == columns) return;
  const std::size_t lanes = hn::Lanes(d);
  for (; j + lanes <= columns; j += lanes) strip<1>(d, o, rows, j);
  if constexpr (hn::MaxLanes(D()) > 1) rest(hn::Half<D>(), o, rows, columns, j);
}

template <typename T>
HWY_ATTR HWY_INLINE void all_columns(std::size_t rows, std::size_t columns, const Operands<T>& o) {
  const hn::ScalableTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t j = 0;
  for (; j + kVectors * lanes <= columns; j += kVectors * lanes) strip<kVectors>(d, o, rows, j);
  rest(d, o, rows, columns, j);
}

HWY_ATTR void product_float(std::size_t rows, std::size_t depth, std::size_t columns,
                            Factor<float> a, const float* b, std::size_t b_row, float* c,
                            std::size_t c_row, bool add) {
  all_columns<float>(rows, columns, {depth, a, b, b_row, c, c_row, add});
}

HWY_ATTR void product_double(std::size_t rows, std::size_t depth, std::size_t columns,
                             Factor<double> a, const double* b, std::size_t b_row, double* c,
                             std::size_t c_row, bool add) {
  all_columns<double>(rows, columns, {depth, a, b, b_row, c, c_row, add});
}

}  // namespace equicloud::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace equicloud::kernels {

HWY_EXPORT(product_float);
HWY_EXPORT(product_double);

template <>
void product(std::size_t rows, std::size_t depth, std::size_t columns, Factor<float> a,
             const float* b, std::size_t b_row, float* c, std::size_t c_row, bool add) noexcept {
  HWY_DYNAMIC_DISPATCH(product_float)(rows, depth, columns, a, b, b_row, c, c_row, add);
}

template <>
void product(std::size_t rows, std::size_t depth, std::size_t columns, Factor<double> a,
             const double* b, std::size_t b_row, double* c, std::size_t c_row, bool add) noexcept {
  HWY_DYNAMIC_DISPATCH(product_double)(rows, depth, columns, a, b, b_row, c, c_row, add);
}

template <typename T>
void product_reference(std::size_t rows, std::size_t depth, std::size_t columns, Factor<T> a,
                       const T* b, std::size_t b_row, T* c, std::size_t c_row, bool add) noexcept {
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      T sum = add ? c[i * c_row + j] : T(0);
      for (std::size_t k = 0; k < depth; ++k)
        sum += a.data[i * a.row + k * a.column] * b[k * b_row + j];
      c[i * c_row + j] = sum;
    }
}

template void product_reference(std::size_t, std::size_t, std::size_t, Factor<float>, const float*,
                                std::size_t, float*, std::size_t, bool) noexcept;
template void product_reference(std::size_t, std::size_t, std::size_t, Factor<double>,
                                const double*, std::size_t, double*, std::size_t, bool) noexcept;

}  // namespace equicloud::kernels
#endif
