// SPDX-License-Identifier: BSD-3-Clause
// Inside io: the LZF blocks of binary_compressed PCD. Unpacking is liblzf's; packing is our own,
// because liblzf starts from an uninitialised table and so does not promise the same bytes twice.
#pragma once

#include <cstddef>
#include <vector>

namespace equicloud::io {

/// A block that unpacks to `bytes`; at most 1/32 longer than they are, plus 1. Deterministic.
std::vector<unsigned char> lzf_pack(const std::vector<unsigned char>& bytes);

/// Unpacks into exactly `bytes.size()` bytes; false if the block is damaged or yields another size.
bool lzf_unpack(const std::vector<unsigned char>& block,
                std::vector<unsigned char>& bytes) noexcept;

/// Most bytes a block of this size can unpack to: 3 bytes stand for 264 at the most.
constexpr std::size_t lzf_most_unpacked(std::size_t block) noexcept { return block * 88; }

}  // namespace equicloud::io
