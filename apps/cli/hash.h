// SPDX-License-Identifier: BSD-3-Clause
// XXH3, 64 bits: which settings made an output, and whether an output is still what was written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace equicloud::cli {

std::uint64_t hash_of(std::string_view bytes) noexcept;
/// Of a whole file, read a piece at a time. Throws IoError naming it.
std::uint64_t hash_of_file(const std::string& path);
/// 16 hexadecimal digits.
std::string hexadecimal(std::uint64_t hash);

}  // namespace equicloud::cli
