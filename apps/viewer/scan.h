// SPDX-License-Identifier: BSD-3-Clause
// A file as the viewer holds it: positions, colours and what the header says. Other fields are read
// again when somebody wants to see them.
#pragma once

#include "viewer/work.h"

#include <equicloud/io/header.h>
#include <equicloud/points/positions.h>
#include <figures/image.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::viewer {

struct Scan {
  std::string path;
  io::Header header;
  Positions positions;
  std::vector<figures::Color> colours;  ///< one a point, of rgb, rgba or red green blue; or empty

  PointsView points() const noexcept { return positions.view(); }
  std::size_t size() const noexcept { return positions.xyz.size() / 3; }
};

/// Throws IoError, FormatError, Cancelled.
std::shared_ptr<const Scan> load_scan(const std::string& path, Progress& progress);

/// Names of the fields with one number a point, beside x y z and packed colours.
std::vector<std::string> field_names(const io::Header& header);
/// That field of every point, read from the file. Throws as the reader does, and FormatError if the
/// file has no such field or no longer as many points.
std::vector<float> field_values(const Scan& scan, const std::string& name);

/// Corners of the box around the finite points; {0,0,0} and {1,1,1} if there are none.
struct Box {
  std::array<float, 3> low{0, 0, 0}, high{1, 1, 1};
};
Box box_of(PointsView points);

/// Every so many points, so that at most `most` (>= 1) are drawn, evenly spread over the file; 1 if
/// all are.
std::size_t drawing_step(std::size_t points, std::size_t most) noexcept;

}  // namespace equicloud::viewer
