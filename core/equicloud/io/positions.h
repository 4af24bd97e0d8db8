// SPDX-License-Identifier: BSD-3-Clause
// Positions in float, as the mathematics wants them, from records whose x y z may be of any type
// and stand anywhere. Coordinates far from zero (UTM) lose their fraction in float: an integer
// origin is subtracted in double first.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/io/header.h>
#include <equicloud/io/reader.h>
#include <equicloud/points/points_view.h>

#include <array>
#include <cstddef>
#include <vector>

namespace equicloud::io {

/// N points relative to an origin: the file's coordinates are origin + xyz.
struct Positions {
  std::vector<float> xyz;                 ///< packed, 3 N; a non-finite point stays non-finite
  std::array<double, 3> origin{0, 0, 0};  ///< integers

  PointsView view() const noexcept { return PointsView(Span<const float>(xyz)); }
};

/// Value `component` of a field of one record, as double (64-bit integers may be rounded).
double value(const unsigned char* record, const Field& field, std::size_t component = 0) noexcept;

/// Appends the first value of `field` of every point of the chunk.
void append_values(const Chunk& chunk, const Field& field, std::vector<double>& values);

/// Takes the positions from chunks as they come. Per axis the origin is the median of the first
/// chunk's finite points, rounded to an integer, where that exceeds 1000 in magnitude, else 0: it
/// does not hang on one stray point, nor, where the cloud is one chunk, on the order of points.
class PositionsBuilder {
 public:
  /// Throws FormatError if the header lacks x, y or z ("has no field x; fields are: ...").
  explicit PositionsBuilder(const Header& header);

  void append(const Chunk& chunk);
  const Positions& positions() const noexcept { return positions_; }
  /// Hands the positions over; the builder is then empty.
  Positions take() noexcept;

 private:
  void choose_origin(const Chunk& chunk);

  std::array<Field, 3> fields_;
  bool origin_chosen_ = false;
  Positions positions_;
};

/// All remaining points of a reader. Throws as Reader::read and PositionsBuilder do.
Positions read_positions(Reader& reader);

}  // namespace equicloud::io
