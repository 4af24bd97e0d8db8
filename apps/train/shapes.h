// SPDX-License-Identifier: BSD-3-Clause
// Which shapes are trained on and which are only validated on: apps/train/shapes.txt, compiled in,
// so that no command line can train on a validation shape by mistake.
#pragma once

#include <string>
#include <vector>

namespace equicloud::train {

struct Shape {
  std::string name;     ///< file name without its extension
  bool train = false;   ///< false: validation only
  std::string licence;  ///< and where it comes from
};

/// All shapes of the committed list, in its order.
const std::vector<Shape>& shapes();

/// Lines "name train|validate licence"; '#' begins a comment line. Throws FormatError naming the
/// line.
std::vector<Shape> parse_shapes(const std::string& text);

}  // namespace equicloud::train
