// SPDX-License-Identifier: BSD-3-Clause
// Layers on pairs of points (distances, edges, relations: an n x n table with channels) that
// commute with renaming the points. A channel has exactly 15 such linear maps for every n >= 4, and
// no more for fewer points (Maron et al. 2019, "Invariant and Equivariant Graph Networks", ICLR,
// theorem 1). They are all here.
#pragma once

#include <equicloud/nn/dense.h>

#include <cstddef>
#include <vector>

namespace equicloud::sets {

constexpr std::size_t kPairMaps = 15;

/// The 15 maps of a table x, entry (i, j), in this order:
///   0 x_ij, 1 x_ji, 2 sum of row i, 3 sum of row j, 4 sum of column i, 5 sum of column j,
///   6 x_ii, 7 x_jj, 8 trace, 9 sum of all, and with 0 off the diagonal
///   10 x_ii, 11 sum of row i, 12 sum of column i, 13 trace, 14 sum of all.
/// @param x  n x n x channels, packed (checked); @returns n x n x 15 x channels
/// T is float or double. Cost: O(n^2 channels).
template <typename T>
std::vector<T> pair_maps(const std::vector<T>& x, std::size_t n, std::size_t channels);

/// y = act(mix(pair_maps(x)) + bias on the diagonal). Law: renaming the points of x renames y.
class PairLayer {
 public:
  /// @param mix       from 15 in channels (map by map) to out, with the bias of every entry
  /// @param diagonal  [out], what the bias has more on the diagonal; empty for none
  /// Throws InvalidArgument if the sizes do not fit.
  PairLayer(nn::Dense mix, std::vector<float> diagonal);

  /// @param x  n x n x in, packed (checked), n >= 1; @returns n x n x out, packed
  std::vector<float> forward(const std::vector<float>& x, std::size_t n) const;

 private:
  nn::Dense mix_;
  std::vector<float> diagonal_bias_;  // padded; the whole bias there
};

}  // namespace equicloud::sets
