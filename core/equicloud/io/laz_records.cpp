// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/las_bytes.h>
#include <equicloud/io/laz_point10.h>
#include <equicloud/io/laz_point14.h>
#include <equicloud/io/laz_records.h>
#include <equicloud/io/laz_settings.h>
#include <equicloud/io/limits.h>

#include <algorithm>

namespace equicloud::io::laz {
namespace {

struct ChunkPlace {
  std::uint64_t begin = 0;
  std::uint64_t bytes = 0;
  std::uint64_t points = 0;
};

// 300,000 times the same point take 2374 bytes in chunks of 50,000. A chunk that promises many more
// points a byte is damaged, or made to keep its reader busy.
constexpr std::uint64_t kMostPointsAByte = 1000;

constexpr std::uint64_t kTablePlaceBytes = 8;  // before the first chunk: where the table is
constexpr std::uint64_t kTableHead = 8;        // version and number of chunks
constexpr std::uint64_t kMostEntryBytes = 16;

class ChunkTable {
 public:
  ChunkTable(const Header& header, std::uint32_t chunk_points)
      : header_(header), source_(*header.source), chunk_points_(chunk_points) {}

  std::vector<ChunkPlace> read() {
    if (header_.points == 0) return {};
    find();
    take_head();
    take_entries();
    check();
    return std::move(chunks_);
  }

 private:
  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(header_.path + ": " + sentence);
  }

  std::vector<unsigned char> bytes_at(std::uint64_t offset, std::uint64_t count) const {
    std::vector<unsigned char> bytes(static_cast<std::size_t>(count));
    if (source_.read_at(offset, bytes.data(), bytes.size()) != bytes.size())
      throw IoError(header_.path + ": became shorter while it was read");
    return bytes;
  }

  void find() {
    const std::uint64_t size = source_.size();
    if (size - header_.points_offset < kTablePlaceBytes)
      fail("ends before its compressed points (truncated?)");
    place_ = las::load<std::uint64_t>(bytes_at(header_.points_offset, kTablePlaceBytes).data());
    // Who cannot go back while writing puts the place at the very end.
    if (place_ == ~std::uint64_t{0})
      place_ = las::load<std::uint64_t>(bytes_at(size - kTablePlaceBytes, kTablePlaceBytes).data());
    if (place_ < header_.points_offset + kTablePlaceBytes || place_ > size ||
        size - place_ < kTableHead)
      fail("the chunk table should be at byte " + std::to_string(place_) +
           ", which is not behind the points in this file of " + std::to_string(size) +
           " bytes (truncated?)");
  }

  void take_head() {
    const std::vector<unsigned char> head = bytes_at(place_, kTableHead);
    const auto version = las::load<std::uint32_t>(head.data());
    if (version != 0)
      fail("the chunk table has version " + std::to_string(version) + ", expected 0");
    const std::uint64_t count = las::load<std::uint32_t>(head.data() + 4);
    const std::uint64_t room = place_ - header_.points_offset - kTablePlaceBytes;
    if (count > room / header_.las->record_length)
      fail("the chunk table declares " + std::to_string(count) + " chunks, there are " +
           std::to_string(room) + " bytes for them");
    chunks_.resize(static_cast<std::size_t>(count));
  }

  void take_entries() {
    const std::uint64_t begin = place_ + kTableHead;
    const std::uint64_t left = source_.size() - begin;
    const std::vector<unsigned char> bytes =
        bytes_at(begin, std::min<std::uint64_t>(left, (chunks_.size() + 1) * kMostEntryBytes));
    Decoder decoder(bytes.data(), bytes.data() + bytes.size(), header_.path);
    Integers numbers(32, 2);
    std::int32_t points = 0;
    std::int32_t size = 0;
    std::uint64_t offset = header_.points_offset + kTablePlaceBytes;
    std::uint64_t left_points = header_.points;
    for (ChunkPlace& chunk : chunks_) {
      if (chunk_points_ == kVariableChunks) {
        points = numbers.code(decoder, points, 0, 0);
        chunk.points = static_cast<std::uint32_t>(points);
      } else {
        chunk.points = std::min<std::uint64_t>(chunk_points_, left_points);
      }
      left_points -= std::min(left_points, chunk.points);
      size = numbers.code(decoder, size, 0, 1);
      chunk.bytes = static_cast<std::uint32_t>(size);
      chunk.begin = offset;
      offset += chunk.bytes;
    }
  }

  void check() const {
    std::uint64_t points = 0;
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const ChunkPlace& chunk = chunks_[i];
      if (chunk.begin + chunk.bytes > place_)
        fail("chunk " + std::to_string(i + 1) + " of " + std::to_string(chunks_.size()) +
             " ends behind the chunk table (damaged?)");
      if (chunk.points > 0 && (chunk.bytes < header_.las->record_length ||
                               chunk.points > kMostPointsAByte * chunk.bytes))
        fail("chunk " + std::to_string(i + 1) + " of " + std::to_string(chunks_.size()) + " has " +
             std::to_string(chunk.bytes) + " bytes for " + std::to_string(chunk.points) +
             " points (damaged?)");
      points += chunk.points;
    }
    if (points != header_.points)
      fail("header declares " + std::to_string(header_.points) + " points, its chunks hold " +
           std::to_string(points));
  }

  const Header& header_;
  const Source& source_;
  std::uint32_t chunk_points_;
  std::uint64_t place_ = 0;
  std::vector<ChunkPlace> chunks_;
};

class Records final : public PointRecords {
 public:
  Records(const Header& header, std::vector<ChunkPlace> chunks)
      : source_(header.source), las_(header.las), chunks_(std::move(chunks)) {}

  void read(unsigned char* records, std::size_t count) override {
    for (std::size_t i = 0; i < count; ++i, records += las_->record_length) {
      while (left_ == 0) begin_chunk();
      --left_;
      if (is_first_) {
        std::copy_n(bytes_.data(), las_->record_length, records);
        is_first_ = false;
      } else if (plain_) {
        plain_->code(*decoder_, records);
      } else {
        layered_->code(layers_, records);
      }
    }
  }

 private:
  [[noreturn]] void fail(const std::string& sentence) const {
    throw FormatError(source_->path() + ": chunk " + std::to_string(next_) + " " + sentence +
                      " (damaged?)");
  }

  void begin_chunk() {
    const ChunkPlace& chunk = chunks_[next_++];
    left_ = chunk.points;
    is_first_ = true;
    if (left_ == 0) return;
    bytes_.resize(static_cast<std::size_t>(chunk.bytes));
    if (source_->read_at(chunk.begin, bytes_.data(), bytes_.size()) != bytes_.size())
      throw IoError(source_->path() + ": became shorter while it was read");
    const std::size_t length = las_->record_length;
    if (is_layered(las_->point_format)) {
      begin_layers(chunk);
      layered_.emplace(las_->point_format, length, bytes_.data());
    } else {
      decoder_.emplace(bytes_.data() + length, bytes_.data() + bytes_.size(), source_->path());
      plain_.emplace(las_->point_format, length, bytes_.data());
    }
  }

  /// Behind the first point: the number of points, the layers' sizes, the layers.
  void begin_layers(const ChunkPlace& chunk) {
    const std::size_t count = LayeredPoints::layers(las_->point_format, las_->record_length);
    const std::size_t head = las_->record_length + 4 + 4 * count;
    if (bytes_.size() < head) fail("is too short for the sizes of its layers");
    const unsigned char* number = bytes_.data() + las_->record_length;
    const auto points = las::load<std::uint32_t>(number);
    if (points != chunk.points)
      fail("says that it has " + std::to_string(points) + " points, expected " +
           std::to_string(chunk.points));
    layers_.clear();
    layers_.resize(count);
    const unsigned char* next = bytes_.data() + head;
    const unsigned char* end = bytes_.data() + bytes_.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto size = las::load<std::uint32_t>(number + 4 + 4 * i);
      if (size > static_cast<std::size_t>(end - next)) fail("is too short for its layers");
      if (size > 0) layers_[i].coder.emplace(next, next + size, source_->path());
      next += size;
    }
    if (points > 1 && (!layers_[kPlaces].coder || !layers_[kHeights].coder))
      fail("lacks a layer with its coordinates");
  }

  std::shared_ptr<const Source> source_;
  std::shared_ptr<const LasHeader> las_;
  std::vector<ChunkPlace> chunks_;
  std::size_t next_ = 0;
  std::uint64_t left_ = 0;
  bool is_first_ = true;
  std::vector<unsigned char> bytes_;
  std::optional<Decoder> decoder_;
  std::optional<PlainPoints> plain_;
  std::vector<Layer<Decoder>> layers_;
  std::optional<LayeredPoints> layered_;
};

}  // namespace

std::unique_ptr<PointRecords> open_records(const Header& header) {
  const std::uint32_t chunk_points = check_settings(*header.las, header.path);
  return std::make_unique<Records>(header, ChunkTable(header, chunk_points).read());
}

}  // namespace equicloud::io::laz
