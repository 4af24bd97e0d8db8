// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/kernels/product.h>
#include <equicloud/so3/correlation.h>
#include <equicloud/so3/pool.h>

#include <algorithm>
#include <string>

namespace equicloud::so3 {
namespace {

void check_shape(const CorrelationShape& shape) {
  if (shape.bandwidth < 1 || shape.inputs < 1 || shape.outputs < 1)
    throw InvalidArgument("a correlation of bandwidth " + std::to_string(shape.bandwidth) + ", " +
                          std::to_string(shape.inputs) + " inputs, " +
                          std::to_string(shape.outputs) + " outputs; expected at least 1 of each");
}

void check_size(const char* what, std::size_t got, std::size_t unit, std::size_t count) {
  if (got != unit * count)
    throw InvalidArgument("a correlation got " + std::to_string(got) + " coefficients of " + what +
                          "; expected " + std::to_string(count) + " x " + std::to_string(unit));
}

}  // namespace

template <typename T>
std::size_t Correlation<T>::signal_size() const noexcept {
  return static_cast<std::size_t>(shape_.inputs) *
         coefficients_below(shape_.domain, shape_.bandwidth);
}

// Products are real: a row of fhat is (re, im) for each input and column.
template <typename T>
std::size_t Correlation<T>::depth(int l) const noexcept {
  return 2 * static_cast<std::size_t>(shape_.inputs) * columns_of(shape_.domain, l);
}
// A row of the result is (re, im) for each output and order n.
template <typename T>
std::size_t Correlation<T>::width(int l) const noexcept {
  return 2 * static_cast<std::size_t>(shape_.outputs) * order_count(l);
}

template <typename T>
Correlation<T>::Correlation(const CorrelationShape& shape, Span<const Complex> filters)
    : shape_(shape) {
  check_shape(shape);
  check_size("filters", filters.size(), signal_size(), static_cast<std::size_t>(shape.outputs));
  std::size_t size = 0;
  for (int l = 0; l < shape.bandwidth; ++l) {
    first_.push_back(size);
    size += depth(l) * width(l);
  }
  factors_.resize(size);
  const std::size_t function = coefficients_below(shape.domain, shape.bandwidth);
  for (int l = 0; l < shape.bandwidth; ++l) {
    const std::size_t columns = columns_of(shape.domain, l);
    const auto channels = static_cast<std::size_t>(shape.outputs * shape.inputs);
    for (std::size_t channel = 0; channel < channels; ++channel) {
      const auto inputs = static_cast<std::size_t>(shape.inputs);
      const Complex* block =
          filters.data() + channel * function + coefficients_below(shape.domain, l);
      T* to = factors_.data() + first_[static_cast<std::size_t>(l)] +
              2 * (channel / inputs) * order_count(l) + 2 * (channel % inputs) * columns * width(l);
      for (std::size_t n = 0; n < order_count(l); ++n)
        for (std::size_t c = 0; c < columns; ++c) {
          // (x + i y) conj(psi) = x (re, -im) + y (im, re).
          const Complex psi = block[n * columns + c];
          T* row = to + 2 * c * width(l) + 2 * n;
          row[0] = psi.real();
          row[1] = -psi.imag();
          row[width(l)] = psi.imag();
          row[width(l) + 1] = psi.real();
        }
    }
  }
}

template <typename T>
void Correlation<T>::apply_degree(int l, const Complex* signal, Complex* result,
                                  T* scratch) const noexcept {
  const std::size_t rows = order_count(l);
  const std::size_t columns = columns_of(shape_.domain, l);
  T* product = scratch + rows * depth(l);
  for (int k = 0; k < shape_.inputs; ++k) {  // all inputs side by side
    const auto channel = static_cast<std::size_t>(k);
    const Complex* block = signal + channel * coefficients_below(shape_.domain, shape_.bandwidth) +
                           coefficients_below(shape_.domain, l);
    for (std::size_t m = 0; m < rows; ++m)
      std::copy_n(reinterpret_cast<const T*>(block + m * columns), 2 * columns,
                  scratch + m * depth(l) + 2 * channel * columns);
  }
  kernels::product<T>(rows, depth(l), width(l), {scratch, depth(l), 1},
                      factors_.data() + first_[static_cast<std::size_t>(l)], width(l), product,
                      width(l));
  for (std::size_t o = 0; o < static_cast<std::size_t>(shape_.outputs); ++o) {
    Complex* block = result + o * coefficient_count(shape_.bandwidth) + block_offset(l);
    for (std::size_t m = 0; m < rows; ++m)
      std::copy_n(product + m * width(l) + 2 * o * rows, 2 * rows,
                  reinterpret_cast<T*>(block + m * rows));
  }
}

template <typename T>
std::size_t Correlation<T>::result_size() const noexcept {
  return static_cast<std::size_t>(shape_.outputs) * coefficient_count(shape_.bandwidth);
}

template <typename T>
std::size_t Correlation<T>::scratch_size() const noexcept {
  const int top = shape_.bandwidth - 1;
  return order_count(top) * (depth(top) + width(top));
}

template <typename T>
std::size_t Correlation<T>::batch_of(Span<const Complex> signals, Span<Complex> result) const {
  const std::size_t batch = result.size() / result_size();
  check_size("the result", result.size(), result_size(), batch);
  check_size("signals", signals.size(), signal_size(), batch);
  return batch;
}

template <typename T>
void Correlation<T>::apply(Span<const Complex> signals, Span<Complex> result,
                           Span<T> scratch) const {
  const std::size_t batch = batch_of(signals, result);
  if (scratch.size() != scratch_size())
    throw InvalidArgument("a correlation got " + std::to_string(scratch.size()) +
                          " numbers of scratch; expected " + std::to_string(scratch_size()));
  for (std::size_t item = 0; item < batch; ++item)
    for (int l = 0; l < shape_.bandwidth; ++l)
      apply_degree(l, signals.data() + item * signal_size(), result.data() + item * result_size(),
                   scratch.data());
}

template <typename T>
void Correlation<T>::apply(Span<const Complex> signals, Span<Complex> result,
                           const Executor& executor) const {
  const std::size_t batch = batch_of(signals, result);
  const int top = shape_.bandwidth - 1;
  Pool<AlignedVector<T>> pool(std::vector<AlignedVector<T>>(
      static_cast<std::size_t>(executor.threads()), AlignedVector<T>(scratch_size())));
  const auto degrees = static_cast<std::size_t>(shape_.bandwidth);
  executor.run(batch * degrees, [&](std::size_t task) {
    const typename Pool<AlignedVector<T>>::Loan scratch(pool);
    const int l = top - static_cast<int>(task % degrees);  // the largest first
    const std::size_t item = task / degrees;
    apply_degree(l, signals.data() + item * signal_size(), result.data() + item * result_size(),
                 scratch->data());
  });
}

template class Correlation<float>;
template class Correlation<double>;

}  // namespace equicloud::so3
