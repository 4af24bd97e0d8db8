// SPDX-License-Identifier: BSD-3-Clause
// Writing: a mirror of the reader. A writer is made from the header of the file that was read, and
// changes only what it is told to: added fields, fewer points, another encoding or format. Written
// in the same format, every field, comment, padding and other PLY element is kept bit for bit; in
// ascii, every token. The file appears under its name when finish() returns, whole, or not at all.
#pragma once

#include <equicloud/base/atomic_file.h>
#include <equicloud/base/span.h>
#include <equicloud/io/header.h>
#include <equicloud/io/reader.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace equicloud::io {

/// A field the output has beside those of the source. Where the source has one of that name, its
/// place is kept and its values (and type) are replaced.
struct AddedField {
  std::string name;
  Scalar type = Scalar::f32;
};

/// What becomes of points that the keep mask leaves out.
enum class Removed {
  drop,   ///< not written
  blank,  ///< written with x = y = z = NaN, everything else kept: the organisation stays
};

/// What becomes of PLY elements beside the vertices, such as faces (which count vertices).
enum class OtherElements { copy, drop };

struct WriterOptions {
  std::optional<Format> format;      ///< default: the source's
  std::optional<Encoding> encoding;  ///< default: the source's if the format has it, else binary
  std::vector<AddedField> added;
  std::optional<std::uint64_t> width;   ///< default: the source's; points declared = width * height
  std::optional<std::uint64_t> height;  ///< default: 1 if width is given, else the source's
  Removed removed = Removed::drop;
  OtherElements other_elements = OtherElements::copy;  ///< copied into PLY only
};

/// One output file. Not for two threads at once.
class Writer {
 public:
  /// Creates the temporary file and writes the header. Throws IoError; InvalidArgument if the
  /// format cannot hold the fields:
  /// KITTI holds f32 x y z intensity and nothing else (no added field), PLY no 64-bit integers,
  /// blank positions must be floats. Into another format `_` padding is left out, a field of
  /// count n becomes n fields NAME_0 .., and in ascii f32 rgb or rgba becomes u32 with the same
  /// bits, as PCL does, because colours may spell NaN.
  Writer(std::string path, const Header& source, WriterOptions options = {});
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  /// Removes the temporary file unless finish() returned.
  ~Writer();

  /// The header of the file being written (its field table is that of the output).
  const Header& header() const noexcept;

  /// Appends the points of a chunk of the source.
  /// @param keep   one a point, 0 = removed (see WriterOptions::removed); empty: all kept
  /// @param added  chunk.points x options.added.size(), point by point; each value must be exact in
  ///               its field's type or, for f32, is rounded to it (checked; throws InvalidArgument)
  /// Throws IoError (full disk, ...), InvalidArgument on sizes that do not fit or more points than
  /// declared.
  void write(const Chunk& chunk, Span<const unsigned char> keep = {},
             Span<const double> added = {});

  /// Writes what follows the points, syncs, renames. Throws IoError; InvalidArgument if fewer
  /// points were written than declared.
  void finish();
  /// Writes what follows the points and hands the file over under its temporary name, so that the
  /// caller can put many in place at once. Throws as finish() does, and InvalidArgument after it.
  PendingFile hold();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes a cloud made in memory: `header` from make_header(), `records` points * record_bytes.
/// Throws as Writer does; InvalidArgument if the size of `records` does not fit.
void write_cloud(const std::string& path, const Header& header, Span<const unsigned char> records);

}  // namespace equicloud::io
