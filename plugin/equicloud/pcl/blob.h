// SPDX-License-Identifier: BSD-3-Clause
// Inside the plugin: a PCLPointCloud2 as positions and as rows of bytes. Nothing about its layout
// is taken for granted.
#pragma once

#include <equicloud/points/positions.h>
#include <pcl/PCLPointCloud2.h>
#include <pcl/types.h>

#include <array>
#include <cstddef>

namespace equicloud {

/// Where x, y and z stand in a point.
struct BlobLayout {
  std::array<std::size_t, 3> offset{};  ///< first byte in the point
  std::array<bool, 3> is_double{};
  std::size_t point_step = 0;  ///< bytes a point
  std::size_t row_step = 0;    ///< bytes a row
  std::size_t width = 0;
  std::size_t points = 0;

  /// The first byte of point i.
  std::size_t at(std::size_t i) const noexcept {
    return i / width * row_step + i % width * point_step;
  }
};

/// Throws FormatError: x, y or z missing or of a type other than FLOAT32 and FLOAT64, a foreign
/// byte order, or less data than the header says.
BlobLayout layout_of(const pcl::PCLPointCloud2& cloud);

/// Float coordinates where they lie, if they are adjacent and aligned; else they are gathered into
/// `gathered`, doubles near an origin as the readers of files do.
PointsView positions_of(const pcl::PCLPointCloud2& cloud, const BlobLayout& layout,
                        Positions& gathered);

/// The points that `indices` name as one row; fields, header and byte order as in the input.
void copy_points(const pcl::PCLPointCloud2& input, const BlobLayout& layout,
                 const pcl::Indices& indices, pcl::PCLPointCloud2& output);

/// Sets x, y, z of the points that `indices` name to `value`.
void set_positions(pcl::PCLPointCloud2& cloud, const BlobLayout& layout,
                   const pcl::Indices& indices, float value);

}  // namespace equicloud
