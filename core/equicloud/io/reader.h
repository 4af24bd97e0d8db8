// SPDX-License-Identifier: BSD-3-Clause
// Reading: open -> header -> chunks of raw records. Every declared size is held against the bytes
// there are before anything is allocated; a file gives its points or one FormatError, never zeros
// in their place. Formats are told by content first, then by extension.
#pragma once

#include <equicloud/io/header.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace equicloud::io {

/// Points in file order, as raw records.
struct Chunk {
  /// Where a point stands in `text`: [lead, begin) are comment and blank lines before it,
  /// [begin, end) its values, [end, next line's lead) what is left of its line.
  struct Line {
    std::size_t lead = 0, begin = 0, end = 0;
  };

  std::size_t points = 0;
  std::size_t record_bytes = 0;        ///< Header::record_bytes
  std::vector<unsigned char> records;  ///< points * record_bytes
  std::string text;                    ///< ascii files only: the original lines
  std::vector<Line> lines;             ///< ascii files only: one a point
  std::size_t text_tail = 0;           ///< text[text_tail..] follows the last point's line

  const unsigned char* record(std::size_t i) const noexcept {
    return records.data() + i * record_bytes;
  }
  /// The values of point i as the file spells them (ascii files only).
  std::string_view line(std::size_t i) const noexcept {
    return std::string_view(text).substr(lines[i].begin, lines[i].end - lines[i].begin);
  }
};

/// A file being read from its first point to its last. Not for two threads at once.
class Reader {
 public:
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  virtual ~Reader() = default;

  const Header& header() const noexcept { return header_; }

  /// The next points, at most `max_points` (>= 1), into `chunk`, which is overwritten. False, and
  /// an empty chunk, after the last one. What follows the points is checked with the last of them.
  /// Throws FormatError naming the file and, in text, the line; IoError if reading fails.
  virtual bool read(Chunk& chunk, std::size_t max_points) = 0;

 protected:
  explicit Reader(Header header) : header_(std::move(header)) {}
  Header header_;
};

/// Points a chunk for those who have no reason to take another number.
constexpr std::size_t kChunkPoints = 65536;

/// Opens a regular file and reads its header. Throws IoError (missing, unreadable, a folder) or
/// FormatError (malformed, not supported, empty).
/// Memory: binary_compressed holds its whole body, everything else a chunk.
std::unique_ptr<Reader> open(const std::string& path);

/// The same for the bytes of a file held in memory; `name` serves as its path.
std::unique_ptr<Reader> open_bytes(std::vector<unsigned char> bytes, const std::string& name);

}  // namespace equicloud::io
