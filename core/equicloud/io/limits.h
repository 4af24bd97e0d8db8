// SPDX-License-Identifier: BSD-3-Clause
// Inside io: arithmetic on declared sizes, in 64 bits and checked, and the sentences for files that
// declare more than they hold. Nothing is allocated by a number that has not passed here.
#pragma once

#include <equicloud/io/header.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::io {

/// Longest line, header and record that are read; real ones are a thousand times shorter.
constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxHeaderBytes = std::size_t{1} << 24;
constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;
/// Most fields (or PLY properties of all elements together) in a header.
constexpr std::size_t kMaxFields = 4096;

/// product = a * b; false if that does not fit in 64 bits.
inline bool multiplied(std::uint64_t a, std::uint64_t b, std::uint64_t& product) noexcept {
  return !__builtin_mul_overflow(a, b, &product);
}

/// The second of two fields of one name (padding `_` aside), or nullptr.
const Field* duplicate(const std::vector<Field>& fields);

/// Lays out the fields. Throws FormatError if there are none, too many, two of one name, or the
/// record is longer than kMaxRecordBytes.
void lay_out_checked(Header& header);

/// Throws FormatError unless `left` bytes can hold header.points records (`per_point` bytes each,
/// a lower bound for text).
void require_room(const Header& header, std::uint64_t per_point, std::uint64_t left);

}  // namespace equicloud::io
