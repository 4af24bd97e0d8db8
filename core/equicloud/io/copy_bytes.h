// SPDX-License-Identifier: BSD-3-Clause
// Inside io: a piece of one file into another, unchanged.
#pragma once

#include <equicloud/base/atomic_file.h>
#include <equicloud/io/source.h>

#include <cstdint>

namespace equicloud::io {

/// Appends bytes [begin, end) of the source. Throws IoError.
void copy_bytes(const Source& source, std::uint64_t begin, std::uint64_t end, AtomicFile& file);

}  // namespace equicloud::io
