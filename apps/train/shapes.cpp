// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/shapes.h>

#include <sstream>

namespace equicloud::train {

extern const char* const shapes_text;  // shapes.txt, turned into a source file by CMake

std::vector<Shape> parse_shapes(const std::string& text) {
  std::vector<Shape> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Shape shape;
    std::string split;
    words >> shape.name >> split >> std::ws;
    std::getline(words, shape.licence);
    if ((split != "train" && split != "validate") || shape.licence.empty()) {
      throw FormatError("shapes list: \"" + line + "\" is not: name train|validate licence");
    }
    shape.train = split == "train";
    found.push_back(shape);
  }
  return found;
}

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> list = parse_shapes(shapes_text);
  return list;
}

}  // namespace equicloud::train
