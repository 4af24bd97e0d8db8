// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/bodies.h>
#include <equicloud/io/las_reader.h>
#include <equicloud/io/laz_records.h>
#include <equicloud/io/numbers.h>

#include <algorithm>
#include <cstring>

namespace equicloud::io {
namespace {

class PlainRecords final : public PointRecords {
 public:
  explicit PlainRecords(const Header& header)
      : cursor_(header.source, header.points_offset), bytes_(header.las->record_length) {}

  void read(unsigned char* records, std::size_t count) override {
    cursor_.read(records, count * bytes_, "the points");
  }

 private:
  Cursor cursor_;
  std::size_t bytes_;
};

void unpack(const LasField& field, const unsigned char* record, unsigned char* value) noexcept {
  const unsigned char* stored = record + field.byte;
  if (field.scaled)
    store(load(stored, field.type) * field.scale + field.offset, Scalar::f64, value);
  else if (field.bits > 0)
    *value = static_cast<unsigned char>((*stored >> field.shift) & ((1U << field.bits) - 1U));
  else
    std::memcpy(value, stored, field.bytes());
}

class LasReader final : public Reader {
 public:
  LasReader(Header header, std::unique_ptr<PointRecords> records)
      : Reader(std::move(header)), records_(std::move(records)) {}

  bool read(Chunk& chunk, std::size_t max_points) override {
    const std::size_t points = begin_chunk(header_, done_, max_points, chunk);
    const LasHeader& las = *header_.las;
    packed_.resize(points * las.record_length);
    records_->read(packed_.data(), points);
    for (std::size_t i = 0; i < points; ++i) {
      const unsigned char* record = packed_.data() + i * las.record_length;
      unsigned char* values = chunk.records.data() + i * header_.record_bytes;
      for (std::size_t f = 0; f < las.fields.size(); ++f)
        unpack(las.fields[f], record, values + header_.fields[f].offset);
      std::memcpy(values + header_.fields.back().offset, record, las.record_length);
    }
    done_ += points;
    return points > 0;
  }

 private:
  std::unique_ptr<PointRecords> records_;
  std::vector<unsigned char> packed_;
  std::uint64_t done_ = 0;
};

}  // namespace

std::unique_ptr<Reader> open_las(std::shared_ptr<const Source> source) {
  Header header = parse_las(std::move(source));
  std::unique_ptr<PointRecords> records;
  if (header.las->compressed)
    records = laz::open_records(header);
  else
    records = std::make_unique<PlainRecords>(header);
  return std::make_unique<LasReader>(std::move(header), std::move(records));
}

}  // namespace equicloud::io
