// SPDX-License-Identifier: BSD-3-Clause
// What a LAS file says beside points: version, point format, where each value lies in the point
// record, and the places of its variable length records, so that a writer can copy everything it
// does not change. Versions 1.0 to 1.4, point formats 0 to 10. Source: ASPRS, "LAS Specification
// 1.4 - R15", 2019.
//
// As a cloud, a LAS file has the fields x y z (f64, scale and offset applied), the values of its
// point format one by one, flags unpacked to a byte each, the extra bytes by their names, and last
// `_`: the point record itself, which writers copy, so that nothing is ever encoded anew. Waveform
// packets, which point into the LAS file, and undescribed bytes are in `_` alone.
#pragma once

#include <equicloud/io/header.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::io {

/// A value in the point record.
struct LasField {
  std::string name;
  Scalar type = Scalar::u8;  ///< as stored
  std::size_t byte = 0;      ///< first byte in the point record
  std::size_t count = 1;     ///< values of this type, adjacent
  unsigned shift = 0;        ///< of a bit field: its lowest bit
  unsigned bits = 0;         ///< of a bit field: how many; 0: no bit field
  bool scaled = false;       ///< the value is stored * scale + offset, an f64
  double scale = 1.0;
  double offset = 0.0;

  std::size_t bytes() const noexcept { return size_of(type) * count; }
};

/// How a LAS file says where on Earth it lies.
enum class CoordinateSystem { none, geotiff, wkt };
/// "none", "GeoTIFF", "WKT": for messages and tables.
const char* name_of(CoordinateSystem system) noexcept;

/// The public header block and what was found among the records behind it.
struct LasHeader {
  int minor = 4;         ///< version 1.minor
  int point_format = 0;  ///< 0 to 10
  bool compressed = false;
  std::size_t record_length = 20;    ///< bytes of a point record
  std::vector<LasField> fields;      ///< one for each field of Header but the last, `_`
  std::vector<unsigned char> block;  ///< the public header block, header size bytes
  std::uint64_t records_end = 227;   ///< first byte behind the last variable length record
  std::uint64_t points_end = 0;      ///< first byte behind the points
  std::uint64_t tail_end = 0;        ///< what is copied from behind the points ends here
  std::uint64_t evlr_begin = 0;      ///< first extended record, 0: none
  std::uint64_t evlr_end = 0;        ///< first byte behind the last one
  std::uint64_t waveform_begin = 0;  ///< waveform data within the file, 0: none
  std::uint64_t extra_record = 0;    ///< where the Extra Bytes record begins, 0: there is none
  std::vector<unsigned char> descriptions;  ///< its payload, 192 bytes a description
  std::uint64_t laszip_record = 0;          ///< where the record about compression begins, 0: none
  std::vector<unsigned char> laszip;        ///< its payload
  std::uint64_t copc_record = 0;    ///< where the record about a COPC octree begins, 0: none
  std::size_t described_bytes = 0;  ///< extra bytes that have a description
  CoordinateSystem coordinate_system = CoordinateSystem::none;
};

/// Bytes of a point record of this format without extra bytes; 0 if there is no such format.
std::size_t las_record_bytes(int point_format) noexcept;
/// The values of a point format but x y z; waveform packets are left out.
std::vector<LasField> las_fields(int point_format);

}  // namespace equicloud::io
