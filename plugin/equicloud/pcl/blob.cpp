// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/pcl/blob.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

namespace equicloud {
namespace {

const pcl::PCLPointField& field_of(const pcl::PCLPointCloud2& cloud, const std::string& name) {
  std::string names;
  for (const pcl::PCLPointField& field : cloud.fields) {
    if (field.name == name) return field;
    names += (names.empty() ? "" : ", ") + field.name;
  }
  throw FormatError("the cloud has no field " + name + "; fields are: " + names);
}

bool host_is_big_endian() {
  const std::uint16_t one = 1;
  unsigned char first = 0;
  std::memcpy(&first, &one, 1);
  return first == 0;
}

void check_bytes(const pcl::PCLPointCloud2& cloud, const BlobLayout& layout) {
  if (layout.points == 0) return;
  const std::size_t height = cloud.height;
  if (layout.row_step < layout.width * layout.point_step)
    throw FormatError("the cloud's row_step is " + std::to_string(layout.row_step) +
                      ", its width of " + std::to_string(layout.width) + " points needs " +
                      std::to_string(layout.width * layout.point_step));
  // The last row need not be padded.
  const std::size_t needed = (height - 1) * layout.row_step + layout.width * layout.point_step;
  if (cloud.data.size() < needed)
    throw FormatError("the cloud declares " + std::to_string(layout.points) + " points (" +
                      std::to_string(needed) + " bytes), its data has " +
                      std::to_string(cloud.data.size()) + " bytes");
}

template <typename T>
T load(const unsigned char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

bool lies_as_floats(const pcl::PCLPointCloud2& cloud, const BlobLayout& layout) {
  const std::size_t x = layout.offset[0];
  const auto address = reinterpret_cast<std::uintptr_t>(cloud.data.data() + x);
  return layout.offset[1] == x + sizeof(float) && layout.offset[2] == x + 2 * sizeof(float) &&
         address % alignof(float) == 0 && layout.point_step % sizeof(float) == 0 &&
         layout.row_step == layout.width * layout.point_step;
}

}  // namespace

BlobLayout layout_of(const pcl::PCLPointCloud2& cloud) {
  BlobLayout layout;
  layout.point_step = cloud.point_step;
  layout.row_step = cloud.row_step;
  layout.width = cloud.width;
  layout.points = std::size_t{cloud.width} * cloud.height;
  const char* names[3] = {"x", "y", "z"};
  for (std::size_t a = 0; a < 3; ++a) {
    const pcl::PCLPointField& field = field_of(cloud, names[a]);
    layout.is_double[a] = field.datatype == pcl::PCLPointField::FLOAT64;
    if (!layout.is_double[a] && field.datatype != pcl::PCLPointField::FLOAT32)
      throw FormatError(std::string("field ") + names[a] +
                        " of the cloud is of an integer type; expected FLOAT32 or FLOAT64");
    layout.offset[a] = field.offset;
    if (field.offset + (layout.is_double[a] ? sizeof(double) : sizeof(float)) > cloud.point_step)
      throw FormatError(std::string("field ") + names[a] + " of the cloud ends beyond its " +
                        std::to_string(cloud.point_step) + " bytes a point");
  }
  if ((cloud.is_bigendian != 0) != host_is_big_endian())
    throw FormatError("the cloud's numbers are in the other byte order; convert them first");
  check_bytes(cloud, layout);
  return layout;
}

PointsView positions_of(const pcl::PCLPointCloud2& cloud, const BlobLayout& layout,
                        Positions& gathered) {
  if (layout.points == 0) return {};
  const unsigned char* data = cloud.data.data();
  const bool doubles = std::any_of(layout.is_double.begin(), layout.is_double.end(),
                                   [](bool is_double) { return is_double; });
  if (!doubles && lies_as_floats(cloud, layout))
    return {reinterpret_cast<const float*>(data + layout.offset[0]), layout.points,
            layout.point_step / sizeof(float)};
  gathered = positions_of(
      layout.points, doubles ? Origin::near : Origin::zero, [&](std::size_t i, double* out) {
        for (std::size_t a = 0; a < 3; ++a) {
          const unsigned char* value = data + layout.at(i) + layout.offset[a];
          out[a] = layout.is_double[a] ? load<double>(value) : double{load<float>(value)};
        }
      });
  return gathered.view();
}

void copy_points(const pcl::PCLPointCloud2& input, const BlobLayout& layout,
                 const pcl::Indices& indices, pcl::PCLPointCloud2& output) {
  output.header = input.header;
  output.fields = input.fields;
  output.is_bigendian = input.is_bigendian;
  output.is_dense = input.is_dense;
  output.point_step = input.point_step;
  output.height = 1;
  output.width = static_cast<pcl::uindex_t>(indices.size());
  output.row_step = output.width * output.point_step;
  output.data.resize(indices.size() * layout.point_step);
  for (std::size_t i = 0; i < indices.size(); ++i)
    std::memcpy(output.data.data() + i * layout.point_step,
                input.data.data() + layout.at(static_cast<std::size_t>(indices[i])),
                layout.point_step);
}

void set_positions(pcl::PCLPointCloud2& cloud, const BlobLayout& layout,
                   const pcl::Indices& indices, float value) {
  const double as_double = value;
  for (const pcl::index_t index : indices)
    for (std::size_t a = 0; a < 3; ++a) {
      unsigned char* place =
          cloud.data.data() + layout.at(static_cast<std::size_t>(index)) + layout.offset[a];
      if (layout.is_double[a])
        std::memcpy(place, &as_double, sizeof as_double);
      else
        std::memcpy(place, &value, sizeof value);
    }
}

}  // namespace equicloud
