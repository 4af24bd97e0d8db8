// SPDX-License-Identifier: BSD-3-Clause
// The four steps of a transform on SO(3), each independent of its neighbours, so that threads can
// share them: samples <-> columns for a pair of rings, columns <-> coefficients for an orbit of
// orders. Internal to the room.
#pragma once

#include <equicloud/fft/plan.h>
#include <equicloud/so3/layout.h>
#include <equicloud/so3/wigner_rows.h>
#include <equicloud/so3/workspace.h>

namespace equicloud::so3 {

/// Functions on their way through the transform together.
template <typename T>
struct Chunk {
  std::size_t functions;
  std::size_t parts;  ///< 1: real; 2: complex, which is two real ones, interleaved in memory
  T* columns;         ///< [orbit][pair][ring of the pair][function][part][kOrbitWidth]

  std::size_t real_functions() const noexcept { return functions * parts; }
  std::size_t width() const noexcept { return real_functions() * kOrbitWidth; }
};

template <typename T>
class TransformSteps {
 public:
  using Complex = std::complex<T>;

  TransformSteps(const Grid& grid, const TransformOptions& options);

  const Layout& layout() const noexcept { return layout_; }
  Scratch<T> scratch() const;

  /// @param samples  of all functions of the chunk, parts interleaved
  /// @param factor   what each column of this pair is multiplied by
  void samples_to_columns(const T* samples, std::size_t pair, T factor, const Chunk<T>& chunk,
                          Scratch<T>& scratch) const noexcept;
  void columns_to_samples(const Chunk<T>& chunk, std::size_t pair, T factor, T* samples,
                          Scratch<T>& scratch) const noexcept;
  /// @param factor  what coefficients of degree l are multiplied by, l = 0 .. b - 1
  void columns_to_coefficients(const Chunk<T>& chunk, std::size_t orbit, const T* factor,
                               Complex* coefficients, Scratch<T>& scratch) const noexcept;
  void coefficients_to_columns(const Complex* coefficients, std::size_t orbit, const T* factor,
                               const Chunk<T>& chunk, Scratch<T>& scratch) const noexcept;

 private:
  std::size_t place_of_ring(const Chunk<T>& chunk, std::size_t real_function,
                            std::size_t ring) const noexcept;
  T* columns_of_pair(const Chunk<T>& chunk, std::size_t pair,
                     std::size_t real_function) const noexcept;
  kernels::OrbitSteps steps(const Chunk<T>& chunk) const noexcept {
    return {layout_.orbit_step(chunk.width()), chunk.width()};
  }
  std::size_t degrees(std::size_t orbit) const noexcept {
    return static_cast<std::size_t>(layout_.bandwidth - wigner_.orbits()[orbit].m);
  }

  Layout layout_;
  WignerRows<T> wigner_;
  fft::Plan<T> to_orders_;
  fft::Plan<T> to_angles_;
};

}  // namespace equicloud::so3
