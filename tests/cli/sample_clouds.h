// SPDX-License-Identifier: BSD-3-Clause
// Small clouds with known outliers, for tests of the program.
#pragma once

#include <equicloud/io/header.h>

#include <cstdint>
#include <string>
#include <vector>

namespace equicloud::cli_tests {

/// A point with everything that must survive.
struct Point {
  float x = 0, y = 0, z = 0;
  float intensity = 0;
  std::uint16_t ring = 0;
  std::uint8_t truth = 0;  ///< 1 = outlier
};

/// A noisy, gently waved sheet of side x side points; every 25th point is replaced by one far from
/// it.
std::vector<Point> sheet(int side, std::uint64_t seed = 1);

/// Written with fields x y z intensity ring truth; organised width x height if height > 1; in a
/// folder that is made if missing.
void save(const std::string& path, const std::vector<Point>& points,
          io::Format format = io::Format::pcd, io::Encoding encoding = io::Encoding::binary,
          std::uint64_t height = 1);

/// The values of one field, in file order.
std::vector<double> field(const std::string& path, const std::string& name);

/// A PCD of positions alone, ascii.
std::string ascii_pcd(const std::string& lines, std::size_t points);

}  // namespace equicloud::cli_tests
