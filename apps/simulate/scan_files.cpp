// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/io/writer.h>
#include <simulate/scan_files.h>

#include <cstring>

namespace equicloud::simulate {
namespace {

using Bytes = std::vector<unsigned char>;

// Little-endian, as PCD and every machine we build for has it.
template <typename T>
void append(Bytes& bytes, T value) {
  unsigned char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  bytes.insert(bytes.end(), raw, raw + sizeof(T));
}

void append_position(Bytes& bytes, Vec3 p) {
  for (const double v : {p.x, p.y, p.z}) append(bytes, static_cast<float>(v));
}

io::Header header_of(std::vector<io::Field> more, std::uint64_t width, std::uint64_t height,
                     Vec3 eye) {
  std::vector<io::Field> fields = {
      {"x", io::Scalar::f32}, {"y", io::Scalar::f32}, {"z", io::Scalar::f32}};
  fields.insert(fields.end(), more.begin(), more.end());
  io::Header header = io::make_header(io::Format::pcd, io::Encoding::binary_compressed,
                                      std::move(fields), width, height);
  header.viewpoint = {eye.x, eye.y, eye.z, 1.0, 0.0, 0.0, 0.0};
  return header;
}

}  // namespace

void write_street(const StreetScan& scan, const std::string& path) {
  const io::Header header = header_of(
      {{"intensity", io::Scalar::f32}, {"ring", io::Scalar::u16}, {"truth", io::Scalar::u8}},
      scan.returns.size(), 1, scan.lidar.eye);
  Bytes records;
  for (const Return& r : scan.returns) {
    append_position(records, r.position);
    append(records, r.intensity);
    append(records, static_cast<std::uint16_t>(r.row));
    append(records, r.truth);
  }
  io::write_cloud(path, header, records);
}

void write_room(const RoomScan& scan, const std::string& path) {
  const io::Header header = header_of({{"rgb", io::Scalar::f32}, {"truth", io::Scalar::u8}},
                                      scan.camera.width, scan.camera.height, scan.camera.eye);
  Bytes records;
  for (const Return& r : scan.image) {
    append_position(records, r.position);
    append(records, static_cast<std::uint32_t>(r.rgb[0] << 16 | r.rgb[1] << 8 | r.rgb[2]));
    append(records, r.truth);
  }
  io::write_cloud(path, header, records);
}

void write_object(const std::vector<float>& xyz, const std::string& path) {
  Bytes records;
  for (const float v : xyz) append(records, v);
  io::write_cloud(path, header_of({}, xyz.size() / 3, 1, {}), records);
}

}  // namespace equicloud::simulate
