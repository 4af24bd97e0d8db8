// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/las_bytes.h>
#include <equicloud/io/laz_settings.h>

#include <algorithm>

namespace equicloud::io::laz {
namespace {

// Offsets in the payload.
constexpr std::size_t kCompressor = 0;  // u16
constexpr std::size_t kCoder = 2;       // u16
constexpr std::size_t kVersion = 4;     // u8 x 2, u16: of the software
constexpr std::size_t kChunk = 12;      // u32
constexpr std::size_t kSpecial = 16;    // i64 x 2: special records, none
constexpr std::size_t kItems = 32;      // u16
constexpr std::size_t kFirstItem = 34;  // type, bytes, version, u16 each
constexpr std::size_t kItemBytes = 6;

constexpr unsigned kPointwise = 2;
constexpr unsigned kLayered = 3;

struct Item {
  unsigned type, bytes, version;
};

std::vector<Item> items_of(int point_format, std::size_t record_bytes) {
  const auto extra = static_cast<unsigned>(record_bytes - las_record_bytes(point_format));
  std::vector<Item> items;
  if (is_layered(point_format)) {
    items.push_back({10, 30, 3});
    if (point_format == 7) items.push_back({11, 6, 3});
    if (point_format == 8) items.push_back({12, 8, 3});
    if (extra > 0) items.push_back({14, extra, 3});
    return items;
  }
  items.push_back({6, 20, 2});
  if (point_format == 1 || point_format == 3) items.push_back({7, 8, 2});
  if (point_format == 2 || point_format == 3) items.push_back({8, 6, 2});
  if (extra > 0) items.push_back({0, extra, 2});
  return items;
}

std::string text_of(const std::vector<Item>& items) {
  std::string text;
  for (const Item& item : items)
    text += (text.empty() ? "" : ", ") + std::to_string(item.type) + " of " +
            std::to_string(item.bytes) + " bytes version " + std::to_string(item.version);
  return text;
}

std::string advice() {
  return "; convert it to LAS first, for example with: laszip -i FILE.laz -o FILE.las";
}

}  // namespace

bool has_point_format(int point_format) noexcept {
  return (point_format >= 0 && point_format <= 3) || (point_format >= 6 && point_format <= 8);
}

std::uint32_t check_settings(const LasHeader& las, const std::string& path) {
  const auto fail = [&](const std::string& sentence) { throw FormatError(path + ": " + sentence); };
  if (!has_point_format(las.point_format))
    fail("is LAZ (compressed LAS) with point format " + std::to_string(las.point_format) +
         ", formats 0 to 3 and 6 to 8 are read" + advice());
  const std::vector<unsigned char>& bytes = las.laszip;
  if (las.laszip_record == 0) fail("is LAZ (compressed LAS) without a record about compression");
  if (bytes.size() < kFirstItem)
    fail("its record about compression holds " + std::to_string(bytes.size()) +
         " bytes, expected at least " + std::to_string(kFirstItem));
  const unsigned compressor = las::load<std::uint16_t>(bytes.data() + kCompressor);
  const unsigned expected = is_layered(las.point_format) ? kLayered : kPointwise;
  const unsigned coder = las::load<std::uint16_t>(bytes.data() + kCoder);
  if (compressor != expected || coder != 0)
    fail("is LAZ (compressed LAS) with compressor " + std::to_string(compressor) + " and coder " +
         std::to_string(coder) + ", compressor " + std::to_string(expected) +
         " and coder 0 are read for point format " + std::to_string(las.point_format) + advice());
  const std::size_t count = las::load<std::uint16_t>(bytes.data() + kItems);
  if (bytes.size() < kFirstItem + count * kItemBytes)
    fail("its record about compression holds " + std::to_string(bytes.size()) + " bytes, " +
         std::to_string(count) + " items need " + std::to_string(kFirstItem + count * kItemBytes));
  std::vector<Item> items;
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned char* item = bytes.data() + kFirstItem + i * kItemBytes;
    items.push_back({las::load<std::uint16_t>(item), las::load<std::uint16_t>(item + 2),
                     las::load<std::uint16_t>(item + 4)});
  }
  const std::string known = text_of(items_of(las.point_format, las.record_length));
  if (text_of(items) != known)
    fail("is LAZ (compressed LAS) with items " + text_of(items) + ", read are " + known + advice());
  const auto chunk = las::load<std::uint32_t>(bytes.data() + kChunk);
  if (chunk == 0) fail("is LAZ (compressed LAS) with chunks of 0 points");
  return chunk;
}

std::vector<unsigned char> make_settings(int point_format, std::size_t record_bytes) {
  const std::vector<Item> items = items_of(point_format, record_bytes);
  std::vector<unsigned char> bytes(kFirstItem + items.size() * kItemBytes);
  las::put(static_cast<std::uint16_t>(is_layered(point_format) ? kLayered : kPointwise),
           bytes.data() + kCompressor);
  bytes[kVersion] = is_layered(point_format) ? 3 : 2;
  bytes[kVersion + 1] = 2;
  las::put(kChunkPoints, bytes.data() + kChunk);
  std::fill_n(bytes.begin() + kSpecial, 16, static_cast<unsigned char>(0xFF));
  las::put(static_cast<std::uint16_t>(items.size()), bytes.data() + kItems);
  for (std::size_t i = 0; i < items.size(); ++i) {
    unsigned char* item = bytes.data() + kFirstItem + i * kItemBytes;
    las::put(static_cast<std::uint16_t>(items[i].type), item);
    las::put(static_cast<std::uint16_t>(items[i].bytes), item + 2);
    las::put(static_cast<std::uint16_t>(items[i].version), item + 4);
  }
  return bytes;
}

}  // namespace equicloud::io::laz
