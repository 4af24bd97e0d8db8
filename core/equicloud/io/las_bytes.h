// SPDX-License-Identifier: BSD-3-Clause
// Inside io: where things stand in a LAS file, and little-endian numbers there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace equicloud::io::las {

// Offsets in the public header block.
constexpr std::size_t kMinor = 25;
constexpr std::size_t kHeaderSize = 94;      // u16
constexpr std::size_t kPointsOffset = 96;    // u32
constexpr std::size_t kRecords = 100;        // u32
constexpr std::size_t kPointFormat = 104;    // u8
constexpr std::size_t kRecordLength = 105;   // u16
constexpr std::size_t kLegacyPoints = 107;   // u32
constexpr std::size_t kLegacyReturns = 111;  // u32 x 5
constexpr std::size_t kScale = 131;          // f64 x 3
constexpr std::size_t kOffset = 155;         // f64 x 3
constexpr std::size_t kBounds = 179;         // f64 x 6: max x, min x, max y, ...
constexpr std::size_t kWaveform = 227;       // u64, since 1.3
constexpr std::size_t kFirstExtended = 235;  // u64, since 1.4
constexpr std::size_t kExtended = 243;       // u32, since 1.4
constexpr std::size_t kPoints = 247;         // u64, since 1.4
constexpr std::size_t kReturns = 255;        // u64 x 15, since 1.4

constexpr std::size_t kLegacyReturnCount = 5;
constexpr std::size_t kReturnCount = 15;

// A variable length record is a head and a payload; so is an extended one.
constexpr std::size_t kRecordHead = 54;
constexpr std::size_t kExtendedHead = 60;
constexpr std::size_t kUserId = 2;  // char x 16
constexpr std::size_t kUserIdBytes = 16;
constexpr std::size_t kRecordId = 18;      // u16
constexpr std::size_t kPayloadBytes = 20;  // u16, of an extended record u64
constexpr std::size_t kRecordText = 22;    // char x 32

constexpr const char* kLaszipUser = "laszip encoded";
constexpr int kLaszipId = 22204;
constexpr unsigned kCompressed = 0x80;  // of the point format byte

constexpr int kExtraBytesId = 4;
constexpr std::size_t kDescription = 192;  // bytes of one description of extra bytes
constexpr std::size_t kDescribedType = 2;
constexpr std::size_t kDescribedOptions = 3;
constexpr std::size_t kDescribedName = 4;
constexpr std::size_t kDescribedNameBytes = 32;
constexpr std::size_t kDescribedScale = 112;
constexpr std::size_t kDescribedOffset = 136;
constexpr unsigned kHasScale = 8;
constexpr unsigned kHasOffset = 16;

template <typename T>
T load(const unsigned char* bytes) noexcept {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

template <typename T>
void put(T value, unsigned char* bytes) noexcept {
  std::memcpy(bytes, &value, sizeof value);
}

/// A fixed field of text: up to its first zero byte.
inline std::string text(const unsigned char* bytes, std::size_t most) {
  const void* end = std::memchr(bytes, 0, most);
  const auto* begin = reinterpret_cast<const char*>(bytes);
  return {begin,
          end == nullptr ? most : static_cast<std::size_t>(static_cast<const char*>(end) - begin)};
}

}  // namespace equicloud::io::las
