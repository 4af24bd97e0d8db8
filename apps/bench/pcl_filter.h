// SPDX-License-Identifier: BSD-3-Clause
// PCL's StatisticalOutlierRemoval and RadiusOutlierRemoval, behind functions without PCL's types.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::bench {

/// Holds the cloud as PCL wants it, so that copying is not timed.
class PclFilter {
 public:
  /// @param xyz  packed x y z
  explicit PclFilter(const std::vector<float>& xyz);
  ~PclFilter();
  /// The number of points kept with `neighbors` neighbours and a cut of one standard deviation;
  /// builds the search tree, as every call of filter() in PCL does.
  std::size_t keep(int neighbors) const;
  /// The number of points kept that have at least `least` others within the radius.
  std::size_t keep_within(double radius, int least) const;
  /// PCL's version, for the table.
  static std::string version();

 private:
  struct Cloud;
  std::unique_ptr<Cloud> cloud_;
};

}  // namespace equicloud::bench
