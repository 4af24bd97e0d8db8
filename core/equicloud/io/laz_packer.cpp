// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/las_bytes.h>
#include <equicloud/io/laz_packer.h>
#include <equicloud/io/laz_point10.h>
#include <equicloud/io/laz_point14.h>
#include <equicloud/io/laz_settings.h>

namespace equicloud::io::laz {
namespace {

void append_number(std::uint32_t number, std::vector<unsigned char>& bytes) {
  bytes.resize(bytes.size() + sizeof number);
  las::put(number, bytes.data() + bytes.size() - sizeof number);
}

void append(const std::vector<unsigned char>& bytes, std::string& output) {
  output.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

}  // namespace

Packer::Packer(int point_format, std::size_t record_bytes)
    : point_format_(point_format), record_bytes_(record_bytes) {}

void Packer::put(const unsigned char* record, std::string& output) {
  records_.insert(records_.end(), record, record + record_bytes_);
  if (records_.size() == kChunkPoints * record_bytes_) finish_chunks(output);
}

void Packer::finish_chunks(std::string& output) {
  if (records_.empty()) return;
  const std::vector<unsigned char> chunk =
      is_layered(point_format_) ? packed_layers() : packed_plain();
  append(chunk, output);
  chunk_bytes_.push_back(static_cast<std::uint32_t>(chunk.size()));
  records_.clear();
}

std::vector<unsigned char> Packer::packed_plain() const {
  Encoder encoder;
  PlainPoints points(point_format_, record_bytes_, records_.data());
  std::vector<unsigned char> record(record_bytes_);
  for (std::size_t at = record_bytes_; at < records_.size(); at += record_bytes_) {
    std::copy_n(records_.data() + at, record_bytes_, record.data());
    points.code(encoder, record.data());
  }
  std::vector<unsigned char> chunk(records_.data(), records_.data() + record_bytes_);
  const std::vector<unsigned char> coded = encoder.finish();
  chunk.insert(chunk.end(), coded.begin(), coded.end());
  return chunk;
}

std::vector<unsigned char> Packer::packed_layers() const {
  std::vector<Layer<Encoder>> layers(LayeredPoints::layers(point_format_, record_bytes_));
  for (Layer<Encoder>& layer : layers) layer.coder.emplace();
  layers[kPlaces].changes = layers[kHeights].changes = true;  // these are never left out
  LayeredPoints points(point_format_, record_bytes_, records_.data());
  std::vector<unsigned char> record(record_bytes_);
  for (std::size_t at = record_bytes_; at < records_.size(); at += record_bytes_) {
    std::copy_n(records_.data() + at, record_bytes_, record.data());
    points.code(layers, record.data());
  }
  std::vector<unsigned char> chunk(records_.data(), records_.data() + record_bytes_);
  append_number(static_cast<std::uint32_t>(records_.size() / record_bytes_), chunk);
  std::vector<unsigned char> coded;
  for (Layer<Encoder>& layer : layers) {
    const std::vector<unsigned char> bytes =
        layer.changes ? layer.coder->finish() : std::vector<unsigned char>();
    append_number(static_cast<std::uint32_t>(bytes.size()), chunk);
    coded.insert(coded.end(), bytes.begin(), bytes.end());
  }
  chunk.insert(chunk.end(), coded.begin(), coded.end());
  return chunk;
}

void Packer::put_table(std::string& output) const {
  std::vector<unsigned char> head;
  append_number(0, head);
  append_number(static_cast<std::uint32_t>(chunk_bytes_.size()), head);
  append(head, output);
  Encoder encoder;
  Integers numbers(32, 2);
  std::int32_t last = 0;
  for (const std::uint32_t bytes : chunk_bytes_)
    last = numbers.code(encoder, last, static_cast<std::int32_t>(bytes), 1);
  append(encoder.finish(), output);
}

}  // namespace equicloud::io::laz
