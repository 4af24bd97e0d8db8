// SPDX-License-Identifier: BSD-3-Clause
// A shape as 28 signals on the sphere, in coefficients: how its points spread over directions,
// shell after shell of radius. Turning the shape turns the signals, c^l -> Delta^l(R) c^l
// (so3/real_representation.h), up to rounding; nothing is sampled.
//
//   channel 8 q + i   the measure sum_p v_i(p) s_q(p) delta(ray(p)), shell i = 0 .. 7, with
//                     s_0 = 1, s_1 = |axis . ray|, s_2 = sqrt(flatness)
//   channel 24 + j    sum_p (v_2j(p) + v_2j+1(p)) delta(axis(p)), odd degrees 0: an axis has no
//   sign v_i(p) = g_i(|p|) / (n sum_k g_k(|p|)),  g_i(r) = exp(-((r - mu_i) / 0.138)^2), mu_i =
//   0.1625 (i + 1/2); all 0 beyond radius 2.
//
// Coefficients are real and group-normalised: c_lm = sum_p w(p) S_lm(direction) / sqrt(4 pi
// (2l+1)).
#pragma once

#include <equicloud/base/aligned.h>
#include <equicloud/base/span.h>
#include <equicloud/sphere/harmonic_rows.h>
#include <equicloud/sphere/index.h>

#include <array>
#include <cstddef>

namespace equicloud::classify {

constexpr int kSphericalBandwidth = 8;
constexpr std::size_t kShells = 8;
constexpr std::size_t kSphericalChannels = 28;
constexpr std::size_t kAxisChannel = 3 * kShells;  ///< the first of those that axes make
/// Numbers a channel, at sphere::full_index(l, m).
constexpr std::size_t kSphericalSize = sphere::full_size(kSphericalBandwidth);

/// The points of a shape at unit size about its centre.
struct SphericalPoints {
  Span<const float> xyz;          ///< n x 3
  Span<const float> axis;         ///< n x 3, unit; the sign does not matter
  Span<const float> flatness;     ///< l0 / trace of each point's neighbourhood, in [0, 1/3]
  std::size_t flatness_step = 1;  ///< that of point i lies at i * flatness_step
};

/// Describes shape after shape; nothing is allocated after construction. Not for two threads at
/// once.
class SphericalFeatures {
 public:
  SphericalFeatures();

  /// @returns kSphericalChannels x kSphericalSize numbers, valid until the next call; 0 for n = 0
  /// A point within 1e-6 of the centre has no ray: it counts in degree 0 alone. The same for an
  /// axis of length 0. Sums run in the order of the points. Throws InvalidArgument where sizes
  /// contradict. Cost: O(n), about 10 000 multiplications a point.
  Span<const float> extract(const SphericalPoints& points);

 private:
  static constexpr std::size_t kBlock = 128;  // points whose rows fit the first-level cache
  static constexpr std::size_t kColumns = 4 * kShells;  // of weights, one a channel and 4 unused

  struct Directions {
    std::array<float, kBlock> x, y, z;
    float* of(std::size_t axis) noexcept { return (axis == 0 ? x : axis == 1 ? y : z).data(); }
  };
  void weigh(const SphericalPoints& points, std::size_t first, std::size_t count) noexcept;
  void add(Directions& directions, std::size_t count, std::size_t column,
           std::size_t columns) noexcept;
  void write() noexcept;

  sphere::HarmonicRows harmonics_;
  Directions rays_, axes_;         // of a block
  AlignedVector<float> weights_;   // [point of a block][kColumns]
  AlignedVector<float> rows_;      // [full_index][point of a block]
  AlignedVector<float> sums_;      // [full_index][kColumns]
  AlignedVector<float> features_;  // [channel][full_index]
};

}  // namespace equicloud::classify
