// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/lzf.h>
#include <equicloud/io/numbers.h>

#include <algorithm>
#include <cstring>

namespace equicloud::io {
namespace {

class BinaryReader final : public Reader {
 public:
  BinaryReader(Header header, Cursor cursor, AfterPoints after)
      : Reader(std::move(header)), cursor_(std::move(cursor)), after_(std::move(after)) {
    require_room(header_, header_.record_bytes, cursor_.left());
  }

  bool read(Chunk& chunk, std::size_t max_points) override {
    const std::size_t points = begin_chunk(header_, done_, max_points, chunk);
    cursor_.read(chunk.records.data(), chunk.records.size(), "the points");
    if (header_.encoding == Encoding::binary_big_endian) turn_bytes(chunk);
    done_ += points;
    if (done_ == header_.points && !ended_) {
      ended_ = true;
      if (after_) after_(cursor_);
    }
    return points > 0;
  }

 private:
  void turn_bytes(Chunk& chunk) const noexcept {
    for (std::size_t i = 0; i < chunk.points; ++i)
      for (const Field& field : header_.fields)
        swap_bytes(chunk.records.data() + i * header_.record_bytes + field.offset,
                   size_of(field.type), field.count);
  }

  Cursor cursor_;
  AfterPoints after_;
  std::uint64_t done_ = 0;
  bool ended_ = false;
};

class CompressedReader final : public Reader {
 public:
  CompressedReader(Header header, Cursor cursor) : Reader(std::move(header)) {
    if (header_.points > 0) unpack(cursor);
  }

  bool read(Chunk& chunk, std::size_t max_points) override {
    const std::size_t points = begin_chunk(header_, done_, max_points, chunk);
    if (points == 0) return false;
    for (const Field& field : header_.fields) {
      const std::size_t bytes = field.bytes();
      // All values of one field lie together: the offset in the body is the record's times points.
      const unsigned char* from = body_.data() + header_.points * field.offset + done_ * bytes;
      unsigned char* to = chunk.records.data() + field.offset;
      for (std::size_t i = 0; i < points; ++i, from += bytes, to += header_.record_bytes)
        std::memcpy(to, from, bytes);
    }
    done_ += points;
    return true;
  }

 private:
  void unpack(Cursor& cursor) {
    unsigned char sizes[8];
    cursor.read(sizes, sizeof sizes, "the sizes of the compressed points");
    std::uint32_t packed = 0;
    std::uint32_t unpacked = 0;
    std::memcpy(&packed, sizes, 4);
    std::memcpy(&unpacked, sizes + 4, 4);
    std::uint64_t needed = 0;
    if (!multiplied(header_.points, header_.record_bytes, needed) || needed != unpacked)
      fail("header declares " + std::to_string(header_.points) + " points of " +
           std::to_string(header_.record_bytes) + " bytes, the compressed block " +
           std::to_string(unpacked) + " bytes");
    if (packed > cursor.left())
      fail("the compressed block declares " + std::to_string(packed) + " bytes, the file holds " +
           std::to_string(cursor.left()) + " (truncated?)");
    if (needed > lzf_most_unpacked(packed))
      fail("a compressed block of " + std::to_string(packed) + " bytes cannot hold " +
           std::to_string(needed) + " bytes");
    std::vector<unsigned char> block(packed);
    cursor.read(block.data(), block.size(), "the compressed points");
    body_.resize(static_cast<std::size_t>(needed));
    if (!lzf_unpack(block, body_))
      fail("the compressed block does not unpack to the declared " + std::to_string(needed) +
           " bytes (damaged?)");
  }

  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(header_.path + ": " + sentence);
  }

  std::vector<unsigned char> body_;
  std::uint64_t done_ = 0;
};

}  // namespace

std::size_t begin_chunk(const Header& header, std::uint64_t done, std::size_t max_points,
                        Chunk& chunk) {
  const std::uint64_t next = std::min<std::uint64_t>(max_points, header.points - done);
  chunk.points = static_cast<std::size_t>(next);
  chunk.record_bytes = header.record_bytes;
  chunk.records.resize(chunk.points * header.record_bytes);
  chunk.text.clear();
  chunk.lines.clear();
  chunk.text_tail = 0;
  return chunk.points;
}

std::unique_ptr<Reader> binary_reader(Header header, Cursor cursor, AfterPoints after) {
  return std::make_unique<BinaryReader>(std::move(header), std::move(cursor), std::move(after));
}

std::unique_ptr<Reader> compressed_reader(Header header, Cursor cursor) {
  return std::make_unique<CompressedReader>(std::move(header), std::move(cursor));
}

}  // namespace equicloud::io
