// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/numbers.h>
#include <equicloud/io/positions.h>

#include <algorithm>

namespace equicloud::io {
namespace {

Origin origin_for(const std::array<Field, 3>& fields) {
  const bool floats = std::all_of(fields.begin(), fields.end(),
                                  [](const Field& f) { return f.type == Scalar::f32; });
  return floats ? Origin::zero : Origin::near;
}

}  // namespace

double value(const unsigned char* record, const Field& field, std::size_t component) noexcept {
  return load(record + field.offset + component * size_of(field.type), field.type);
}

void append_values(const Chunk& chunk, const Field& field, std::vector<double>& values) {
  for (std::size_t i = 0; i < chunk.points; ++i) values.push_back(value(chunk.record(i), field));
}

ChunkPositions::ChunkPositions(const Header& header)
    : fields_{header.at("x"), header.at("y"), header.at("z")}, builder_(origin_for(fields_)) {}

void ChunkPositions::append(const Chunk& chunk) {
  block_.clear();
  for (std::size_t i = 0; i < chunk.points; ++i)
    for (const Field& field : fields_) block_.push_back(value(chunk.record(i), field));
  builder_.append(block_);
}

Positions read_positions(Reader& reader) {
  ChunkPositions positions(reader.header());
  for (Chunk chunk; reader.read(chunk, kChunkPoints);) positions.append(chunk);
  return positions.take();
}

}  // namespace equicloud::io
