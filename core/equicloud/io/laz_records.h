// SPDX-License-Identifier: BSD-3-Clause
// Inside io: compressed point records, read chunk after chunk. Memory: the bytes of a chunk.
#pragma once

#include <equicloud/io/header.h>
#include <equicloud/io/las_reader.h>

#include <memory>

namespace equicloud::io::laz {

/// Reads the chunk table. Throws FormatError.
std::unique_ptr<PointRecords> open_records(const Header& header);

}  // namespace equicloud::io::laz
