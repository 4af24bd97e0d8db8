// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <figures/cloud.h>

#include <algorithm>
#include <cmath>

namespace equicloud::figures {

const std::vector<double>& Cloud::field(const std::string& field_name) const {
  const auto found = fields.find(field_name);
  if (found != fields.end()) return found->second;
  std::string all;
  for (const auto& entry : fields) all += (all.empty() ? "" : ", ") + entry.first;
  throw FormatError(name + ": has no field " + field_name + "; fields are: " + all);
}

std::vector<float> Cloud::xyz() const {
  const auto finite = [](const Point& p) {
    return std::isfinite(p[0]) && std::isfinite(p[1]) && std::isfinite(p[2]);
  };
  const auto first = std::find_if(positions.begin(), positions.end(), finite);
  const Point origin = first == positions.end() ? Point{} : *first;
  std::vector<float> packed;
  packed.reserve(3 * positions.size());
  for (const Point& p : positions) {
    for (std::size_t i = 0; i < 3; ++i) packed.push_back(static_cast<float>(p[i] - origin[i]));
  }
  return packed;
}

}  // namespace equicloud::figures
