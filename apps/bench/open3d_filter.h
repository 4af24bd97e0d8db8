// SPDX-License-Identifier: BSD-3-Clause
// Open3D's statistical outlier removal, behind a function without Open3D's types.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::bench {

/// Holds the cloud as Open3D wants it, so that copying is not timed.
class Open3dFilter {
 public:
  /// @param xyz  packed x y z
  explicit Open3dFilter(const std::vector<float>& xyz);
  ~Open3dFilter();
  /// The number of points kept with a cut of one standard deviation, on `threads` threads.
  std::size_t keep(int neighbors, int threads) const;
  static std::string version();

 private:
  struct Cloud;
  std::unique_ptr<Cloud> cloud_;
};

}  // namespace equicloud::bench
