// SPDX-License-Identifier: BSD-3-Clause
#include "io/sample_files.h"

#include <equicloud/io/lzf.h>

#include <algorithm>
#include <vector>

namespace equicloud::io::testing {

std::string PcdHeader::text() const {
  std::string text = "# .PCD v0.7 - Point Cloud Data file format\n";
  const std::pair<const char*, const std::string*> lines[] = {
      {"VERSION", &version}, {"FIELDS", &fields}, {"SIZE", &size},     {"TYPE", &type},
      {"COUNT", &count},     {"WIDTH", &width},   {"HEIGHT", &height}, {"VIEWPOINT", &viewpoint},
      {"POINTS", &points},   {"DATA", &data}};
  for (const auto& line : lines)
    if (!line.second->empty()) text += std::string(line.first) + " " + *line.second + "\n";
  return text;
}

std::string ascii_points(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += std::to_string(i) + ".25 -" + std::to_string(i) + ".5 0.125\n";
  return text;
}

std::string binary_points(int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    const auto x = static_cast<float>(i);
    bytes += bytes_of(x + 0.25F) + bytes_of(-x - 0.5F) + bytes_of(0.125F);
  }
  return bytes;
}

std::string compressed_points(int count) {
  const std::string records = binary_points(count);
  std::vector<unsigned char> columns;
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
      for (std::size_t b = 0; b < 4; ++b)
        columns.push_back(static_cast<unsigned char>(records[12 * i + 4 * axis + b]));
  const auto block = lzf_pack(columns);
  return bytes_of(static_cast<std::uint32_t>(block.size())) +
         bytes_of(static_cast<std::uint32_t>(columns.size())) +
         std::string(block.begin(), block.end());
}

namespace {

std::string reversed(std::string bytes) {
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

/// Faces before and a list after the vertices, in the given byte order.
std::string ply_file(const std::string& format, bool big) {
  const auto turned = [&](std::string bytes) { return big ? reversed(std::move(bytes)) : bytes; };
  std::string text = "ply\nformat " + format +
                     " 1.0\ncomment made by hand\nobj_info none\n"
                     "element camera 1\nproperty int id\nproperty list uchar double pose\n"
                     "element vertex 3\nproperty uchar label\nproperty double x\n"
                     "property float y\nproperty float z\n"
                     "element face 2\nproperty list uchar int vertex_indices\nend_header\n";
  if (format == "ascii")
    return text + "7 2 0.5 1.50\n1 0.1 2.0 3\n2 nan 5e0 6\n255 1e300 8 -inf\n3 0 1 2\n3 2 1 0\n";
  text += turned(bytes_of(7)) + '\2' + turned(bytes_of(0.5)) + turned(bytes_of(1.5));
  for (int i = 0; i < 3; ++i)
    text += static_cast<char>(i) + turned(bytes_of(0.1 * i)) + turned(bytes_of(2.0F)) +
            turned(bytes_of(-0.0F));
  for (const int last : {2, 1})
    text += '\3' + turned(bytes_of(0)) + turned(bytes_of(1)) + turned(bytes_of(last));
  return text;
}

}  // namespace

std::map<std::string, std::string> valid_files() {
  PcdHeader small;
  small.width = small.points = "50";
  PcdHeader ascii = small;
  ascii.data = "ascii";
  PcdHeader compressed = small;
  compressed.data = "binary_compressed";
  PcdHeader wide = small;
  wide.fields = "x y z _ label";
  wide.size = "4 4 8 1 2";
  wide.type = "F I F U U";
  wide.count = "1 1 1 3 2";
  wide.width = "2";
  wide.height = "3";
  wide.points = "6";
  std::string wide_body;
  for (int i = 0; i < 6 * 23; ++i) wide_body += static_cast<char>(i);
  return {
      {"ascii.pcd", ascii.text() + ascii_points(50)},
      {"binary.pcd", small.text() + binary_points(50)},
      {"wide.pcd", wide.text() + wide_body},
      {"compressed.pcd", compressed.text() + compressed_points(50)},
      {"ascii.ply", ply_file("ascii", false)},
      {"little.ply", ply_file("binary_little_endian", false)},
      {"big.ply", ply_file("binary_big_endian", true)},
      {"plain.xyz", ascii_points(9)},
      {"names.csv", "X, Y, Z, intensity\r\n1,2,3,4\r\n5,6,7,8\r\n"},
      {"count.pts", "3\n1 2 3 7\n# between\n4 5 6 8\n\n7 8 9 9\n"},
      {"tabs.txt", "// x\ty\tz\n1\t2\t3\n4\t5\tnan"},
      {"scan.bin", binary_points(8)},
  };
}

}  // namespace equicloud::io::testing
