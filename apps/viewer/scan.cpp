// SPDX-License-Identifier: BSD-3-Clause
#include "viewer/scan.h"

#include "cli/cloud_file.h"

#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>

#include <algorithm>
#include <optional>

namespace equicloud::viewer {
namespace {

// Where the three bytes of a colour lie in a record.
using ColourBytes = std::array<std::size_t, 3>;

std::optional<ColourBytes> colour_bytes(const io::Header& header) {
  for (const char* name : {"rgb", "rgba"}) {  // four bytes b g r a, whatever type they claim
    const io::Field* packed = header.find(name);
    if (packed != nullptr && packed->bytes() == 4)
      return ColourBytes{packed->offset + 2, packed->offset + 1, packed->offset};
  }
  ColourBytes bytes{};
  const std::array<const char*, 3> names = {"red", "green", "blue"};
  for (std::size_t i = 0; i < 3; ++i) {
    const io::Field* field = header.find(names[i]);
    if (field == nullptr || field->type != io::Scalar::u8) return {};
    bytes[i] = field->offset;
  }
  return bytes;
}

void append_colours(const io::Chunk& chunk, const ColourBytes& at,
                    std::vector<figures::Color>& colours) {
  for (std::size_t i = 0; i < chunk.points; ++i) {
    const unsigned char* record = chunk.record(i);
    colours.push_back({record[at[0]], record[at[1]], record[at[2]]});
  }
}

}  // namespace

std::shared_ptr<const Scan> load_scan(const std::string& path, Progress& progress) {
  const auto reader = io::open(path);
  const auto scan = std::make_shared<Scan>();
  const std::optional<ColourBytes> colour = colour_bytes(reader->header());
  const auto total = static_cast<double>(std::max<std::uint64_t>(1, reader->header().points));
  io::ChunkPositions positions(reader->header());
  std::size_t read = 0;
  cli::for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    positions.append(chunk);
    if (colour) append_colours(chunk, *colour, scan->colours);
    read += chunk.points;
    progress.at(static_cast<double>(read) / total);
  });
  scan->path = path;
  scan->header = reader->header();
  scan->positions = positions.take();
  return scan;
}

std::vector<std::string> field_names(const io::Header& header) {
  static const std::vector<std::string> others = {"x",    "y",   "z",     "_",   "rgb",
                                                  "rgba", "red", "green", "blue"};
  std::vector<std::string> names;
  for (const io::Field& field : header.fields)
    if (field.count == 1 && std::find(others.begin(), others.end(), field.name) == others.end())
      names.push_back(field.name);
  return names;
}

std::vector<float> field_values(const Scan& scan, const std::string& name) {
  const auto reader = io::open(scan.path);
  const io::Field field = reader->header().at(name);
  std::vector<float> values;
  values.reserve(scan.size());
  cli::for_each_chunk(*reader, [&](const io::Chunk& chunk) {
    for (std::size_t i = 0; i < chunk.points; ++i)
      values.push_back(static_cast<float>(io::value(chunk.record(i), field)));
  });
  if (values.size() != scan.size())
    throw FormatError(scan.path + ": had " + std::to_string(scan.size()) +
                      " points when it was opened, has " + std::to_string(values.size()) +
                      " now; open it again");
  return values;
}

Box box_of(PointsView points) {
  Box box;
  bool any = false;
  for (std::size_t i = 0; i < points.size; ++i) {
    const float* p = points[i];
    if (!is_finite(p)) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.low[axis] = any ? std::min(box.low[axis], p[axis]) : p[axis];
      box.high[axis] = any ? std::max(box.high[axis], p[axis]) : p[axis];
    }
    any = true;
  }
  return box;
}

std::size_t drawing_step(std::size_t points, std::size_t most) noexcept {
  return std::max<std::size_t>(1, (points + most - 1) / most);
}

}  // namespace equicloud::viewer
