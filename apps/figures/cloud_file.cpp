// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>
#include <figures/cloud_file.h>

#include <cstring>

namespace equicloud::figures {
namespace {

// rgb is four bytes b g r a in little-endian order, whatever type the field claims.
Color packed_color(const unsigned char* record, const io::Field& field) {
  const unsigned char* p = record + field.offset;
  return {p[2], p[1], p[0]};
}

void append_colors(const io::Chunk& chunk, const io::Header& header, std::vector<Color>& colors) {
  const io::Field* field = header.find("rgb") != nullptr ? header.find("rgb") : header.find("rgba");
  if (field == nullptr || field->bytes() != 4) return;
  for (std::size_t i = 0; i < chunk.points; ++i)
    colors.push_back(packed_color(chunk.record(i), *field));
}

}  // namespace

const std::vector<double>& CloudFile::field(const std::string& name) const {
  const auto found = fields.find(name);
  if (found != fields.end()) return found->second;
  std::string all;
  for (const auto& entry : fields) all += (all.empty() ? "" : ", ") + entry.first;
  throw FormatError(path + ": has no field " + name + "; fields are: " + all);
}

std::vector<float> CloudFile::xyz() const {
  std::vector<float> packed;
  packed.reserve(3 * positions.size());
  for (const Point& p : positions) {
    for (const double v : p) packed.push_back(static_cast<float>(v));
  }
  return packed;
}

CloudFile load_cloud(const std::string& path) {
  const auto reader = io::open(path);
  const io::Header& header = reader->header();
  CloudFile cloud;
  cloud.path = path;
  io::Chunk chunk;
  while (reader->read(chunk, io::kChunkPoints)) {
    for (const io::Field& field : header.fields) {
      if (field.count == 1 && field.name != "_")
        io::append_values(chunk, field, cloud.fields[field.name]);
    }
    append_colors(chunk, header, cloud.colors);
  }
  const std::vector<double>& x = cloud.field("x");
  const std::vector<double>& y = cloud.field("y");
  const std::vector<double>& z = cloud.field("z");
  for (std::size_t i = 0; i < x.size(); ++i) cloud.positions.push_back({x[i], y[i], z[i]});
  return cloud;
}

}  // namespace equicloud::figures
