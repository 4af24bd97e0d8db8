// SPDX-License-Identifier: BSD-3-Clause
// Layers over a neighbour graph. Law: with the graph relabelled along with the points, f(P A P^T, P
// x) = P f(A, x).
#pragma once

#include <equicloud/nn/dense.h>

#include <cstddef>
#include <cstdint>

namespace equicloud::sets {

/// Weighted neighbour sets of n points, `count` members each: member j of point i at [i * count +
/// j].
struct NeighborSets {
  const std::uint32_t* neighbors = nullptr;
  const float* weights = nullptr;  ///< in [0, 1]
  std::size_t count = 0;
  float own =
      0.5F;  ///< weight of the point itself in averages, > 0: keeps them calm when all w are near 0
};

/// A[x]_i = (own x_i + sum_j w_ij x_j) / (own + sum_j w_ij) for i in [begin, end).
/// @param x    rows of all points, row i at x + i * stride, `width` channels
/// @param out  row i at out + (i - begin) * out_stride
void average(const NeighborSets& sets, const float* x, std::size_t stride, std::size_t width,
             std::size_t begin, std::size_t end, float* out, std::size_t out_stride) noexcept;

/// y = x + act(L x + M A[x] + bias): own and neighbours' channels through one product over [x,
/// A[x]].
class GraphLayer {
 public:
  /// @param own, neighbors  [width, width] row-major: L and M; @param bias [width]
  /// Throws InvalidArgument if the sizes do not fit.
  GraphLayer(int width, nn::Activation activation, Span<const float> own,
             Span<const float> neighbors, Span<const float> bias);

  int width() const noexcept { return stacked_.out(); }
  std::size_t padded_width() const noexcept { return stacked_.padded_out(); }
  const nn::Dense& dense() const noexcept { return stacked_; }  ///< its bias is the layer's
  /// Floats of scratch memory that forward() needs for this many rows.
  std::size_t scratch_size(std::size_t rows) const noexcept;

  /// @param x     all points, row stride padded_width()
  /// @param bias  padded_width() values: dense().bias(), or that plus what is constant over the
  /// cloud
  /// @param y     (end - begin) x padded_width(); must not overlap x
  void forward(const NeighborSets& sets, const float* x, const float* bias, std::size_t begin,
               std::size_t end, Span<float> scratch, float* y) const noexcept;

 private:
  nn::Dense stacked_;  // 2 width -> width
};

}  // namespace equicloud::sets
