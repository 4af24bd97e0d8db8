// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the ways points lie in a file, shared by the formats. A format parses its header and
// hands it to one of these, with its rule for what may follow the points.
#pragma once

#include <equicloud/io/reader.h>
#include <equicloud/io/source.h>

#include <functional>
#include <memory>

namespace equicloud::io {

/// Looks at what follows the points; throws FormatError if it may not be there.
using AfterPoints = std::function<void(Cursor&)>;

/// How lines of points are read.
struct LineRules {
  char separator = ' ';
  bool comments = true;  ///< lines that is_comment() are passed over; else they are errors
};

/// '#', "//" or '%' begins the line.
bool is_comment(std::string_view line) noexcept;

/// A piece of a file as it can stand in a message: cut short, unprintable bytes as '?'.
std::string shown(std::string_view text);

/// Empties the chunk and gives it room for the next points, at most `max_points`, of which `done`
/// were read before; returns how many they are.
std::size_t begin_chunk(const Header& header, std::uint64_t done, std::size_t max_points,
                        Chunk& chunk);

/// One point a line, from the cursor on. Without `after`, only comments and blank lines may follow,
/// and the last chunk carries them.
std::unique_ptr<Reader> ascii_reader(Header header, Cursor cursor, LineRules rules,
                                     AfterPoints after = nullptr);
/// Records in either byte order, from the cursor on; checks first that they fit into the file.
std::unique_ptr<Reader> binary_reader(Header header, Cursor cursor, AfterPoints after = nullptr);
/// PCD binary_compressed: two sizes, then an LZF block that holds field after field.
std::unique_ptr<Reader> compressed_reader(Header header, Cursor cursor);

}  // namespace equicloud::io
