// SPDX-License-Identifier: BSD-3-Clause
// What a point-cloud file says about itself: format, encoding, the table of fields, organisation,
// and everything a writer needs to give the same header back byte for byte. One point is a record:
// its fields packed without gaps, little-endian, whatever the file's own encoding is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::io {

enum class Format { pcd, ply, text, kitti, las };
enum class Encoding { ascii, binary, binary_big_endian, binary_compressed };
enum class Scalar { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64 };

/// Bytes of one value: 1, 2, 4 or 8.
std::size_t size_of(Scalar type) noexcept;
/// True for f32 and f64.
bool is_float(Scalar type) noexcept;
/// "f32", "u8", ...: for messages and tables.
const char* name_of(Scalar type) noexcept;
/// "PCD", "PLY", "text", "KITTI", "LAS": for messages and tables.
const char* name_of(Format format) noexcept;
/// "ascii", "binary", ...
const char* name_of(Encoding encoding) noexcept;

/// A named member of the record.
struct Field {
  std::string name;
  Scalar type = Scalar::f32;
  std::size_t count = 1;   ///< values of this type, adjacent; >= 1
  std::size_t offset = 0;  ///< first byte in the record

  std::size_t bytes() const noexcept { return size_of(type) * count; }
};

/// A property of a PLY element: a scalar, or a list preceded by its length.
struct PlyProperty {
  std::string name;
  Scalar type = Scalar::f32;
  bool is_list = false;
  Scalar length_type = Scalar::u8;  ///< of a list
};

/// An element of a PLY file, such as vertex or face.
struct PlyElement {
  std::string name;
  std::uint64_t count = 0;
  std::vector<PlyProperty> properties;
};

/// How a text file without a format of its own is laid out.
struct TextStyle {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  char separator = ' ';           ///< ' ', '\t', ',' or ';'; a blank stands for any run of blanks
  std::size_t names_line = none;  ///< line of Header::raw that names the columns
  std::size_t count_line = none;  ///< line of Header::raw that holds the number of points (.pts)
};

class Source;
struct LasHeader;

/// Everything known before the first point is read.
struct Header {
  Format format = Format::pcd;
  Encoding encoding = Encoding::binary;
  std::vector<Field> fields;     ///< in file order; `_` is padding and may occur more than once
  std::size_t record_bytes = 0;  ///< sum of the fields' bytes
  std::uint64_t points = 0;      ///< width * height
  std::uint64_t width = 0;
  std::uint64_t height = 1;  ///< > 1: organised, row by row
  /// Sensor position x y z and orientation quaternion w x y z (PCD only).
  std::array<double, 7> viewpoint{0, 0, 0, 1, 0, 0, 0};
  std::vector<std::string> comments;  ///< texts of comment lines, without their mark

  std::string path;  ///< as opened; names the file in messages; empty: no file
  std::string raw;   ///< the header's own bytes; empty for KITTI, LAS and made headers
  std::uint64_t points_offset = 0;       ///< first byte of the points
  std::vector<PlyElement> elements;      ///< PLY: all of them in file order, the vertices included
  TextStyle text;                        ///< text only
  std::shared_ptr<const LasHeader> las;  ///< LAS only: see las.h
  std::shared_ptr<const Source> source;  ///< the open file; writers copy other elements from it

  /// The field of that name, or nullptr.
  const Field* find(const std::string& name) const noexcept;
  /// The same, but throws FormatError "FILE: has no field NAME; fields are: ...".
  const Field& at(const std::string& name) const;
  /// PLY elements beside the vertices that hold anything: what a format other than PLY, or a writer
  /// told to, drops.
  std::vector<std::string> other_elements() const;
};

/// Gives the fields their offsets in order, without gaps, and sets record_bytes.
void lay_out(Header& header);

/// A header for a cloud made in memory. Throws InvalidArgument if there are no fields, a count is
/// 0, a name is empty, holds blanks or comes twice, or width * height does not fit in 64 bits.
Header make_header(Format format, Encoding encoding, std::vector<Field> fields, std::uint64_t width,
                   std::uint64_t height = 1);

}  // namespace equicloud::io
