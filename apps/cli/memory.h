// SPDX-License-Identifier: BSD-3-Clause
// How much memory work may take, and how much a cloud will: files are begun only while the sum of
// what those in work may take stays below the bound.
#pragma once

#include "cli/outputs.h"

#include <cstdint>
#include <string>

namespace equicloud::cli {

/// "2G", "512M", "1.5G", "300000K", "64MiB": bytes, in powers of 1024. Throws UsageError, also
/// below 64M.
std::uint64_t parse_memory(const std::string& text);
/// Half of what the machine has, or of what the control group leaves to this process.
std::uint64_t default_memory();
/// "2.9 GB", in powers of 1024, for a person.
std::string memory_text(std::uint64_t bytes);

/// What a file's header and size say of it before it is read.
struct Expected {
  std::uint64_t points = 0;
  std::uint64_t peak_bytes = 0;  ///< of memory while it is scored and written whole
  std::uint64_t held_bytes = 0;  ///< of that for its own bytes, in tiles too
};
/// Points are declared by the header, or guessed from above by the size where that costs less
/// (small files) or the header does not say. A file that cannot be opened expects nothing: its turn
/// will say what is wrong with it.
Expected expected_of(const Job& job);

}  // namespace equicloud::cli
