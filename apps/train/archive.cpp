// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/archive.h>

#ifdef EQUICLOUD_TRAIN_ZLIB
#include <zlib.h>
#endif

#include <algorithm>
#include <cstdint>
#include <regex>

namespace equicloud::train {
namespace {

constexpr std::size_t kEndRecord = 22, kDirectoryEntry = 46, kLocalHeader = 30;
constexpr std::size_t kLargestMember = std::size_t{1} << 30;

std::uint32_t little(const unsigned char* p, int bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < bytes; ++i) value |= static_cast<std::uint32_t>(p[i]) << (8 * i);
  return value;
}

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw FormatError(name + ": " + what);
}

std::vector<unsigned char> inflate_raw(const unsigned char* packed, std::size_t packed_size,
                                       std::size_t size, const std::string& name) {
#ifdef EQUICLOUD_TRAIN_ZLIB
  std::vector<unsigned char> out(size + 1);  // one more, so that a longer stream is noticed
  z_stream stream{};
  stream.next_in = const_cast<unsigned char*>(packed);
  stream.avail_in = static_cast<uInt>(packed_size);
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  int status = inflateInit2(&stream, -MAX_WBITS);
  if (status == Z_OK) status = inflate(&stream, Z_FINISH);
  const std::size_t written = stream.total_out;
  inflateEnd(&stream);
  if (status != Z_STREAM_END || written != size) {
    fail(name, "a deflated member does not unpack to the " + std::to_string(size) +
                   " bytes that the archive declares (damaged?)");
  }
  out.resize(size);
  return out;
#else
  (void)packed, (void)packed_size, (void)size;
  fail(name, "is deflated and this program was built without zlib; save it with numpy.savez");
#endif
}

/// The member that a directory entry points at.
std::vector<unsigned char> member(const unsigned char* bytes, std::size_t size,
                                  const unsigned char* entry, const std::string& name) {
  const std::uint32_t method = little(entry + 10, 2);
  const std::size_t packed_size = little(entry + 20, 4);
  const std::size_t full_size = little(entry + 24, 4);
  const std::size_t local = little(entry + 42, 4);
  if (little(entry + 8, 2) & 1U) fail(name, "is encrypted");
  if (local > size || size - local < kLocalHeader || little(bytes + local, 4) != 0x04034b50U) {
    fail(name, "the directory points outside the archive (truncated?)");
  }
  const std::size_t begin =
      local + kLocalHeader + little(bytes + local + 26, 2) + little(bytes + local + 28, 2);
  if (begin > size || size - begin < packed_size) fail(name, "a member is cut off (truncated?)");
  if (method == 0 && packed_size == full_size) {
    return {bytes + begin, bytes + begin + packed_size};
  }
  // Deflate cannot expand by more than 1032 to 1: a larger claim is a lie and costs no memory here.
  if (full_size > kLargestMember || full_size / 1032 > packed_size + 1) {
    fail(name, "declares a member of " + std::to_string(full_size) + " bytes");
  }
  if (method != 8) {
    fail(name, "compression method " + std::to_string(method) +
                   " is not supported (stored and deflated are)");
  }
  return inflate_raw(bytes + begin, packed_size, full_size, name);
}

/// Position of the end-of-directory record, which a comment may follow.
std::size_t end_record(const unsigned char* bytes, std::size_t size, const std::string& name) {
  if (size >= kEndRecord) {
    const std::size_t last = size - kEndRecord;
    for (std::size_t back = 0; back <= std::min<std::size_t>(last, 0xffff); ++back) {
      if (little(bytes + last - back, 4) == 0x06054b50U) return last - back;
    }
  }
  fail(name, "is not a zip archive (no directory at its end; truncated?)");
}

}  // namespace

std::map<std::string, std::vector<unsigned char>> unzip(const unsigned char* bytes,
                                                        std::size_t size, const std::string& name) {
  const std::size_t end = end_record(bytes, size, name);
  const std::size_t entries = little(bytes + end + 10, 2);
  std::size_t at = little(bytes + end + 16, 4);
  std::map<std::string, std::vector<unsigned char>> members;
  for (std::size_t i = 0; i < entries; ++i) {
    if (at > end || end - at < kDirectoryEntry || little(bytes + at, 4) != 0x02014b50U) {
      fail(name, "the archive's directory is damaged");
    }
    const unsigned char* entry = bytes + at;
    const std::size_t name_size = little(entry + 28, 2);
    const std::size_t entry_size =
        kDirectoryEntry + name_size + little(entry + 30, 2) + little(entry + 32, 2);
    if (end - at < entry_size) fail(name, "the archive's directory is damaged");
    const std::string key(reinterpret_cast<const char*>(entry) + kDirectoryEntry, name_size);
    members[key] = member(bytes, size, entry, name);
    at += entry_size;
  }
  return members;
}

NpyArray parse_npy(const std::vector<unsigned char>& bytes, const std::string& name) {
  static const std::string magic = "\x93NUMPY";
  if (bytes.size() < 10 ||
      !std::equal(magic.begin(), magic.end(), bytes.begin(),
                  [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; })) {
    fail(name, "is not an npy array");
  }
  const std::size_t prefix = bytes[6] == 1 ? 10 : 12;
  const std::size_t length =
      bytes.size() < prefix ? bytes.size() : little(&bytes[8], prefix == 10 ? 2 : 4);
  if (bytes.size() < prefix || bytes.size() - prefix < length || length > 4096) {
    fail(name, "the array's header is cut off");
  }
  const std::string header(bytes.begin() + static_cast<std::ptrdiff_t>(prefix),
                           bytes.begin() + static_cast<std::ptrdiff_t>(prefix + length));
  static const std::regex pattern(
      R"('descr': *'(<[if][24])', *'fortran_order': *False, *'shape': *\(([0-9, ]*)\))");
  std::smatch match;
  if (!std::regex_search(header, match, pattern)) {
    fail(name,
         "the array's type or layout is not supported (little-endian numbers in C order are)");
  }
  NpyArray array;
  array.type = match[1];
  std::size_t expected = static_cast<std::size_t>(array.type[2] - '0');
  const std::string dimensions = match[2];
  static const std::regex number("[0-9]{1,10}");
  for (std::sregex_iterator i(dimensions.begin(), dimensions.end(), number), none; i != none; ++i) {
    array.shape.push_back(std::stoull(i->str()));
    if (array.shape.back() > kLargestMember) fail(name, "the array is too large");
    expected = std::min(expected * array.shape.back(), 4 * kLargestMember);
  }
  array.bytes.assign(bytes.begin() + static_cast<std::ptrdiff_t>(prefix + length), bytes.end());
  if (array.bytes.size() != expected) {
    fail(name, "the array declares " + std::to_string(expected) + " bytes and holds " +
                   std::to_string(array.bytes.size()));
  }
  return array;
}

}  // namespace equicloud::train
