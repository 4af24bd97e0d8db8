// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/pcl/attempt.h>
#include <equicloud/pcl/class_choice.h>
#include <equicloud/pcl/indices.h>

#include <algorithm>

namespace equicloud {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

void ClassChoice::check_names() const {
  if (names_.empty()) throw InvalidArgument("no class was asked for; call setClasses first");
  const std::vector<std::string>& known = model().info().classes;
  for (const std::string& name : names_)
    if (!contains(known, name))
      throw InvalidArgument("setClasses names '" + name +
                            "', which is no class of the model; its classes are: " + joined(known));
}

void ClassChoice::mark(PointsView points) {
  chosen_.assign(points.size, false);
  for (std::size_t c = 0; c < getLabels().size(); ++c) {
    if (!contains(names_, getLabels()[c].name)) continue;
    for (const pcl::index_t index : getClusters()[c].indices) {
      const auto i = static_cast<std::size_t>(index);
      if (is_finite(points[i])) chosen_[i] = true;
    }
  }
}

bool ClassChoice::choose(PointsView points, const pcl::Indices& asked,
                         const std::string& caller) noexcept {
  return attempt(caller, [&] {
    check_names();
    check_indices(asked, points.size, "setIndices");
    look(points, nullptr, caller);
    mark(points);
  });
}

}  // namespace equicloud
