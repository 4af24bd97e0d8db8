// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/kernels/product.h>
#include <equicloud/kernels/rings.h>
#include <equicloud/so3/index.h>
#include <equicloud/so3/steps.h>

#include <algorithm>

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

template <typename T>
T* reals(std::complex<T>* numbers) noexcept {
  return reinterpret_cast<T*>(numbers);
}
template <typename T>
const T* reals(const std::complex<T>* numbers) noexcept {
  return reinterpret_cast<const T*>(numbers);
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
T* TransformSteps<T>::columns_of_pair(const Chunk<T>& chunk, std::size_t pair,
                                      std::size_t real_function) const noexcept {
  return chunk.columns + 2 * pair * chunk.width() + real_function * kOrbitWidth;
}

template <typename T>
void TransformSteps<T>::samples_to_columns(const T* samples, std::size_t pair, T factor,
                                           const Chunk<T>& chunk,
                                           Scratch<T>& scratch) const noexcept {
  const std::size_t mirror = layout_.rings - 1 - pair;
  const Span<const Orbit> orbits = wigner_.orbits();
  for (std::size_t f = 0; f < chunk.real_functions(); ++f) {
    kernels::pack_pair(samples + place_of_ring(chunk, f, pair),
                       samples + place_of_ring(chunk, f, mirror), chunk.parts, layout_.plane(),
                       factor / 2, reals(scratch.plane.data()));  // fold_orbits() doubles
    to_orders_.execute(scratch.plane.data(), scratch.plane.data(), scratch.dft.data());
    kernels::fold_orbits(orbits.data(), orbits.size(), reals(scratch.plane.data()), layout_.side,
                         columns_of_pair(chunk, pair, f), steps(chunk));
  }
}

template <typename T>
void TransformSteps<T>::columns_to_samples(const Chunk<T>& chunk, std::size_t pair, T factor,
                                           T* samples, Scratch<T>& scratch) const noexcept {
  const std::size_t mirror = layout_.rings - 1 - pair;
  const Span<const Orbit> orbits = wigner_.orbits();
  for (std::size_t f = 0; f < chunk.real_functions(); ++f) {
    kernels::unfold_orbits(orbits.data(), orbits.size(), columns_of_pair(chunk, pair, f),
                           steps(chunk), layout_.bandwidth, reals(scratch.plane.data()),
                           layout_.side);
    to_angles_.execute(scratch.plane.data(), scratch.plane.data(), scratch.dft.data());
    kernels::unpack_pair(reals(scratch.plane.data()), layout_.plane(), factor,
                         samples + place_of_ring(chunk, f, pair),
                         samples + place_of_ring(chunk, f, mirror), chunk.parts);
  }
}

template <typename T>
void TransformSteps<T>::columns_to_coefficients(const Chunk<T>& chunk, std::size_t orbit,
                                                const T* factor, Complex* coefficients,
                                                Scratch<T>& scratch) const noexcept {
  const std::size_t rings = layout_.rows();
  const std::size_t width = chunk.width();
  kernels::product<T>(
      degrees(orbit), rings, width, {wigner_.rows(orbit, scratch.rows.data()), rings, 1},
      chunk.columns + orbit * steps(chunk).orbit, width, scratch.block.data(), width);
  for (std::size_t f = 0; f < chunk.functions; ++f)
    kernels::store_degrees(wigner_.orbits()[orbit], layout_.bandwidth, chunk.parts == 2,
                           scratch.block.data() + f * chunk.parts * kOrbitWidth, width, factor,
                           reals(coefficients + f * coefficient_count(layout_.bandwidth)));
}

template <typename T>
void TransformSteps<T>::coefficients_to_columns(const Complex* coefficients, std::size_t orbit,
                                                const T* factor, const Chunk<T>& chunk,
                                                Scratch<T>& scratch) const noexcept {
  const std::size_t rings = layout_.rows();
  const std::size_t width = chunk.width();
  for (std::size_t f = 0; f < chunk.functions; ++f)
    kernels::load_degrees(wigner_.orbits()[orbit], layout_.bandwidth, chunk.parts == 2,
                          reals(coefficients + f * coefficient_count(layout_.bandwidth)), factor,
                          scratch.block.data() + f * chunk.parts * kOrbitWidth, width);
  kernels::product<T>(rings, degrees(orbit), width,
                      {wigner_.rows(orbit, scratch.rows.data()), 1, rings}, scratch.block.data(),
                      width, chunk.columns + orbit * steps(chunk).orbit, width);
}

template class TransformSteps<float>;
template class TransformSteps<double>;

}  // namespace equicloud::so3
