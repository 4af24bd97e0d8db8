// SPDX-License-Identifier: BSD-3-Clause
// Inside io: what a LAZ file says of its compression: a record "laszip encoded" 22204 with the kind
// of compressor, points a chunk, and the items of a point. Read and written are the two kinds that
// files have: point formats 0 to 3 in chunks of points one behind the other (items of version 2),
// and point formats 6 to 8 in chunks of layers (version 3).
#pragma once

#include <equicloud/io/las.h>

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::io::laz {

constexpr std::uint32_t kVariableChunks = 0xFFFFFFFFU;  ///< each chunk has its own number of points
constexpr std::uint32_t kChunkPoints = 50000;           ///< of the chunks that are written

/// True for the point formats that are read and written.
bool has_point_format(int point_format) noexcept;
/// True for the formats in layers.
inline bool is_layered(int point_format) noexcept { return point_format >= 6; }

/// Points a chunk. Throws FormatError if the record is missing, malformed, or says of a compression
/// that is not read.
std::uint32_t check_settings(const LasHeader& las, const std::string& path);

/// The payload of the record for point records of so many bytes.
std::vector<unsigned char> make_settings(int point_format, std::size_t record_bytes);

}  // namespace equicloud::io::laz
