// SPDX-License-Identifier: BSD-3-Clause
// First and second moments of weighted neighbourhoods, and their averages over a neighbour graph.
// What neighbours read of a point is one cache line.
#pragma once

#include <cstddef>
#include <cstdint>

namespace equicloud::kernels {

/// A neighbourhood as its neighbours see it. Lengths are relative to the point itself, so that
/// float loses nothing that matters.
struct alignas(64) Neighborhood {
  float covariance[6] = {};  ///< about its mean: xx, xy, xz, yy, yz, zz
  float unused[2] = {};
  float mean[3] = {};    ///< relative to the point
  float length = 0.0F;   ///< > 0: the scale of the point's list
  float shared[3] = {};  ///< what is averaged along with the moments
  float unused_too = 0.0F;
};

/// The lists of n points: member j of point i at [i * count + j].
struct NeighborLists {
  const float* xyz = nullptr;  ///< n x 3
  const std::uint32_t* neighbors = nullptr;
  const float* weights = nullptr;  ///< in [0, 1]
  std::size_t count = 0;           ///< at most kMostNeighbors
  float own = 0.5F;                ///< weight of the point itself, > 0
};
constexpr std::size_t kMostNeighbors = 32;

/// Mean and covariance of the positions of each list, the point itself counting with `own`.
/// @param out  end - begin neighbourhoods; mean and covariance are written, nothing else
void list_moments(const NeighborLists& lists, std::size_t begin, std::size_t end,
                  Neighborhood* out) noexcept;

/// Mean and covariance of the union of the members' neighbourhoods `of`, member j counting with
/// w / (1 + (length_j / length_i)^2 / 4): without that a weight near 0 would multiply the huge
/// square of a sparse neighbour. Beside it the averages of `shared`, with the weights as they are.
/// @param of   n neighbourhoods, their lengths at least 1e-15
/// @param out  end - begin neighbourhoods, none of those of `of`; the point's length is copied
void pooled_moments(const NeighborLists& lists, const Neighborhood* of, std::size_t begin,
                    std::size_t end, Neighborhood* out) noexcept;

/// The same by plain loops in double: what tests hold them to, and what targets without vectors of
/// eight run.
void list_moments_reference(const NeighborLists& lists, std::size_t begin, std::size_t end,
                            Neighborhood* out) noexcept;
void pooled_moments_reference(const NeighborLists& lists, const Neighborhood* of, std::size_t begin,
                              std::size_t end, Neighborhood* out) noexcept;

}  // namespace equicloud::kernels
