// SPDX-License-Identifier: BSD-3-Clause
// Positions from records whose x y z may be of any type and stand anywhere (points/positions.h says
// how they become floats).
#pragma once

#include <equicloud/io/header.h>
#include <equicloud/io/reader.h>
#include <equicloud/points/positions.h>

#include <array>
#include <cstddef>
#include <vector>

namespace equicloud::io {

/// Value `component` of a field of one record, as double (64-bit integers may be rounded).
double value(const unsigned char* record, const Field& field, std::size_t component = 0) noexcept;

/// Appends the first value of `field` of every point of the chunk.
void append_values(const Chunk& chunk, const Field& field, std::vector<double>& values);

/// Takes the positions from chunks as they come. Float coordinates are taken as they are, others
/// near an origin that the first chunk decides.
class ChunkPositions {
 public:
  /// Throws FormatError if the header lacks x, y or z ("has no field x; fields are: ...").
  explicit ChunkPositions(const Header& header);

  void append(const Chunk& chunk);
  const Positions& positions() const noexcept { return builder_.positions(); }
  /// See PositionsBuilder::drop(): for those who look at one chunk after another.
  void drop() noexcept { builder_.drop(); }
  /// Hands the positions over; the object is then as new.
  Positions take() noexcept { return builder_.take(); }

 private:
  std::array<Field, 3> fields_;
  PositionsBuilder builder_;
  std::vector<double> block_;
};

/// All remaining points of a reader. Throws as Reader::read and ChunkPositions do.
Positions read_positions(Reader& reader);

}  // namespace equicloud::io
