// SPDX-License-Identifier: BSD-3-Clause
// What a picture needs of a cloud file: positions, the values of fields, colours.
#pragma once

#include <figures/camera.h>
#include <figures/image.h>

#include <map>
#include <string>
#include <vector>

namespace equicloud::figures {

struct CloudFile {
  std::string path;
  std::vector<Point> positions;
  std::map<std::string, std::vector<double>> fields;  ///< scalar fields, x y z included
  std::vector<Color> colors;                          ///< of rgb or rgba; empty if there is none

  /// Values of a field. Throws FormatError "FILE: has no field NAME; fields are: ...".
  const std::vector<double>& field(const std::string& name) const;
  /// Positions as packed floats, for scoring.
  std::vector<float> xyz() const;
};

/// Throws IoError or FormatError.
CloudFile load_cloud(const std::string& path);

}  // namespace equicloud::figures
