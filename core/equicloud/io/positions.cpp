// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/numbers.h>
#include <equicloud/io/positions.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace equicloud::io {
namespace {

/// Below this magnitude a float still resolves 1/16384 and better: no origin needed.
constexpr double kNear = 1000;

double origin_of(std::vector<double>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return std::abs(*middle) > kNear ? std::round(*middle) : 0;
}

}  // namespace

double value(const unsigned char* record, const Field& field, std::size_t component) noexcept {
  return load(record + field.offset + component * size_of(field.type), field.type);
}

void append_values(const Chunk& chunk, const Field& field, std::vector<double>& values) {
  for (std::size_t i = 0; i < chunk.points; ++i) values.push_back(value(chunk.record(i), field));
}

PositionsBuilder::PositionsBuilder(const Header& header)
    : fields_{header.at("x"), header.at("y"), header.at("z")} {}

void PositionsBuilder::choose_origin(const Chunk& chunk) {
  std::vector<double> values[3];
  for (std::size_t i = 0; i < chunk.points; ++i) {
    double p[3];
    for (std::size_t a = 0; a < 3; ++a) p[a] = value(chunk.record(i), fields_[a]);
    if (!std::isfinite(p[0]) || !std::isfinite(p[1]) || !std::isfinite(p[2])) continue;
    for (std::size_t a = 0; a < 3; ++a) values[a].push_back(p[a]);
  }
  if (values[0].empty()) return;  // nothing finite yet: the next chunk decides
  for (std::size_t a = 0; a < 3; ++a) positions_.origin[a] = origin_of(values[a]);
  origin_chosen_ = true;
}

void PositionsBuilder::append(const Chunk& chunk) {
  if (!origin_chosen_) choose_origin(chunk);
  for (std::size_t i = 0; i < chunk.points; ++i)
    for (std::size_t a = 0; a < 3; ++a)
      positions_.xyz.push_back(
          static_cast<float>(value(chunk.record(i), fields_[a]) - positions_.origin[a]));
}

Positions PositionsBuilder::take() noexcept {
  origin_chosen_ = false;
  return std::exchange(positions_, Positions());
}

Positions read_positions(Reader& reader) {
  PositionsBuilder builder(reader.header());
  for (Chunk chunk; reader.read(chunk, kChunkPoints);) builder.append(chunk);
  return builder.take();
}

}  // namespace equicloud::io
