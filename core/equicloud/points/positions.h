// SPDX-License-Identifier: BSD-3-Clause
// Positions in float, as the mathematics wants them, from coordinates given in double. Coordinates
// far from zero (UTM) lose their fraction in float: an integer origin is subtracted in double
// first. Every reader of doubles (files, PCL messages, Open3D clouds) goes through here, so the
// same coordinates give the same scores, to the last bit.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/points/points_view.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace equicloud {

/// N points relative to an origin: the source's coordinates are origin + xyz.
struct Positions {
  std::vector<float> xyz;                 ///< packed, 3 N; a non-finite point stays non-finite
  std::array<double, 3> origin{0, 0, 0};  ///< integers

  PointsView view() const noexcept { return PointsView(Span<const float>(xyz)); }
};

/// Where the origin of a cloud lies.
enum class Origin {
  zero,  ///< for coordinates that are floats: differences of floats lose nothing, a shift might
  near,  ///< per axis the median of the first block's finite points, rounded to an integer, where
         ///< that exceeds 1000 in magnitude, else 0: it does not hang on one stray point, nor,
         ///< where the cloud is one block, on the order of points
};

/// Points a block for those who have no reason to take another number.
constexpr std::size_t kBlockPoints = 65536;

/// Takes positions from blocks of doubles as they come.
class PositionsBuilder {
 public:
  explicit PositionsBuilder(Origin origin) : shift_(origin == Origin::near) {}

  /// @param xyz  packed x y z of the next points
  void append(Span<const double> xyz);
  const Positions& positions() const noexcept { return positions_; }
  /// Forgets the positions taken so far; those to come stay relative to the same origin.
  void drop() noexcept { positions_.xyz.clear(); }
  /// Hands the positions over; the builder is then as new.
  Positions take() noexcept;

 private:
  void choose_origin(Span<const double> xyz);

  bool shift_;
  bool origin_chosen_ = false;
  Positions positions_;
};

/// The positions of `count` points in blocks of kBlockPoints.
/// @param write  write(i, out) stores the three coordinates of point i at `out`
template <typename Write>
Positions positions_of(std::size_t count, Origin origin, const Write& write) {
  PositionsBuilder builder(origin);
  std::vector<double> block;
  for (std::size_t begin = 0; begin < count; begin += kBlockPoints) {
    block.resize(3 * std::min(kBlockPoints, count - begin));
    for (std::size_t k = 0; 3 * k < block.size(); ++k) write(begin + k, block.data() + 3 * k);
    builder.append(block);
  }
  return builder.take();
}

}  // namespace equicloud
