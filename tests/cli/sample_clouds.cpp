// SPDX-License-Identifier: BSD-3-Clause
#include "cli/sample_clouds.h"

#include <equicloud/base/random.h>
#include <equicloud/io/positions.h>
#include <equicloud/io/reader.h>
#include <equicloud/io/writer.h>

#include <cmath>
#include <cstring>
#include <filesystem>

namespace equicloud::cli_tests {
namespace {

template <typename Value>
void append(std::vector<unsigned char>& bytes, Value value) {
  const std::size_t size = bytes.size();
  bytes.resize(size + sizeof value);
  std::memcpy(bytes.data() + size, &value, sizeof value);
}

}  // namespace

std::vector<Point> sheet(int side, std::uint64_t seed) {
  Random random(seed);
  std::vector<Point> points;
  for (int i = 0; i < side * side; ++i) {
    const bool outlier = i % 25 == 7;
    Point p;
    p.x = static_cast<float>(0.05 * (i % side) + 0.004 * random.normal());
    p.y = static_cast<float>(0.05 * (i / side) + 0.004 * random.normal());
    p.z = static_cast<float>(0.1 * std::sin(2.0 * static_cast<double>(p.x)) +
                             0.003 * random.normal());
    if (outlier) p.z += static_cast<float>(0.5 + 2.0 * random.uniform());
    p.intensity = static_cast<float>(random.uniform());
    p.ring = static_cast<std::uint16_t>(i % 64);
    p.truth = outlier ? 1 : 0;
    points.push_back(p);
  }
  return points;
}

void save(const std::string& path, const std::vector<Point>& points, io::Format format,
          io::Encoding encoding, std::uint64_t height) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::vector<unsigned char> records;
  for (const Point& p : points) {
    for (const float value : {p.x, p.y, p.z, p.intensity}) append(records, value);
    append(records, p.ring);
    append(records, p.truth);
  }
  const std::vector<io::Field> fields = {{"x", io::Scalar::f32},    {"y", io::Scalar::f32},
                                         {"z", io::Scalar::f32},    {"intensity", io::Scalar::f32},
                                         {"ring", io::Scalar::u16}, {"truth", io::Scalar::u8}};
  io::write_cloud(path, io::make_header(format, encoding, fields, points.size() / height, height),
                  records);
}

std::vector<double> field(const std::string& path, const std::string& name) {
  const auto reader = io::open(path);
  std::vector<double> values;
  io::Chunk chunk;
  while (reader->read(chunk, io::kChunkPoints))
    io::append_values(chunk, reader->header().at(name), values);
  return values;
}

std::string ascii_pcd(const std::string& lines, std::size_t points) {
  const std::string n = std::to_string(points);
  return "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH " + n +
         "\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS " + n + "\nDATA ascii\n" + lines;
}

}  // namespace equicloud::cli_tests
