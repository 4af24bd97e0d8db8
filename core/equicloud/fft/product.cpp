// SPDX-License-Identifier: BSD-3-Clause
// The DFT as two real products. With s_j = x_j + x_{n-j} and d_j = x_j - x_{n-j},
//   C_k = sum_j s_j cos(2 pi jk/n),  S_k = sum_j d_j sin(2 pi jk/n),
//   X_k = C_k -+ i S_k,  X_{n-k} = C_k +- i S_k   (upper sign: forward),
// so a ring costs 2 n^2 flops instead of the 8 n^2 of the complex matrix.
#include <equicloud/base/aligned.h>
#include <equicloud/fft/implementation.h>
#include <equicloud/kernels/product.h>

#include <algorithm>
#include <cmath>

namespace equicloud::fft {
namespace {

constexpr std::size_t kRingsAtOnce = 8;  // 16 real rows: whole register tiles; workspace in cache

// Both matrices are symmetric, so they serve from the left and from the right.
template <typename T>
struct Trigonometry {
  explicit Trigonometry(std::size_t length)
      : n(length), even(n / 2 + 1), odd((n - 1) / 2), cosine(even * even), sine(odd * odd) {
    const double step = 2 * std::acos(-1.0) / static_cast<double>(n);
    for (std::size_t j = 0; j < even; ++j)
      for (std::size_t k = 0; k < even; ++k)
        cosine[j * even + k] = static_cast<T>(std::cos(step * static_cast<double>(j * k % n)));
    for (std::size_t j = 1; j <= odd; ++j)
      for (std::size_t k = 1; k <= odd; ++k)
        sine[(j - 1) * odd + k - 1] =
            static_cast<T>(std::sin(step * static_cast<double>(j * k % n)));
  }

  std::size_t n;
  std::size_t even;         // j = 0 .. n/2
  std::size_t odd;          // j = 1 .. (n-1)/2
  AlignedVector<T> cosine;  // even x even
  AlignedVector<T> sine;    // odd x odd
};

template <typename T>
class Product final : public Plan<T>::Implementation {
 public:
  using Complex = std::complex<T>;

  Product(const Shape& shape, Direction direction)
      : shape_(shape),
        sign_(direction == Direction::forward ? T(1) : T(-1)),
        along_row_(shape.columns),
        along_column_(shape.rows) {}

  void execute(const Complex* in, Complex* out, Complex* workspace) const noexcept override {
    T* scratch = reinterpret_cast<T*>(workspace);
    const std::size_t rings = shape_.rows * shape_.count;
    for (std::size_t r = 0; r < rings; r += kRingsAtOnce)
      rows(in + r * shape_.columns, out + r * shape_.columns, std::min(kRingsAtOnce, rings - r),
           scratch);
    if (shape_.rows == 1) return;
    for (std::size_t f = 0; f < shape_.count; ++f)
      columns(out + f * shape_.rows * shape_.columns, scratch);
  }
  std::size_t size() const noexcept override { return shape_.size(); }
  std::size_t workspace_size() const noexcept override {
    const std::size_t ring = 2 * kRingsAtOnce * (along_row_.even + along_row_.odd);
    const std::size_t plane =
        shape_.rows == 1 ? 0 : 2 * shape_.columns * (along_column_.even + along_column_.odd);
    return std::max(ring, plane);  // sums and differences before and after the product, complex
  }
  Backend backend() const noexcept override { return Backend::product; }

 private:
  // Real and imaginary part of a ring are two rows of the left factor.
  void rows(const Complex* in, Complex* out, std::size_t rings, T* scratch) const noexcept {
    const Trigonometry<T>& t = along_row_;
    T* sums = scratch;
    T* differences = sums + 2 * rings * t.even;
    T* cosines = differences + 2 * rings * t.odd;
    T* sines = cosines + 2 * rings * t.even;
    for (std::size_t r = 0; r < rings; ++r)
      split(in + r * t.n, sums + 2 * r * t.even, differences + 2 * r * t.odd);
    kernels::product<T>(2 * rings, t.even, t.even, {sums, t.even, 1}, t.cosine.data(), t.even,
                        cosines, t.even);
    kernels::product<T>(2 * rings, t.odd, t.odd, {differences, t.odd, 1}, t.sine.data(), t.odd,
                        sines, t.odd);
    for (std::size_t r = 0; r < rings; ++r)
      join(cosines + 2 * r * t.even, sines + 2 * r * t.odd, out + r * t.n);
  }

  void split(const Complex* x, T* sums, T* differences) const noexcept {
    const Trigonometry<T>& t = along_row_;
    for (std::size_t j = 0; j < t.even; ++j) {
      const bool paired = j >= 1 && j <= t.odd;
      const Complex sum = paired ? x[j] + x[t.n - j] : x[j];
      sums[j] = sum.real();
      sums[j + t.even] = sum.imag();
      if (!paired) continue;
      const Complex difference = x[j] - x[t.n - j];
      differences[j - 1] = difference.real();
      differences[j - 1 + t.odd] = difference.imag();
    }
  }

  void join(const T* cosines, const T* sines, Complex* x) const noexcept {
    const Trigonometry<T>& t = along_row_;
    for (std::size_t k = 0; k < t.even; ++k) {
      const Complex c(cosines[k], cosines[k + t.even]);
      const bool paired = k >= 1 && k <= t.odd;
      const Complex i_s = paired ? sign_ * Complex(-sines[k - 1 + t.odd], sines[k - 1]) : Complex();
      x[k] = c - i_s;
      if (paired) x[t.n - k] = c + i_s;
    }
  }

  // Along the slow axis whole rows are summed, and the table is the left factor.
  void columns(Complex* plane, T* scratch) const noexcept {
    const Trigonometry<T>& t = along_column_;
    const std::size_t width = 2 * shape_.columns;
    T* x = reinterpret_cast<T*>(plane);
    T* sums = scratch;
    T* differences = sums + t.even * width;
    T* cosines = differences + t.odd * width;
    T* sines = cosines + t.even * width;
    split_rows(x, sums, differences);
    kernels::product<T>(t.even, t.even, width, {t.cosine.data(), t.even, 1}, sums, width, cosines,
                        width);
    kernels::product<T>(t.odd, t.odd, width, {t.sine.data(), t.odd, 1}, differences, width, sines,
                        width);
    join_rows(cosines, sines, x);
  }

  void split_rows(const T* x, T* sums, T* differences) const noexcept {
    const Trigonometry<T>& t = along_column_;
    const std::size_t width = 2 * shape_.columns;
    for (std::size_t j = 0; j < t.even; ++j, sums += width) {
      const T* upper = x + j * width;
      if (j == 0 || j > t.odd) {
        std::copy(upper, upper + width, sums);
        continue;
      }
      const T* lower = x + (t.n - j) * width;
      for (std::size_t i = 0; i < width; ++i) {
        sums[i] = upper[i] + lower[i];
        differences[i] = upper[i] - lower[i];
      }
      differences += width;
    }
  }

  void join_rows(const T* c, const T* s, T* x) const noexcept {
    const Trigonometry<T>& t = along_column_;
    const std::size_t width = 2 * shape_.columns;
    for (std::size_t k = 0; k < t.even; ++k, c += width) {
      T* upper = x + k * width;
      if (k == 0 || k > t.odd) {
        std::copy(c, c + width, upper);
        continue;
      }
      T* lower = x + (t.n - k) * width;
      for (std::size_t i = 0; i < width; i += 2) {
        const T re = sign_ * s[i + 1];  // of -i s, or +i s backward
        const T im = -sign_ * s[i];
        upper[i] = c[i] + re;
        upper[i + 1] = c[i + 1] + im;
        lower[i] = c[i] - re;
        lower[i + 1] = c[i + 1] - im;
      }
      s += width;
    }
  }

  Shape shape_;
  T sign_;
  Trigonometry<T> along_row_;
  Trigonometry<T> along_column_;
};

}  // namespace

template <typename T>
PlanImplementation<T> plan_product(const Shape& shape, Direction direction) {
  return std::make_unique<Product<T>>(shape, direction);
}

template PlanImplementation<float> plan_product<float>(const Shape&, Direction);
template PlanImplementation<double> plan_product<double>(const Shape&, Direction);

}  // namespace equicloud::fft
