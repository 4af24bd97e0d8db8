// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/atomic_file.h>
#include <equicloud/base/error.h>
#include <train/archive.h>
#include <train/objects.h>

#include <cmath>
#include <cstdint>
#include <cstring>

namespace equicloud::train {
namespace {

using Members = std::map<std::string, std::vector<unsigned char>>;

NpyArray array_of(const Members& members, const std::string& key, const std::string& type,
                  const std::string& name) {
  const auto found = members.find(key + ".npy");
  if (found == members.end()) {
    throw FormatError(name + ": holds no array \"" + key +
                      "\" (a packed cloud has xyz, scale, offset)");
  }
  NpyArray array = parse_npy(found->second, name + ", array " + key);
  if (array.type != type) {
    throw FormatError(name + ": array " + key + " is of type " + array.type + ", expected " + type);
  }
  return array;
}

/// `count` finite floats.
std::vector<float> floats(const Members& members, const std::string& key, std::size_t count,
                          const std::string& name) {
  const NpyArray array = array_of(members, key, "<f4", name);
  std::vector<float> values(array.bytes.size() / sizeof(float));
  std::memcpy(values.data(), array.bytes.data(), array.bytes.size());
  bool finite = true;
  for (const float v : values) finite = finite && std::isfinite(v);
  if (values.size() != count || !finite) {
    throw FormatError(name + ": array " + key + " must hold " + std::to_string(count) +
                      " finite numbers");
  }
  return values;
}

}  // namespace

PackedCloud parse_packed_cloud(const unsigned char* bytes, std::size_t size,
                               const std::string& name) {
  const Members members = unzip(bytes, size, name);
  const NpyArray xyz = array_of(members, "xyz", "<i2", name);
  if (xyz.shape.size() != 2 || xyz.shape[1] != 3) {
    throw FormatError(name + ": array xyz must have the shape (N, 3)");
  }
  const float scale = floats(members, "scale", 1, name)[0];
  const std::vector<float> offset = floats(members, "offset", 3, name);
  PackedCloud cloud;
  cloud.offset = {offset[0], offset[1], offset[2]};
  cloud.xyz.resize(xyz.bytes.size() / 2);
  for (std::size_t i = 0; i < cloud.xyz.size(); ++i) {
    const auto raw = static_cast<std::uint16_t>(xyz.bytes[2 * i] | (xyz.bytes[2 * i + 1] << 8));
    cloud.xyz[i] = static_cast<float>(static_cast<std::int16_t>(raw)) * scale;
  }
  return cloud;
}

PackedCloud read_packed_cloud(const std::string& path) {
  const std::vector<unsigned char> bytes = read_whole_file(path);
  return parse_packed_cloud(bytes.data(), bytes.size(), path);
}

}  // namespace equicloud::train
