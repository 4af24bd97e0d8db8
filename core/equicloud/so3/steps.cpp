// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/product.h>
#include <equicloud/so3/degrees.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/steps.h>

namespace equicloud::so3 {
namespace {

// beta_0, pi - beta_0, beta_1, ...: the order of the rows of an orbit's columns.
std::vector<double> in_pairs(const std::vector<double>& beta) {
  std::vector<double> pairs;
  for (std::size_t p = 0; 2 * p < beta.size(); ++p) {
    pairs.push_back(beta[p]);
    pairs.push_back(beta[beta.size() - 1 - p]);
  }
  return pairs;
}

// Two real planes, samples `parts` apart, as one complex one.
template <typename T>
void interleave(const T* real, const T* imaginary, std::size_t parts, std::size_t count,
                std::complex<T>* plane) noexcept {
  for (std::size_t i = 0; i < count; ++i) plane[i] = {real[i * parts], imaginary[i * parts]};
}

template <typename T>
void separate(const std::complex<T>* plane, std::size_t parts, std::size_t count, T* real,
              T* imaginary) noexcept {
  for (std::size_t i = 0; i < count; ++i) {
    real[i * parts] = plane[i].real();
    imaginary[i * parts] = plane[i].imag();
  }
}

}  // namespace

template <typename T>
TransformSteps<T>::TransformSteps(const Grid& grid, const TransformOptions& options)
    : layout_(layout_of<T>(grid, options.table)),
      wigner_(grid.bandwidth, in_pairs(grid.beta), layout_.stored),
      to_orders_(layout_.side, layout_.side, 1, fft::Direction::forward, options.dft),
      to_angles_(layout_.side, layout_.side, 1, fft::Direction::backward, options.dft) {}

template <typename T>
Scratch<T> TransformSteps<T>::scratch() const {
  const std::size_t dft = std::max(to_orders_.workspace_size(), to_angles_.workspace_size());
  return {AlignedVector<Complex>(layout_.plane()), AlignedVector<Complex>(dft),
          AlignedVector<T>(layout_.block_size()), AlignedVector<T>(wigner_.scratch_size())};
}

template <typename T>
std::size_t TransformSteps<T>::place_of_ring(const Chunk<T>& chunk, std::size_t real_function,
                                             std::size_t ring) const noexcept {
  const std::size_t function = real_function / chunk.parts;
  return (function * layout_.rings + ring) * layout_.plane() * chunk.parts +
         real_function % chunk.parts;
}

template <typename T>
ColumnPair<T> TransformSteps<T>::columns_of_pair(const Chunk<T>& chunk, std::size_t pair,
                                                 std::size_t real_function) const noexcept {
  return {chunk.columns + 2 * pair * chunk.width() + real_function * kOrbitWidth,
          layout_.rows() * chunk.width(), chunk.width()};
}

template <typename T>
void TransformSteps<T>::samples_to_columns(const T* samples, std::size_t pair, T factor,
                                           const Chunk<T>& chunk,
                                           Scratch<T>& scratch) const noexcept {
  const std::size_t mirror = layout_.rings - 1 - pair;
  for (std::size_t f = 0; f < chunk.real_functions(); ++f) {
    interleave(samples + place_of_ring(chunk, f, pair), samples + place_of_ring(chunk, f, mirror),
               chunk.parts, layout_.plane(), scratch.plane.data());
    to_orders_.execute(scratch.plane.data(), scratch.plane.data(), scratch.dft.data());
    fold(scratch.plane.data(), layout_.side, wigner_.orbits(), factor,
         columns_of_pair(chunk, pair, f));
  }
}

template <typename T>
void TransformSteps<T>::columns_to_samples(const Chunk<T>& chunk, std::size_t pair, T factor,
                                           T* samples, Scratch<T>& scratch) const noexcept {
  const std::size_t mirror = layout_.rings - 1 - pair;
  for (std::size_t f = 0; f < chunk.real_functions(); ++f) {
    unfold(columns_of_pair(chunk, pair, f), wigner_.orbits(), layout_.bandwidth, factor,
           layout_.side, scratch.plane.data());
    to_angles_.execute(scratch.plane.data(), scratch.plane.data(), scratch.dft.data());
    separate(scratch.plane.data(), chunk.parts, layout_.plane(),
             samples + place_of_ring(chunk, f, pair), samples + place_of_ring(chunk, f, mirror));
  }
}

template <typename T>
void TransformSteps<T>::columns_to_coefficients(const Chunk<T>& chunk, std::size_t orbit,
                                                const T* factor, Complex* coefficients,
                                                Scratch<T>& scratch) const noexcept {
  const std::size_t rows = layout_.rows();
  const std::size_t width = chunk.width();
  kernels::product<T>(degrees(orbit), rows, width,
                      {wigner_.rows(orbit, scratch.rows.data()), rows, 1},
                      chunk.columns + orbit * rows * width, width, scratch.block.data(), width);
  const auto store = chunk.parts == 1 ? store_real<T> : store_complex<T>;
  for (std::size_t f = 0; f < chunk.functions; ++f)
    store(wigner_.orbits()[orbit], layout_.bandwidth,
          {scratch.block.data() + f * chunk.parts * kOrbitWidth, width}, factor,
          coefficients + f * coefficient_count(layout_.bandwidth));
}

template <typename T>
void TransformSteps<T>::coefficients_to_columns(const Complex* coefficients, std::size_t orbit,
                                                const T* factor, const Chunk<T>& chunk,
                                                Scratch<T>& scratch) const noexcept {
  const std::size_t rows = layout_.rows();
  const std::size_t width = chunk.width();
  const auto load = chunk.parts == 1 ? load_real<T> : load_complex<T>;
  for (std::size_t f = 0; f < chunk.functions; ++f)
    load(wigner_.orbits()[orbit], layout_.bandwidth,
         coefficients + f * coefficient_count(layout_.bandwidth), factor,
         {scratch.block.data() + f * chunk.parts * kOrbitWidth, width});
  kernels::product<T>(rows, degrees(orbit), width,
                      {wigner_.rows(orbit, scratch.rows.data()), 1, rows}, scratch.block.data(),
                      width, chunk.columns + orbit * rows * width, width);
}

template class TransformSteps<float>;
template class TransformSteps<double>;

}  // namespace equicloud::so3
