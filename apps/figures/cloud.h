// SPDX-License-Identifier: BSD-3-Clause
// What a picture needs of a cloud: positions, the values of fields, colours. Reading files is the
// program's part.
#pragma once

#include <figures/camera.h>
#include <figures/image.h>

#include <map>
#include <string>
#include <vector>

namespace equicloud::figures {

struct Cloud {
  std::string name;  ///< of its file, for messages
  std::vector<Point> positions;
  std::map<std::string, std::vector<double>> fields;  ///< scalar fields, x y z included
  std::vector<Color> colors;                          ///< of rgb or rgba; empty if there is none

  /// Values of a field. Throws FormatError "FILE: has no field NAME; fields are: ...".
  const std::vector<double>& field(const std::string& field_name) const;
  /// Positions as packed floats relative to the first finite one (UTM does not fit in a float).
  std::vector<float> xyz() const;
};

}  // namespace equicloud::figures
