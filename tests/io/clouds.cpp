// SPDX-License-Identifier: BSD-3-Clause
#include "io/clouds.h"

#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/positions.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

namespace equicloud::io::testing {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "equicloud-io-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::permissions(path_, fs::perms::owner_all, ignored);
  fs::remove_all(path_, ignored);
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(path_))
    found.push_back(entry.path().filename().string());
  return found;
}

void write_text(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Cloud read_all(Reader& reader, std::size_t chunk_points) {
  Cloud cloud;
  cloud.header = reader.header();
  cloud.chunk.record_bytes = cloud.header.record_bytes;
  for (Chunk chunk; reader.read(chunk, chunk_points);) {
    cloud.chunk.points += chunk.points;
    cloud.chunk.records.insert(cloud.chunk.records.end(), chunk.records.begin(),
                               chunk.records.end());
  }
  return cloud;
}

Cloud read_all(const std::string& path, std::size_t chunk_points) {
  return read_all(*open(path), chunk_points);
}

Cloud read_bytes(const std::string& bytes, const std::string& name) {
  return read_all(*open_bytes({bytes.begin(), bytes.end()}, name));
}

std::vector<unsigned char> random_records(const Header& header, std::uint64_t seed) {
  Random random(seed);
  std::vector<unsigned char> records(header.points * header.record_bytes);
  for (std::uint64_t i = 0; i < header.points; ++i) {
    for (const Field& field : header.fields) {
      const bool is_position = field.name == "x" || field.name == "y" || field.name == "z";
      for (std::size_t c = 0; c < field.count; ++c) {
        unsigned char* value =
            records.data() + i * header.record_bytes + field.offset + c * size_of(field.type);
        const std::uint64_t bits = random.bits();
        std::memcpy(value, &bits, size_of(field.type));
        double number = random.uniform(-1000, 1000);
        if (is_position && i % 7 == 3) number = std::numeric_limits<double>::quiet_NaN();
        if (is_float(field.type)) store(number, field.type, value);
      }
    }
  }
  return records;
}

std::vector<std::vector<Field>> field_mixes() {
  const Field x{"x"};
  const Field y{"y"};
  const Field z{"z"};
  return {
      {x, y, z},
      {{"x", Scalar::f64}, {"y", Scalar::f64}, {"z", Scalar::f64}, {"intensity"}},
      {{"label", Scalar::u8}, x, y, z, {"ring", Scalar::u16}, {"gain", Scalar::i8}},
      {x, y, z, {"_", Scalar::u8, 4}, {"rgb", Scalar::f32}, {"_", Scalar::u8, 12}},
      {x, y, z, {"histogram", Scalar::f32, 5}, {"pair", Scalar::i16, 2}},
      {{"stamp", Scalar::u32}, {"z", Scalar::f64}, y, {"x", Scalar::i32}, {"rgba", Scalar::u32}},
  };
}

void expect_same_points(const Cloud& before, const Cloud& after, bool as_values) {
  ASSERT_EQ(before.chunk.points, after.chunk.points);
  for (std::size_t f = 0, g = 0; f < before.header.fields.size(); ++f) {
    const Field& field = before.header.fields[f];
    while (g < after.header.fields.size() && after.header.fields[g].name != field.name) ++g;
    ASSERT_LT(g, after.header.fields.size()) << "field " << field.name << " is lost";
    const Field& other = after.header.fields[g++];
    ASSERT_EQ(field.count, other.count) << field.name;
    for (std::size_t i = 0; i < before.chunk.points; ++i) {
      if (!as_values) {
        ASSERT_EQ(std::memcmp(before.chunk.record(i) + field.offset,
                              after.chunk.record(i) + other.offset, field.bytes()),
                  0)
            << field.name << " of point " << i;
        continue;
      }
      for (std::size_t c = 0; c < field.count; ++c) {
        const double a = value(before.chunk.record(i), field, c);
        double b = value(after.chunk.record(i), other, c);
        // Text has no types: the shortest decimal of a float is that float, read as one.
        if (field.type == Scalar::f32) b = static_cast<float>(b);
        ASSERT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << field.name << ": " << a << b;
      }
    }
  }
}

std::string refusal(const std::string& bytes, const std::string& name) {
  try {
    read_bytes(bytes, name);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "";
}

}  // namespace equicloud::io::testing
