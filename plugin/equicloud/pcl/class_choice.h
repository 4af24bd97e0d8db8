// SPDX-License-Identifier: BSD-3-Clause
// The part of ShapeClassFilter that no point type changes: which points belong to things of the
// classes that were asked for.
#pragma once

#include <equicloud/pcl/shape_judge.h>

#include <string>
#include <vector>

namespace equicloud {

class ClassChoice : public ShapeJudge {
 public:
  /// The names of the classes to keep, as getClassNames() has them; "unknown" is one.
  void setClasses(const std::vector<std::string>& names) { names_ = names; }
  const std::vector<std::string>& getClasses() const noexcept { return names_; }

 protected:
  ClassChoice() { setSegmentScene(true); }
  ~ClassChoice() = default;

  /// Looks at all points of the cloud.
  /// @param asked  indices that isChosen() will be asked for (checked)
  /// @returns false, after PCL_ERROR in the name of `caller`, if nothing may be said of the cloud
  bool choose(PointsView points, const pcl::Indices& asked, const std::string& caller) noexcept;
  /// Whether a point of the cloud that choose() saw is finite and of a thing of the classes.
  bool isChosen(pcl::index_t index) const noexcept {
    return chosen_[static_cast<std::size_t>(index)];
  }

 private:
  void check_names() const;
  void mark(PointsView points);

  std::vector<std::string> names_;
  std::vector<bool> chosen_;  // one a point
};

}  // namespace equicloud
